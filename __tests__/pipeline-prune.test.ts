import { beforeEach, expect, test } from '@jest/globals'
import { failed, ok, type Result } from '../src/model/failure.js'
import type { KeptLayout, KeptText, Superseded } from '../src/model/kept.js'
import { prune } from '../src/pipeline/prune.js'
import type { KeptFiles } from '../src/ports/kept-files.js'
import { encodeState } from '../src/state/decode.js'
import { FakeBuilder } from './fakes/fake-builder.js'
import { context, record } from './fakes/images.js'
import { RecordingHost } from './fakes/recording-host.js'
import { World } from './fakes/world.js'

/** Paths in memory. */
class FakeKept implements KeptFiles {
  states: KeptText[] = []
  images: KeptLayout[] = []
  cut: Superseded[] = []
  asked: readonly string[] = []
  readonly removed: string[] = []

  texts(): Promise<Result<readonly KeptText[]>> {
    return Promise.resolve(ok(this.states))
  }

  layouts(images: readonly string[]): Promise<Result<readonly KeptLayout[]>> {
    this.asked = images
    return Promise.resolve(ok(this.images))
  }

  drafts(): Promise<Result<readonly Superseded[]>> {
    return Promise.resolve(ok(this.cut))
  }

  remove(paths: readonly string[]): Promise<Result<void>> {
    this.removed.push(...paths)
    return Promise.resolve(ok(undefined))
  }
}

let kept: FakeKept
beforeEach(() => {
  kept = new FakeKept()
  kept.states = ['main', 'gone'].map((branch) => {
    const scope = `terminal@refs/heads/${branch}`
    const records = [record('old', { image: `ghcr.io/acme/of-${branch}` })]
    return { path: branch, bytes: 1500, text: encodeState({ scope, records, deliveries: [] }) }
  })
  kept.images = [
    { path: 'unused', bytes: 2_000_000, kind: 'layout', fingerprint: 'f'.repeat(64) },
    { path: 'newest', bytes: 1, kind: 'layout', image: 'ghcr.io/acme/api', fingerprint: 'f'.repeat(64) },
  ]
  kept.cut = [{ path: 'memo.7', bytes: 10, reason: 'draft' }]
})

async function pruned(isDryRun: boolean, heads: Result<readonly string[]> = ok(['refs/heads/main'])) {
  const world = new World()
  const host = new RecordingHost()
  const job = {
    inputs: { mode: 'plan' },
    defaults: { maxParallel: 4, layerCache: 'none' as const },
    context: context(),
    ...{ rootName: 'shop', color: false, version: '0.0.0-test', signal: world.stop.signal },
  }
  const ports = {
    ...world.ports({ host, builder: new FakeBuilder() }),
    kept,
    heads: { heads: () => Promise.resolve(heads) },
  }
  const code = await prune(job, ports, isDryRun)
  return { code, host, lines: host.results.flat() }
}

test('what no branch and no service has goes', async () => {
  const { code, lines } = await pruned(false)
  expect([code, kept.removed]).toEqual([0, ['gone', 'unused', 'memo.7']])
  expect(lines).toEqual([
    'gone (terminal@refs/heads/gone), 1.5 kB: its branch is gone',
    'unused, 2.0 MB: no service and no branch has this image',
    'memo.7, 10 B: a process that was killed left it',
    '3 removed, 2.0 MB',
  ])
  // Of the services, and of what a branch that exists has recorded.
  expect([...kept.asked].sort()).toEqual(['ghcr.io/acme/api', 'ghcr.io/acme/of-main', 'ghcr.io/acme/web'])
})

test('a dry run lists the same and removes nothing', async () => {
  const { code, host, lines } = await pruned(true)
  expect([code, kept.removed, lines.at(-1)]).toEqual([0, [], '3 would be removed, 2.0 MB'])
  expect(host.documents).toMatchObject([
    { version: 1, dryRun: true, superseded: [{ path: 'gone' }, { path: 'unused' }, { path: 'memo.7' }] },
  ])
})

test('without knowing the branches nothing is removed', async () => {
  const { code } = await pruned(false, failed({ kind: 'git-failed', message: 'git is missing' }))
  expect([code, kept.removed]).toEqual([1, []])
})
