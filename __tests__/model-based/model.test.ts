import { expect, test } from '@jest/globals'
import { DAMAGES } from './actions-cache.js'
import { EXCUSED } from './engine.js'
import { MERGES } from './events.js'
import { DELETIONS, MemoryImages } from './images.js'
import { FAULTS } from './process.js'
import { tryOut } from './sequences.js'
import { Tally } from './tally.js'
import { World } from './world.js'

const seed = Number(process.env['SMART_IMAGE_BUILD_MODEL_SEED'] ?? 20_260_801)
const isQuick = process.env['SMART_IMAGE_BUILD_TEST_QUICK'] === 'true'
const goal = Number(process.env['SMART_IMAGE_BUILD_MODEL_STEPS'] ?? (isQuick ? 500 : 10_000))
const LIMIT_MS = 600_000
const ROUND = { sequences: 20, length: 40 }

const EVENTS = [
  'push',
  'revert',
  ...MERGES,
  'force-push',
  'pull-request',
  'release',
  'schedule',
  'dispatch',
  'rerun',
]
const TROUBLE = [
  'superseded',
  'overlap',
  'failing build',
  ...FAULTS,
  ...DAMAGES,
  ...DELETIONS.map((what) => `${what} deleted`),
]

test(
  `whatever happens in ${goal} steps from seed ${seed}, the contract is kept`,
  async () => {
    const tally = new Tally()
    const newWorld = () => new World(new MemoryImages(), 'registry.test/model')
    for (let round = 0; tally.of('step') < goal; round++) {
      await tryOut({ ...ROUND, newWorld, tally, excused: EXCUSED, seed: seed + round })
    }
    console.log(`seed ${seed}: ${String(tally)}`)
    expect([...EVENTS, ...TROUBLE].filter((kind) => tally.of(kind) === 0)).toEqual([])
  },
  LIMIT_MS,
)
