import { describe, expect, test } from '@jest/globals'
import type { RawInputs } from '../../src/config/input-reader.js'
import { parseRequest } from '../../src/config/request.js'
import { DEFAULT_TAG_RULES } from '../../src/config/tags.js'
import type { RunRequest } from '../../src/model/request.js'
import { failuresOf, messagesOf, request, valueOf } from '../fakes/images.js'

function parsed(inputs: RawInputs): RunRequest {
  return valueOf(parseRequest(inputs, { maxParallel: 6, layerCache: 'gha' }))
}

function problems(inputs: RawInputs): string[] {
  return messagesOf(parseRequest(inputs, { maxParallel: 6, layerCache: 'gha' }))
}

const NEUTRAL = request({
  ...{ tags: DEFAULT_TAG_RULES, maxParallel: 6, maxShortParallel: 48 },
  layerCache: { kind: 'gha', write: 'auto' },
})

test('no inputs are the defaults', () => {
  expect(parsed({})).toEqual(NEUTRAL)
})

test('empty inputs are the defaults', () => {
  const names =
    'mode config services force inputs-from base-ref push load registry tags builder max-parallel fail-fast'
  const more = 'no-cache pull allow-dirty exit-code advise local-only'
  const empty = Object.fromEntries(`${names} ${more}`.split(' ').map((name) => [name, ' ']))
  expect(parsed(empty)).toEqual(NEUTRAL)
})

const LEG = '{"shard":"1-of-2","images":["api"]}'

describe('an input', () => {
  test.each<[string, RawInputs, Partial<RunRequest>]>([
    ['mode', { mode: 'plan' }, { mode: 'plan' }],
    ['shard', { shard: LEG }, { shard: { name: '1-of-2', images: ['api'] } }],
    ['config', { config: ' ci/images.yml ' }, { config: 'ci/images.yml' }],
    ['services by commas', { services: 'api, web' }, { services: ['api', 'web'] }],
    ['services by lines', { services: 'api\nweb\n' }, { services: ['api', 'web'] }],
    ['inputs-from', { 'inputs-from': 'commit' }, { inputsFrom: 'commit' }],
    [
      'inputs-from in a plan',
      { mode: 'plan', 'inputs-from': 'worktree' },
      { mode: 'plan', inputsFrom: 'worktree' },
    ],
    ['base-ref', { 'base-ref': 'v1' }, { baseRef: 'v1' }],
    ['registry', { registry: 'ghcr.io/acme' }, { registry: 'ghcr.io/acme' }],
    ['push', { push: 'true' }, { push: true }],
    ['push that is off', { push: 'false' }, { push: false }],
    ['load', { load: 'true' }, { load: true }],
    ['builder', { builder: 'remote' }, { builder: 'remote' }],
    ['max-parallel', { 'max-parallel': '12' }, { maxParallel: 12, maxShortParallel: 12 }],
    ['max-jobs', { mode: 'plan', 'max-jobs': '256' }, { mode: 'plan', maxJobs: 256 }],
    ['fail-fast', { 'fail-fast': 'true' }, { failFast: true }],
    ['no-cache', { 'no-cache': 'true' }, { noCache: true }],
    ['pull', { pull: 'true' }, { pull: true }],
    [
      'all of the layer cache',
      { 'layer-cache': 'registry', 'layer-cache-mode': 'max', 'layer-cache-write': 'never' },
      { layerCache: { kind: 'registry', mode: 'max', write: 'never' } },
    ],
    [
      'when layers are written',
      { 'layer-cache-write': 'always' },
      { layerCache: { kind: 'gha', write: 'always' } },
    ],
    ['allow-dirty', { 'allow-dirty': 'true' }, { allowDirty: true }],
    ['exit-code', { 'exit-code': 'true' }, { exitCode: true }],
    ['advise', { mode: 'plan', advise: 'true' }, { mode: 'plan', advise: true }],
    ['comment', { comment: 'always' }, { comment: 'always' }],
    ['comment that is the default', { comment: 'auto' }, {}],
    [
      'never a comment, in any mode',
      { mode: 'promote', comment: 'never' },
      { mode: 'promote', comment: 'never' },
    ],
    ['local-only', { 'local-only': 'true' }, { localOnly: true }],
    ['cleanup', { cleanup: 'dangling' }, { cleanup: 'dangling' }],
    ['cleanup that is the default, in any mode', { mode: 'plan', cleanup: 'none' }, { mode: 'plan' }],
    [
      'compose-project',
      { mode: 'verify', 'compose-project': 'shop' },
      { mode: 'verify', composeProject: 'shop' },
    ],
    [
      'addresses by lines, as they may hold commas and equals signs',
      { mode: 'verify', url: 'https://a.example/info?x=1,2\napi=http://localhost:8080/' },
      {
        mode: 'verify',
        urls: [{ url: 'https://a.example/info?x=1,2' }, { service: 'api', url: 'http://localhost:8080/' }],
      },
    ],
    ['changed-since', { 'changed-since': 'staging' }, { changedSince: 'staging' }],
    ['changed-since that is the default', { 'changed-since': 'record' }, {}],
    ['detect', { detect: 'commits' }, { detect: 'commits' }],
    ['wait in seconds', { mode: 'promote', wait: '90' }, { mode: 'promote', waitMs: 90_000 }],
    ['wait in minutes', { mode: 'promote', wait: '10m' }, { mode: 'promote', waitMs: 600_000 }],
    ['from a tag', { mode: 'promote', from: 'main' }, { mode: 'promote', from: 'main' }],
    [
      'from a digest',
      { mode: 'promote', from: `sha256:${'a'.repeat(64)}` },
      { mode: 'promote', from: `sha256:${'a'.repeat(64)}` },
    ],
    [
      'tags by lines, as rules hold commas',
      { tags: 'type=sha,prefix=\nlatest' },
      { tags: ['type=sha,prefix=', 'latest'] },
    ],
  ])('%s', (_description, inputs, expected) => {
    expect(parsed(inputs)).toEqual({ ...NEUTRAL, ...expected })
  })
})

