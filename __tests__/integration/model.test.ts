import { expect, test } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { EXCUSED } from '../model-based/engine.js'
import { HttpImages } from '../model-based/http-images.js'
import { tryOut } from '../model-based/sequences.js'
import { Tally } from '../model-based/tally.js'
import { World } from '../model-based/world.js'
import { testRegistry } from '../rig/raw-repository.js'

const seed = Number(process.env['SMART_IMAGE_BUILD_MODEL_SEED'] ?? 20_260_801)

test(`a real registry keeps the contract as the one in memory does, from seed ${seed}`, async () => {
  const tally = new Tally()
  const newWorld = () =>
    new World(new HttpImages(), `${testRegistry()}/model-${randomBytes(6).toString('hex')}`)
  await tryOut({ newWorld, tally, excused: EXCUSED, seed, sequences: 8, length: 30, isShrunk: false })
  console.log(`seed ${seed}: ${String(tally)}`)
  const needed = ['run', 'overlap', 'crashed', 'child deleted', 'failing build', 'rerun']
  expect(needed.filter((kind) => tally.of(kind) === 0)).toEqual([])
})
