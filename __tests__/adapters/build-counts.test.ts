import { expect, test } from '@jest/globals'
import { BuildCounts } from '../../src/adapters/build-counts.js'

const AT = '2026-11-21T20:33:46Z'

function step(name: string, given: object = {}) {
  return { digest: `sha256:${name}`, name, started: AT, ...given }
}

test('steps are the instructions of the Dockerfile, but FROM', () => {
  const counts = new BuildCounts()
  const others = [
    ...[
      '[internal] load build context',
      '[index 1/4] FROM busybox:1.37',
      '[linux/arm64 index 1/4] FROM busybox',
    ],
    ...['exporting to image', 'importing cache manifest from gha', 'resolve image config for x'],
  ]
  expect(
    counts.take(
      others.map((name) => step(name, { completed: AT })),
      [],
    ),
  ).toBe(false)
  expect(counts.take([step('[2/3] COPY a /'), step('[linux/amd64 build 3/3] RUN make')], [])).toBe(true)
  expect(counts.status).toMatchObject({ steps: 2, done: 0, cached: 0 })
})

test('each step counts once, however often it is told of', () => {
  const counts = new BuildCounts()
  counts.take([step('[2/3] RUN a'), step('[3/3] RUN b')], [])
  counts.take([step('[2/3] RUN a', { completed: AT, cached: true })], [])
  counts.take(
    [step('[2/3] RUN a', { completed: AT }), step('[3/3] RUN b', { completed: AT, error: 'x' })],
    [],
  )
  expect(counts.status).toMatchObject({ steps: 2, done: 1, cached: 1 })
})

test('what an earlier try ran is not cached, and has run', () => {
  const counts = new BuildCounts(new Set(['[2/3] RUN a']))
  const names = ['[2/3] RUN a', '[3/3] RUN b']
  counts.take(
    names.map((name) => step(name, { completed: AT, cached: true })),
    [],
  )
  expect(counts.status).toMatchObject({ steps: 2, done: 2, cached: 1 })
  expect(counts.ran).toEqual(new Set(['[2/3] RUN a']))
})

test('bytes are the most that each transfer told of', () => {
  const counts = new BuildCounts()
  const sent = (vertex: string, current: number) => ({ id: 'transferring context:', vertex, current })
  const pushed = (layer: string, current: number) => ({ id: `pushing layer ${layer}`, vertex: 'p', current })
  counts.take([], [sent('a', 0), sent('a', 3_000_581), sent('b', 2), pushed('1', 500), pushed('2', 7)])
  counts.take(
    [],
    [sent('a', 25), pushed('1', 900), { id: 'transferring dockerfile:', vertex: 'c', current: 123 }],
  )
  expect(counts.status).toMatchObject({ contextBytes: 3_000_583, pushedBytes: 907 })
})