describe('force', () => {
  test.each<[string, RunRequest['force']]>([
    ['', { kind: 'none' }],
    ['none', { kind: 'none' }],
    ['false', { kind: 'none' }],
    ['all', { kind: 'all' }],
    ['true', { kind: 'all' }],
    ['api, all', { kind: 'all' }],
    ['api, web-*', { kind: 'names', names: ['api', 'web-*'] }],
    ['bases', { kind: 'names', names: ['bases'] }],
  ])('%j', (force, expected) => {
    expect(parsed({ force }).force).toEqual(expected)
  })
})

describe('refused is', () => {
  test.each<[RawInputs, string]>([
    [{ push: 'yes' }, '`push` is `yes`; it must be `true` or `false`'],
    [{ push: 'True' }, '`push` is `True`; it must be `true` or `false`'],
    [{ 'max-parallel': '0' }, '`max-parallel` is `0`; it must be a whole number from 1 to 9999'],
    [{ 'max-parallel': '1.5' }, '`max-parallel` is `1.5`; it must be a whole number from 1 to 9999'],
    [{ 'max-parallel': '10000' }, '`max-parallel` is `10000`; it must be a whole number from 1 to 9999'],
    [{ mode: 'plan', 'max-jobs': '257' }, '`max-jobs` is `257`; it must be a whole number from 1 to 256'],
    [{ 'max-jobs': '4' }, '`max-jobs` has no meaning in mode `build`; leave it out'],
    [{ comment: 'true' }, '`comment` is `true`; it must be auto, always or never'],
    [{ mode: 'promote', comment: 'always' }, '`comment` has no meaning in mode `promote`; leave it out'],
    [
      { mode: 'plann' },
      '`mode` is `plann`; it must be build, plan, collect, promote or verify; did you mean `plan`?',
    ],
    [{ mode: 'deploy' }, '`mode` is `deploy`; it must be build, plan, collect, promote or verify'],
    [
      { 'inputs-from': 'comit' },
      '`inputs-from` is `comit`; it must be auto, commit or worktree; did you mean `commit`?',
    ],
    [{ mode: 'collect', load: 'true' }, '`load` has no meaning in mode `collect`; leave it out'],
    [
      { shard: LEG, services: 'api' },
      '`services` has no meaning beside `shard`; give it to the jobs that plan and collect',
    ],
    [
      { shard: LEG, tags: 'latest' },
      '`tags` has no meaning beside `shard`; give it to the jobs that plan and collect',
    ],
    [
      { 'local-only': 'true', push: 'true' },
      '`local-only` asks no registry, so it cannot be combined with `push`',
    ],
    [{ mode: 'promote', from: 'a/b' }, '`from` is `a/b`; it must be a tag, or a digest `sha256:…`'],
    [{ 'changed-since': 'sha256:1' }, '`changed-since` is `sha256:1`; it must be a tag'],
    [
      { mode: 'promote', wait: 'soon' },
      '`wait` is `soon`; it must be seconds, or a duration such as 90s or 10m',
    ],
    [
      { detect: 'commits', 'changed-since': 'staging' },
      '`detect: commits` asks no registry, so it cannot be combined with `changed-since`',
    ],
    [
      { 'local-only': 'true', 'changed-since': 'staging' },
      '`local-only` asks no registry, so it cannot be combined with `changed-since`',
    ],
    [
      { 'layer-cache': 'github' },
      '`layer-cache` is `github`; it must be gha, registry, local, inline or none',
    ],
    [{ 'layer-cache-mode': 'all' }, '`layer-cache-mode` is `all`; it must be min or max'],
    [{ 'layer-cache-write': 'true' }, '`layer-cache-write` is `true`; it must be auto, always or never'],
    [
      { 'layer-cache': 'inline', 'layer-cache-mode': 'max' },
      '`layer-cache: inline` keeps the layers of the image alone, so it cannot be combined with `layer-cache-mode: max`; take `registry` for those of every stage',
    ],
    [{ mode: 'plan', 'layer-cache': 'gha' }, '`layer-cache` has no meaning in mode `plan`; leave it out'],
    [{ from: 'main' }, '`from` has no meaning in mode `build`; leave it out'],
    [{ mode: 'promote', force: 'all' }, '`force` has no meaning in mode `promote`; leave it out'],
    [{ mode: 'promote', push: 'true' }, '`push` has no meaning in mode `promote`; leave it out'],
    [{ mode: 'verify', tags: 'latest' }, '`tags` has no meaning in mode `verify`; leave it out'],
    [{ mode: 'plan', 'no-cache': 'true' }, '`no-cache` has no meaning in mode `plan`; leave it out'],
  ])('%j', (inputs, message) => {
    expect(problems(inputs)).toEqual([message])
  })

  test('everything at once, as wrong usage', () => {
    const failures = failuresOf(
      parseRequest({ mode: 'x', push: '1', 'max-parallel': 'a' }, { maxParallel: 6, layerCache: 'gha' }),
    )
    expect(failures.map(({ kind }) => kind)).toEqual(['usage', 'usage', 'usage'])
  })
})

test('what changes nothing may stand in a plan', () => {
  expect(parsed({ mode: 'plan', 'no-cache': 'false', 'fail-fast': 'false', push: 'true' })).toMatchObject({
    mode: 'plan',
    push: true,
  })
})
