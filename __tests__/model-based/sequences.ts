import fc from '../fakes/seeded.js'
import type { Promised } from './observation.js'
import { Player, type Step } from './player.js'
import type { Tally } from './tally.js'
import type { World } from './world.js'
import { step } from './arbitraries.js'

/** A step as fast-check runs and shrinks it; printed so that it can be pasted into a test. */
class Command implements fc.AsyncCommand<object, Player> {
  readonly #step: Step

  constructor(of: Step) {
    this.#step = of
  }

  check(): boolean {
    return true
  }

  run(_model: object, player: Player): Promise<void> {
    return player.play(this.#step)
  }

  toString(): string {
    return `\n${JSON.stringify(this.#step)
      .replace(/"(\w+)":/g, '$1: ')
      .replaceAll('"', "'")}`
  }
}

export interface Trial {
  readonly newWorld: () => World
  readonly tally: Tally
  /** Promises that are not kept yet. */
  readonly excused: ReadonlySet<Promised>
  readonly seed: number
  /** How many sequences, of up to `length` steps each. */
  readonly sequences: number
  readonly length: number
  /** Whether the shortest sequence is worth the time. */
  readonly isShrunk?: boolean
}

/** Tries random sequences, each in a world of its own; fails with the shortest one that breaks a promise. */
export async function tryOut({
  newWorld,
  tally,
  excused,
  seed,
  sequences,
  length,
  isShrunk = true,
}: Trial): Promise<void> {
  const commands = fc.commands([step.map((one) => new Command(one))], { maxCommands: length, size: 'max' })
  const property = fc.asyncProperty(commands, async (sequence) => {
    tally.count('sequence')
    const player = new Player(newWorld(), { tally, excused })
    await fc.asyncModelRun(() => ({ model: {}, real: player }), sequence)
  })
  await fc.assert(property, { seed, numRuns: sequences, endOnFailure: !isShrunk })
}
