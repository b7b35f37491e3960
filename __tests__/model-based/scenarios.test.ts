import { expect, test } from '@jest/globals'
import type { Edit, Event } from './events.js'
import { MemoryImages } from './images.js'
import { Player, type Step } from './player.js'
import { Tally } from './tally.js'
import { type Fate, World } from './world.js'

function push(edit: Edit, fate?: Fate, branch: (Event & { kind: 'push' })['branch'] = 'main'): Step {
  const event = { kind: 'push', branch, commits: [edit], workflow: 'deploy' } as const
  return { kind: 'event', event, ...(fate && { fate }) }
}

const WELL: Fate = {}
const rerun: Event = { kind: 'rerun', back: 0 }
const schedule: Event = { kind: 'schedule', workflow: 'deploy' }
const API_1 = { 'api/main.go': 1 }
const WEB_1 = { 'web/index.html': 1 }

/** With nothing excused. `met`: what has to have come about, so that the scenario is one. */
test.each<[string, string[], Step[]]>([
  [
    'a push whose run never started is delivered by the next run',
    ['superseded'],
    [push({}, WELL), push(API_1), push(WEB_1, WELL)],
  ],
  [
    'what failed is built by the next run, whatever changes then',
    ['failing build'],
    [push(API_1, { fails: ['api'] }), push(WEB_1, WELL)],
  ],
  [
    'what another branch built is reused after the merge',
    ['squash'],
    [
      push({}, WELL),
      push(API_1, WELL, 'feature'),
      {
        kind: 'event',
        event: { kind: 'merge', branch: 'feature', how: 'squash', workflow: 'deploy' },
        fate: WELL,
      },
    ],
  ],
  [
    'what a run built before its machine was lost is not built again',
    ['runner-lost'],
    [push({}, { fault: { kind: 'runner-lost', at: 9 } }), push(WEB_1, WELL)],
  ],
  [
    'what a run built before it was cancelled is delivered by the next one',
    ['cancelled'],
    [push({}, WELL), push(API_1, { fault: { kind: 'cancelled', at: 9 } }), push(WEB_1, WELL), push({}, WELL)],
  ],
  [
    'an image that lost one of its parts is built again',
    ['child deleted'],
    [push({}, WELL), { kind: 'deletion', what: 'child', service: 'api', pick: 0 }, push(WEB_1, WELL)],
  ],
  [
    'the entry of another scope is none',
    ['foreign'],
    [
      push({}, WELL),
      push(API_1, WELL, 'feature'),
      { kind: 'damage', how: 'foreign', pick: 0 },
      push({}, WELL),
    ],
  ],
  [
    'an outage that ends in the middle of a run is over for the next one',
    ['registry-outage'],
    [push({}, WELL), push(API_1, { fault: { kind: 'registry-outage', at: 4 } }), push({}, WELL)],
  ],
  [
    'an older run that ends later leaves nothing that the next one does not mend',
    ['overlap'],
    [
      push({}, WELL),
      {
        kind: 'overlap',
        first: { kind: 'push', branch: 'main', commits: [API_1], workflow: 'deploy' },
        at: 6,
        second: { kind: 'push', branch: 'main', commits: [WEB_1], workflow: 'deploy' },
      },
      push({}, WELL),
    ],
  ],
  [
    'a re-run of the head does no harm',
    ['rerun'],
    [
      push(API_1, WELL),
      { kind: 'event', event: rerun, fate: WELL },
      { kind: 'event', event: schedule, fate: WELL },
    ],
  ],
])('%s', async (_description, met, steps) => {
  const tally = new Tally()
  const player = new Player(new World(new MemoryImages(), 'registry.test/model'), {
    tally,
    excused: new Set(),
  })
  for (const step of steps) await player.play(step)
  expect(met.filter((kind) => tally.of(kind) !== 1)).toEqual([])
})
