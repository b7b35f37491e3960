import { beforeEach, describe, expect, test } from '@jest/globals'
import { BakeProgress } from '../../src/adapters/bake-progress.js'
import { BuildProgress } from '../../src/adapters/build-progress.js'

const AT = '2026-11-21T09:01:01Z'

let heard: Record<'t0' | 't1', string[]>
let builds: Map<string, BuildProgress>
let now: number
let progress: BakeProgress

beforeEach(() => {
  heard = { t0: [], t1: [] }
  const listening = (name: 't0' | 't1') =>
    new BuildProgress({ onLine: ({ text }) => heard[name].push(text), onStatus: () => undefined })
  builds = new Map([
    ['t0', listening('t0')],
    ['t1', listening('t1')],
  ])
  now = 0
  progress = new BakeProgress(builds, () => now)
})

function vertexes(...all: readonly (readonly [digest: string, name: string, more?: object])[]): void {
  const written = all.map(([digest, name, more]) => ({ digest, name, started: AT, ...more }))
  progress.take(JSON.stringify({ vertexes: written }))
}

function log(vertex: string, text: string, timestamp = AT): void {
  const data = Buffer.from(text).toString('base64')
  progress.take(JSON.stringify({ logs: [{ vertex, stream: 1, data, timestamp }] }))
}

describe('a step', () => {
  test.each([
    ['[t0 2/3] RUN make', '[2/3] RUN make'],
    ['[t0 build 2/3] RUN make', '[build 2/3] RUN make'],
    ['[t0 linux/arm64 build 2/3] RUN [x] y', '[linux/arm64 build 2/3] RUN [x] y'],
    ['[t0] exporting to image', 'exporting to image'],
    ['[t0 2/2] RUN a\nb', '[2/2] RUN a\nb'],
  ])('%j is told the image of its target, as %j', (name, told) => {
    vertexes(['a', name])
    expect(heard).toEqual({ t0: [told], t1: [] })
  })

  test.each([
    '[auth] acme/api:pull token for ghcr.io',
    '[internal] booting buildkit',
    '[t2 1/1] RUN x',
    '[t00 1/1] x',
    't0',
  ])('%j is told nobody', (name) => {
    vertexes(['a', name])
    log('a', 'x\n')
    expect(heard).toEqual({ t0: [], t1: [] })
  })

  test('counts where it is done', () => {
    vertexes(['a', '[t0 1/2] RUN a'], ['b', '[t0 2/2] RUN b'], ['c', '[t1 1/1] RUN c'])
    vertexes(
      ['a', '[t0 1/2] RUN a', { completed: AT }],
      ['c', '[t1 1/1] RUN c', { completed: AT, cached: true }],
    )
    expect(builds.get('t0')?.status).toMatchObject({ steps: 2, done: 1, cached: 0 })
    expect(builds.get('t1')?.status).toMatchObject({ steps: 1, done: 1, cached: 1 })
    expect(builds.get('t0')?.ran).toEqual(new Set(['[1/2] RUN a']))
  })

  test('and the bytes that are sent for it are those of its image', () => {
    vertexes(['a', '[t1 internal] load build context'])
    progress.take(JSON.stringify({ statuses: [{ id: 'transferring context:', vertex: 'a', current: 7 }] }))
    expect(builds.get('t0')?.status.contextBytes).toBe(0)
    expect(builds.get('t1')?.status.contextBytes).toBe(7)
  })

  test('is the last that was heard of a target until the next', () => {
    vertexes(['a', '[t0 1/1] RUN a'])
    now = 5
    vertexes(['a', '[t0 1/1] RUN a', { completed: AT }])
    now = 9
    vertexes(['b', '[t1] exporting to image'])
    expect([progress.lastHeardOf('t0'), progress.lastHeardOf('t1'), progress.lastHeardOf('t2')]).toEqual([
      5,
      9,
      undefined,
    ])
  })
})

describe('what a step prints that two images have in common', () => {
  test('is told both, once each, whether buildx says it once or twice', () => {
    vertexes(['a', '[t0 1/1] RUN a'], ['a', '[t1 1/1] RUN a'])
    log('a', 'one\n', '2026-11-21T09:01:01.1Z')
    log('a', 'two\n', '2026-11-21T09:01:01.2Z')
    log('a', 'one\n', '2026-11-21T09:01:01.1Z')
    log('a', 'one\n', '2026-11-21T09:01:01.3Z')
    const told = ['[1/1] RUN a', '  one', '  two', '  one']
    expect(heard).toEqual({ t0: told, t1: told })
  })

  test('is told in its order to one that comes to the step later, with what has no line end yet', () => {
    vertexes(['a', '[t0 1/1] RUN a'])
    log('a', 'one\ntw', '2026-11-21T09:01:01.1Z')
    vertexes(['a', '[t1 1/1] RUN a'])
    log('a', 'o\nend', '2026-11-21T09:01:01.2Z')
    vertexes(['a', '[t0 1/1] RUN a', { completed: AT }], ['a', '[t1 1/1] RUN a', { completed: AT }])
    const told = ['[1/1] RUN a', '  one', '  two', '  end']
    expect(heard).toEqual({ t0: told, t1: told })
  })

  test('is told one that hears of the step at its end', () => {
    vertexes(['a', '[t0 1/1] RUN a'])
    log('a', 'one\nend')
    vertexes(['a', '[t1 1/1] RUN a', { completed: AT }])
    expect(heard.t1).toEqual(['[1/1] RUN a', '  one', '  end'])
  })

  test('is told both where it is a warning', () => {
    vertexes(['a', '[t0 internal] load'], ['a', '[t1 internal] load'])
    const short = Buffer.from('old syntax').toString('base64')
    for (let twice = 0; twice < 2; twice++)
      progress.take(JSON.stringify({ warnings: [{ vertex: 'a', short }] }))
    expect(heard).toEqual({ t0: ['warning: old syntax'], t1: ['warning: old syntax'] })
  })
})

test('what is no progress of a step is kept', () => {
  progress.take('WARNING: old')
  progress.take('{broken')
  expect(progress.said).toEqual(['WARNING: old', '{broken'])
  expect(heard).toEqual({ t0: [], t1: [] })
})
