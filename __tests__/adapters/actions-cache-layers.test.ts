import { expect, jest, test } from '@jest/globals'
import { join } from 'node:path'
import { ActionsCacheLayers } from '../../src/adapters/actions-cache-layers.js'
import { CacheOutage } from '../../src/adapters/cache-outage.js'
import type { LayoutName } from '../../src/ports/image-layouts.js'
import { describeLayerFolders } from '../contracts/layer-folders.js'
import { useCacheRunner } from '../rig/cache-runner.js'
import { writeLayout } from '../rig/oci-layout.js'

jest.setTimeout(60_000)

const runner = useCacheRunner()
let runs = 0

/** Each run has a machine of its own. */
function open(outage = new CacheOutage()): ActionsCacheLayers {
  const { signal } = new AbortController()
  const options = {
    folder: join(runner.folder, `machine-${++runs}`),
    program: runner.program,
    signal,
    outage,
  }
  return new ActionsCacheLayers(options, {
    access: () => Promise.resolve({ kind: 'open', canWrite: true }),
  })
}

async function built(name: LayoutName): Promise<string> {
  const layers = open()
  const place = layers.place(name)
  const { digest } = await writeLayout(place)
  await layers.keep(name, place)
  expect(await layers.problems()).toEqual([])
  return digest
}

describeLayerFolders('the Actions cache', () =>
  Promise.resolve({
    open,
    build: async (place) => (await writeLayout(place)).digest,
    close: () => Promise.resolve(),
  }),
)

test('those of the very content go before newer ones of another content', async () => {
  const name = (digit: string): LayoutName => ({
    image: { repository: 'api' },
    fingerprint: digit.repeat(64),
  })
  const digest = await built(name('1'))
  await built(name('2'))
  expect(await open().fetch(name('1'))).toMatchObject({ digest })
  const keys = runner.service.entries().map(({ key }) => key)
  expect(keys).toEqual(
    ['1', '2'].map((digit): unknown =>
      expect.stringMatching(new RegExp(`^smart-image-build-layers-v1-[0-9a-f]{32}-${digit}{64}-`)),
    ),
  )
})

test('after an outage that it heard of nobody is asked, and nothing is said again', async () => {
  const outage = new CacheOutage()
  outage.note('gone')
  const layers = open(outage)
  const name = { image: { repository: 'api' }, fingerprint: '1'.repeat(64) }
  expect(await layers.fetch(name)).toBeUndefined()
  const place = layers.place(name)
  await writeLayout(place)
  await layers.keep(name, place)
  expect(await layers.problems()).toEqual([])
  expect(runner.service.requests).toEqual([])
})
