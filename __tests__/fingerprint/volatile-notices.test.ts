import { describe, expect, test } from '@jest/globals'
import { compute } from '../../src/fingerprint/compute.js'
import { type RunFacts, volatileArgNotices } from '../../src/fingerprint/volatile-notices.js'
import type { Service } from '../../src/model/service.js'
import { COMMIT, service } from '../fakes/images.js'

const HEAD = 'beef'.repeat(10)
const RUN: RunFacts = {
  ...{ commit: COMMIT, trigger: { kind: 'push' }, ref: 'refs/heads/fix/a', defaultBranch: 'main' },
  ...{ runId: '17', startedAt: Date.UTC(2026, 10, 21, 23, 59) },
}
const PULL_REQUEST: RunFacts = {
  ...RUN,
  trigger: { kind: 'pull-request', number: 7, base: COMMIT, head: HEAD },
  ref: 'refs/pull/7/merge',
}

function notices(services: readonly Service[], run: RunFacts = RUN): readonly string[] {
  const inputs = {
    definition: 'd',
    files: 'f',
    fileCount: 1,
    references: {},
    images: [],
    missing: [],
    uncommitted: [],
  }
  const fingerprints = services.map((of) => {
    return [of.name, compute(of, { ...inputs, declaredArgs: ['V', 'CACHE_BUST'] }, ['linux/amd64'])] as const
  })
  return volatileArgNotices(services, new Map(fingerprints), run).map(({ message }) => message)
}

function app(value: string, volatileArgs: readonly string[] = []): Service {
  return service('app', { build: { buildArgs: { V: value }, volatileArgs } })
}

describe('an argument that counts gets a notice when it is', () => {
  test.each([
    ['the commit', COMMIT, RUN],
    ['the commit', COMMIT.slice(0, 7), RUN],
    ['the commit', HEAD, PULL_REQUEST],
    ['the branch or tag', 'refs/heads/fix/a', RUN],
    ['the branch or tag', 'fix/a', RUN],
    ['the branch or tag', 'v1.2', { ...RUN, ref: 'refs/tags/v1.2' }],
    ['the branch or tag', '7/merge', PULL_REQUEST],
    ['the branch or tag', 'refs/heads/main', { ...RUN, ref: 'refs/heads/main' }],
    ['the id of the run', '17', RUN],
    ["today's date", '2026-11-21', RUN],
    ["today's date", '2026-11-21T08:00:00Z', RUN],
    ["today's date", '20261121.3', RUN],
  ])('%s, %s', (what, value, run) => {
    expect(notices([app(value)], run)).toEqual([
      `\`app\`: build argument \`V\` is ${what}, so that another one rebuilds the image; if it need not, list it under \`volatile-args\``,
    ])
  })
})

describe('it gets none when it is', () => {
  test.each([
    ['another commit', 'd'.repeat(40), RUN],
    ['too few digits for a commit', COMMIT.slice(0, 6), RUN],
    ['empty', '', RUN],
    ['named like the branch that all images come from', 'main', { ...RUN, ref: 'refs/heads/main' }],
    ['another number', '171', RUN],
    ['the day after', '2026-11-22', RUN],
  ])('%s', (_case, value, run) => {
    expect(notices([app(value)], run)).toEqual([])
  })

  test('listed as volatile', () => {
    expect(notices([app(COMMIT, ['V'])])).toEqual([])
  })

  test('no argument that the Dockerfile declares, or always volatile', () => {
    const buildArgs = { OTHER: COMMIT, CACHE_BUST: COMMIT }
    expect(notices([service('app', { build: { buildArgs } })])).toEqual([])
  })
})

test('services that pass the same get one notice, at the first of them', () => {
  const place = { file: 'images.yml', line: 3, column: 3 }
  const services = ['a', 'b'].map((name) => service(name, { build: { buildArgs: { V: '17' } }, place }))
  expect(notices(services)).toEqual([expect.stringMatching(/^`a`, `b`: build argument `V` is/)])
})
