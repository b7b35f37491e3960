import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fingerprintTag } from '../src/model/fingerprint.js'
import { BROKEN, MatrixWorld } from './fakes/matrix-world.js'
import type { Run } from './fakes/world.js'

const SERVICES = ['api', 'web', 'db']
const IMAGES = ['deps', ...SERVICES]

/** Ways to hand the images out to legs: each level ends before the next begins. */
const MATRICES = [
  [[['deps']], [['api'], ['web'], ['db']]],
  [[['deps']], [['api', 'db'], ['web']]],
  [[IMAGES]],
  [[['deps', 'api', 'web'], ['db']]],
]

/** What becomes of one attempt of the workflow run. */
interface Attempt {
  /** Images whose builds fail. */
  readonly fails: readonly string[]
  /** Numbers of the legs whose artifact nobody finds, and of those that never start. */
  readonly lost: readonly number[]
  readonly absent: readonly number[]
  readonly collects: number
}

const attempts = fc.array(
  fc.record<Attempt>({
    fails: fc.subarray(IMAGES),
    lost: fc.subarray([0, 1, 2, 3]),
    absent: fc.subarray([0, 1, 2, 3]),
    collects: fc.integer({ min: 1, max: 2 }),
  }),
  { maxLength: 3 },
)

/** A leg that waited in vain, and was not run again when what it waited for was. */
const BLOCKED_THEN_ABSENT: Attempt[] = [
  { fails: ['deps'], lost: [], absent: [], collects: 1 },
  { fails: [], lost: [], absent: [2], collects: 1 },
]

/** Runs the legs one after the other, and gives the images that were built. */
async function play(
  world: MatrixWorld,
  matrix: readonly string[][][],
  attempt: Attempt,
): Promise<readonly string[]> {
  const builds: string[] = []
  world.prepare = ({ builder }) => {
    for (const name of attempt.fails) builder.failing.set(name, BROKEN)
    const build = builder.build.bind(builder)
    builder.build = async (request, watch) => {
      const built = await build(request, watch)
      if (built.ok) builds.push(request.service)
      return built
    }
  }
  for (const [number, [level, images]] of legsOf(matrix).entries()) {
    if (attempt.absent.includes(number)) continue
    const shard = `${level}-${number}`
    await world.leg(shard, images)
    if (attempt.lost.includes(number))
      world.artifacts.texts.delete(`smart-image-build-${shard}-${world.attempt}`)
  }
  return builds
}

function legsOf(matrix: readonly string[][][]): (readonly [level: number, images: string[]])[] {
  return matrix.flatMap((legs, level) => legs.map((images) => [level, images] as const))
}

/** What has no image under its fingerprint's tag. */
function missing({ registry }: MatrixWorld, { host }: Run): string[] {
  const { include } = host.json('matrix') as {
    include: { service: string; fingerprint: string; digest: string }[]
  }
  return include.flatMap(({ service, fingerprint, digest }) =>
    registry.manifests.get(`ghcr.io/acme/${service}:${fingerprintTag(fingerprint)}`) === digest
      ? []
      : [service],
  )
}

test('whatever becomes of legs, what is offered exists and is tagged, a red run names the rest, and one more attempt mends it', async () => {
  let reds = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...MATRICES), attempts, async (matrix, played) => {
      const world = new MatrixWorld()
      const built: string[] = []
      const whole: Attempt = { fails: [], lost: [], absent: [], collects: 2 }
      for (const attempt of [...played, whole]) {
        built.push(...(await play(world, matrix, attempt)))
        for (let number = 0; number < attempt.collects; number += 1) {
          const run = await world.collect()
          const failed = run.host.json('failed') as string[]
          const changed = run.host.json('changed') as string[]
          reds += run.code
          expect(run.code).toBe(failed.length > 0 ? 1 : 0)
          expect([...changed, ...failed.filter((name) => name !== 'deps')].sort()).toEqual(
            [...SERVICES].sort(),
          )
          for (const name of changed) expect(world.tagsOf(name)).toEqual(['sha-c0ffeec', 'main'])
          expect(missing(world, run)).toEqual([])
          // Nobody is offered what has not been recorded, nor the other way round.
          expect(SERVICES.filter((name) => world.recordOf(name) !== undefined).sort()).toEqual(changed.sort())
          if (attempt === whole) expect(failed).toEqual([])
        }
        world.attempt += 1
      }
      // One fingerprint is built once, however often its legs ran.
      expect(built.sort()).toEqual([...IMAGES].sort())
      const next = await world.run({ push: 'true' }, { runId: 'next' })
      expect([next.code, next.builder.log, next.host.json('changed')]).toEqual([0, [], []])
    }),
    { numRuns: 40, examples: [[MATRICES[0] ?? [], BLOCKED_THEN_ABSENT]] },
  )
  expect(reds).toBeGreaterThan(10)
})
