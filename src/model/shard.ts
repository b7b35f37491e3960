/** A batch of images that one leg of a matrix builds; as JSON it is an entry of the matrix, and the leg's input `shard`. */
export interface MatrixShard {
  /** `1-of-3`, or `bases-1-of-2`: no two legs of a run have the same. */
  readonly shard: string
  /** Names, each after those of the same leg that it is built from. */
  readonly images: readonly string[]
  /** What its builds are reckoned to take one after the other, without the set-up of the leg. */
  readonly minutes: number
  /** What the `matrix` key `runner` of its services says; absent where none says any. */
  readonly runner?: string
}

/** All that is to be built, each image in one leg. Legs of `bases` must have ended before those of `builds` begin. */
export interface Shards {
  readonly bases: readonly MatrixShard[]
  readonly builds: readonly MatrixShard[]
}
