import { describe, expect, test } from '@jest/globals'
import type { TagFacts } from '../../src/config/tags/facts.js'
import { DEFAULT_TAG_RULES, resolveTags } from '../../src/config/tags.js'
import { failuresOf, messagesOf, valueOf } from '../fakes/images.js'

const COMMIT = 'c0ffee0123456789'.repeat(3).slice(0, 40)
const KEPT = '0123456789abcdef'.repeat(2)

const DETACHED: TagFacts = { commit: COMMIT, now: Date.UTC(2026, 7, 1, 22, 4, 9), isScheduled: false }
const UNNAMED: TagFacts = { ...DETACHED, ref: 'refs/heads/main' }
const SCHEDULE: TagFacts = { ...UNNAMED, isScheduled: true }
const MAIN: TagFacts = {
  ...UNNAMED,
  defaultBranch: 'main',
  commitDate: Date.UTC(2020, 0, 10, 0, 30, 5),
}
const FEATURE: TagFacts = { ...MAIN, ref: 'refs/heads/feature/login' }
const PULL: TagFacts = { ...MAIN, ref: 'refs/pull/7/merge', pullRequest: 7, baseRef: 'main' }
/** `pull_request_target` runs on the base's ref. */
const TARGET: TagFacts = { ...PULL, ref: 'refs/heads/main' }

function onTag(name: string): TagFacts {
  return { ...MAIN, ref: `refs/tags/${name}` }
}

function names(rules: readonly string[], facts: TagFacts): string[] {
  return valueOf(resolveTags(rules, facts)).map(({ name }) => name)
}

test.each<[string, TagFacts, string[]]>([
  ['on a branch', MAIN, ['sha-c0ffee0', 'main']],
  ['on a tag', onTag('v1.2.0'), ['sha-c0ffee0', 'v1.2.0']],
  ['in a pull request', PULL, ['sha-c0ffee0', 'pr-7']],
  ['in a pull request that runs on its base', TARGET, ['sha-c0ffee0', 'pr-7']],
  ['on a detached checkout', DETACHED, ['sha-c0ffee0']],
])('the default rules %s', (_description, facts, tags) => {
  expect(names(DEFAULT_TAG_RULES, facts)).toEqual(tags)
})

/** Every row but those on comments and lists of plain tags was compared with the real metadata-action v6. */
describe('a rule', () => {
  test.each<[string, TagFacts, string[]]>([
    ['latest', MAIN, ['latest']],
    ['v1.2_3-x', MAIN, ['v1.2_3-x']],
    ['a, b,', MAIN, ['a', 'b']],
    ['# a, b=c', MAIN, []],
    ['type=sha', MAIN, ['sha-c0ffee0']],
    ['type=sha,format=long', MAIN, [`sha-${COMMIT}`]],
    ['type=sha,prefix=,priority=5', MAIN, ['c0ffee0']],
    ['type=sha,prefix=git-,suffix=-amd64', MAIN, ['git-c0ffee0-amd64']],
    ['type=sha,prefix={{branch}}-', FEATURE, ['feature-login-c0ffee0']],
    ['type=ref,event=branch', FEATURE, ['feature-login']],
    ['type=ref,event=branch', onTag('v1.2.0'), []],
    ['type=ref,event=branch', PULL, []],
    ['type=ref,event=branch', TARGET, []],
    ['type=ref,event=tag', onTag('p1/v1.2.0'), ['p1-v1.2.0']],
    ['type=ref,event=tag', MAIN, []],
    ['type=ref,event=pr', PULL, ['pr-7']],
    ['type=ref,event=pr', MAIN, []],
    ['type=ref,event=pr,prefix=', PULL, ['7']],
    ['type=edge', MAIN, ['edge']],
    ['type=edge', FEATURE, []],
    ['type=edge', PULL, []],
    ['type=edge,branch=feature/login', FEATURE, ['edge']],
    ['type=edge,branch=feature/login', MAIN, []],
    ['type=schedule', SCHEDULE, ['nightly']],
    ['type=schedule', MAIN, []],
    [`type=schedule,pattern={{date 'YYYYMMDD'}}`, SCHEDULE, ['20260801']],
    ['type=raw,value=edge', MAIN, ['edge']],
    ['type=raw,edge', MAIN, ['edge']],
    ['value=edge', MAIN, ['edge']],
    [' TYPE = raw , Value = a b/c ', MAIN, ['a-b-c']],
    ['type=raw,value=a=b', MAIN, ['a-b']],
    ['type=raw,"value=a,b"', MAIN, ['a-b']],
    ['type=raw,value=', MAIN, []],
    ['type=raw,value=,prefix=x', MAIN, ['x']],
    ['type=raw,value=edge,enable=true', MAIN, ['edge']],
    ['type=raw,value=edge,enable=false', MAIN, []],
    ['type=raw,value=-invalid,enable=false', MAIN, []],
    ['my-{{branch}}-{{ sha }}', FEATURE, ['my-feature-login-c0ffee0']],
    ['x{{tag}}', onTag('v1'), ['xv1']],
    ['x{{tag}}', MAIN, ['x']],
    ['{{branch}}', onTag('v1'), []],
    ['for-{{base_ref}}', PULL, ['for-main']],
    ['for{{base_ref}}', MAIN, ['for']],
    [`value={{commit_date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}`, MAIN, ['20200110-093005']],
  ])('%s on %j', (rule, facts, tags) => {
    expect(names([rule], facts)).toEqual(tags)
  })
})

