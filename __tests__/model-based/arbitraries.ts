import fc from '../fakes/seeded.js'
import { DAMAGES } from './actions-cache.js'
import { BRANCHES, type Event, MERGES, WORKFLOWS } from './events.js'
import { ABILITIES } from './engine.js'
import { DELETIONS } from './images.js'
import { FAULTS } from './process.js'
import { SERVICES, SOURCES } from './services.js'
import type { Step } from './player.js'
import type { Fate } from './world.js'

const version = fc.nat({ max: 2 })
const workflow = fc.constantFrom(...WORKFLOWS)
const branch = fc.constantFrom(...BRANCHES)
const service = fc.constantFrom(...SERVICES)
const at = fc.nat({ max: 30 })

const edit = fc.dictionary(fc.constantFrom(...SOURCES), version, {
  minKeys: 1,
  maxKeys: 2,
  noNullPrototype: true,
})

const selection = fc.record(
  { services: service, force: fc.constantFrom(...SERVICES, 'all' as const) },
  { requiredKeys: [] },
)

const promote = {
  weight: 1,
  arbitrary: fc.record({
    kind: fc.constant('promote' as const),
    inputs: fc.record({ services: service }, { requiredKeys: [] }),
  }),
}

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      branch,
      commits: fc.array(edit, { minLength: 1, maxLength: 2 }),
      workflow,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revert' as const), branch, workflow }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('merge' as const),
      branch,
      how: fc.constantFrom(...MERGES),
      workflow,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('force-push' as const),
      branch,
      back: fc.integer({ min: 1, max: 3 }),
      workflow,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pull-request' as const), branch, isFork: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('schedule' as const), workflow }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('dispatch' as const), workflow, inputs: selection }),
  },
  ...(ABILITIES.has('promote') ? [promote] : []),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rerun' as const), back: fc.nat({ max: 3 }) }) },
)

const fate: fc.Arbitrary<Fate> = fc.record(
  {
    fails: fc.uniqueArray(service, { minLength: 1, maxLength: 2 }),
    undeployed: fc.uniqueArray(service, { minLength: 1, maxLength: 2 }),
    fault: fc.record({ kind: fc.constantFrom(...FAULTS), at }),
  },
  { requiredKeys: [] },
)

export const step: fc.Arbitrary<Step> = fc.oneof(
  { withCrossShrink: true },
  {
    weight: 12,
    arbitrary: fc.record(
      { kind: fc.constant('event' as const), event, fate },
      { requiredKeys: ['kind', 'event'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('overlap' as const), first: event, at, second: event }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('damage' as const),
      how: fc.constantFrom(...DAMAGES),
      pick: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('deletion' as const),
      what: fc.constantFrom(...DELETIONS),
      service,
      pick: fc.nat({ max: 9 }),
    }),
  },
)
