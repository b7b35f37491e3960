import type { Failure } from '../model/failure.js'
import type { MatrixShard, Shards } from '../model/shard.js'
import type { Draft } from './output-budget.js'

/** GitHub: a matrix generates at most so many jobs of a run. */
export const MOST_ENTRIES = 256

/**
 * Linux gives a process no longer variable (MAX_ARG_STRLEN), and a leg's entry is handed to it as one: `INPUT_SHARD=` with
 * the entry as the function toJSON of workflows writes it, in lines with two blanks of indentation.
 */
const MOST_BYTES_OF_VARIABLE = 128 * 1024 - 1

/** The matrices of the legs; bases come first, as nothing is built without them. */
export function legDrafts({ bases, builds }: Shards): {
  drafts: readonly Draft[]
  failures: readonly Failure[]
} {
  const matrices = [
    { name: 'base-matrix', shards: bases },
    { name: 'build-matrix', shards: builds },
  ].map((matrix) => ({ ...matrix, problem: tooLong(matrix.shards) }))
  const sayable = matrices.filter(({ problem }) => problem === undefined)
  return {
    drafts: [
      flagDraft('bases-any', bases.length > 0),
      flagDraft('build-any', builds.length > 0),
      ...sayable.map(({ name, shards }) => matrixDraft(name, shards)),
    ],
    failures: matrices.flatMap(({ problem }) => problem ?? []),
  }
}

export function flagDraft(name: string, isTrue: boolean): Draft {
  return { name, forms: [{ text: String(isTrue) }], holds: 'its answer', isNeeded: true }
}

export function matrixDraft(name: string, include: readonly unknown[]): Draft {
  const holds = `${include.length} entries`
  return { name, forms: [{ text: JSON.stringify({ include }) }], holds, isNeeded: true }
}

function tooLong(shards: readonly MatrixShard[]): Failure | undefined {
  const leg = shards.find(
    (shard) => Buffer.byteLength(`INPUT_SHARD=${JSON.stringify(shard, null, 2)}`) > MOST_BYTES_OF_VARIABLE,
  )
  if (leg === undefined) return undefined
  const message = `leg \`${leg.shard}\` has ${leg.images.length} images, whose names are longer than an input can be (128 KiB); raise \`max-jobs\`, or name fewer images with input \`services\``
  return { kind: 'usage', message }
}