test.each<[string, TagFacts, boolean]>([
  ['a commit on the default branch', MAIN, true],
  ['a commit on another branch', FEATURE, false],
  ['a schedule, whose payload names no default branch', SCHEDULE, true],
  ['a tag', onTag('main'), false],
  ['a pull request', PULL, false],
  ['a pull request that runs on its base', TARGET, false],
])('whether a run is on the default branch: %s', (_description, facts, isDefault) => {
  const rules = ['is,enable={{is_default_branch}}', 'not,enable={{is_not_default_branch}}']
  expect(names(rules, facts)).toEqual([isDefault ? 'is' : 'not'])
})

describe('a tag moves', () => {
  const RELEASE = onTag('v1.2.3')
  test.each<[string, TagFacts, boolean]>([
    ['latest', MAIN, true],
    ['type=ref,event=branch', MAIN, true],
    ['type=ref,event=pr', PULL, true],
    ['type=edge', MAIN, true],
    ['type=schedule', SCHEDULE, true],
    ['type=match,pattern=v(.*),group=1', RELEASE, true],
    ['type=semver,pattern={{major}}.{{minor}}', RELEASE, true],
    ['type=semver,pattern={{major}}.{{minor}}.{{patch}}', RELEASE, false],
    ['type=semver,pattern=v{{version}}', RELEASE, false],
    ['type=semver,pattern={{raw}}', RELEASE, false],
    ['type=semver,pattern={{major}}', onTag('v2.0.0-rc.1'), false],
    ['type=ref,event=tag', RELEASE, false],
    ['type=sha', MAIN, false],
    ['type=raw,value={{branch}}-{{sha}}', MAIN, false],
    ['type=ref,event=branch,suffix=-{{sha}}', MAIN, false],
  ])('%s on %j: %s', (rule, facts, moves) => {
    expect(valueOf(resolveTags([rule], facts))).toEqual([{ name: expect.any(String), moves }])
  })

  test.each([[['type=ref,event=tag', 'v1.2.3']], [['v1.2.3', 'type=ref,event=tag']]])(
    'if one of the rules that give it says so: %j',
    (rules) => {
      expect(valueOf(resolveTags(rules, RELEASE))).toEqual([{ name: 'v1.2.3', moves: true }])
    },
  )
})

describe('a branch becomes a tag', () => {
  test.each([
    ['a//b?c', 'a-b-c'],
    ['../x', 'x'],
    ['.hidden', 'hidden'],
    ['Größe', 'Gr-e'],
    ['x'.repeat(200), 'x'.repeat(128)],
  ])('%s', (branch, tag) => {
    expect(names(['type=ref,event=branch'], { ...MAIN, ref: `refs/heads/${branch}` })).toEqual([tag])
  })

  test('or none when nothing of it could be in one', () => {
    expect(names(['type=ref,event=branch'], { ...MAIN, ref: 'refs/heads/日本' })).toEqual([])
  })
})

test('tags are in the order of the rules, each once', () => {
  expect(names(['b', 'type=ref,event=branch', 'a', 'main', 'b'], MAIN)).toEqual(['b', 'main', 'a'])
})

describe('a rule is refused in this run', () => {
  test.each<[string, TagFacts, string]>([
    ['-a', MAIN, '`-a` is not a valid tag; make it start'],
    ['type=sha,prefix={{branch}}-', PULL, '`-c0ffee0` is not a valid tag; make it start'],
    ['x'.repeat(129), MAIN, 'make it no longer than 128 characters'],
    ['type=sha,enable={{branch}}', MAIN, '`enable` is `main`; it must be `true` or `false`'],
    ['type=sha,enable=TRUE', MAIN, '`enable` is `TRUE`; it must be `true` or `false`'],
    ['a,enable={{is_default_branch}}', UNNAMED, 'the default branch is not known here'],
    ['type=edge', UNNAMED, 'the default branch is not known here'],
    [`fp-${KEPT}`, MAIN, 'is kept for fingerprints; choose another name'],
    [`type=raw,value=${KEPT},prefix=lock-`, MAIN, 'is kept for fingerprints'],
    [`try-${KEPT}`, MAIN, 'is kept for fingerprints'],
    [`type=raw,value=fp-${KEPT},prefix=pr-`, MAIN, 'is kept for fingerprints'],
    ['type=ref,event=branch', { ...MAIN, ref: `refs/heads/fp-${KEPT}` }, 'is kept for fingerprints'],
  ])('%s on %j', (rule, facts, problem) => {
    expect(failuresOf(resolveTags([rule], facts))).toEqual([
      { kind: 'usage', message: expect.stringMatching(/^tags: rule `.+`: ./) },
    ])
    expect(messagesOf(resolveTags([rule], facts))[0]).toContain(`rule \`${rule}\`: `)
    expect(messagesOf(resolveTags([rule], facts))[0]).toContain(problem)
  })

  test('for the date of a commit that is not known', () => {
    expect(messagesOf(resolveTags([`{{commit_date 'YYYY'}}`], UNNAMED))).toEqual([
      "tags: rule `{{commit_date 'YYYY'}}`: the date of the commit is not known here; use `{{date …}}`",
    ])
  })

  test('with all others that are, at once', () => {
    expect(messagesOf(resolveTags(['-a', 'ok', 'type=x', 'type=sha,a=,b='], MAIN))).toHaveLength(4)
  })
})
