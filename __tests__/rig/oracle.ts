import { type Exported, Exporter, type ExportRequest, type Exports } from './oracle-export.js'
import { type Fingerprints, fingerprintsOf, type Inputs } from './oracle-fingerprints.js'
import { Verdicts } from './oracle-judge.js'
import { PlacedTree, same, type Tree } from './oracle-tree.js'
import { filesOf, keysOf, type Mutation, mutate, requestsOf, type World } from './oracle-world.js'
import { TempRepository } from './temp-repository.js'

/** A mutation and the services that it is meant for. */
export interface Part {
  readonly mutation: Mutation
  readonly services: ReadonlySet<string>
}

export interface Round {
  readonly parts: readonly Part[]
  /** Both unless said otherwise. */
  readonly inputs?: readonly Inputs[]
  /** Services that are not judged in this round. */
  readonly leaves?: ReadonlySet<string>
}

interface Observed {
  readonly files: Tree
  readonly exports: Exports
  readonly fingerprints: Readonly<Record<Inputs, Fingerprints>>
}

interface Parts {
  readonly placed: PlacedTree
  readonly exporter: Exporter
  readonly leftOut: readonly string[]
  readonly verdicts: Oracle['verdicts']
}

/**
 * Judges fingerprints by what the real BuildKit takes: a base, and mutations that each start from it. Every mutation
 * lies on the disk first, where the work tree's fingerprints are taken, and is then a commit on top of the base.
 */
export class Oracle {
  readonly verdicts: Readonly<Record<Inputs, Verdicts>>
  /** Plans that were refused: sound, but they show nothing. */
  readonly refused: string[] = []
  /** Services whose keys in the configuration this version refuses. */
  readonly leftOut: readonly string[]
  readonly #base: World
  readonly #placed: PlacedTree
  readonly #exporter: Exporter
  #commit = ''
  #before: Observed | undefined

  private constructor(base: World, parts: Parts) {
    this.#base = base
    this.#placed = parts.placed
    this.#exporter = parts.exporter
    this.leftOut = parts.leftOut
    this.verdicts = parts.verdicts
  }

  /** Verdicts may be shared by several oracles, which then count together. */
  static async open(wanted: World, verdicts = noVerdicts()): Promise<Oracle> {
    const repository = await TempRepository.create()
    const placed = new PlacedTree(repository)
    const exporter = await Exporter.open(repository.folder)
    const base = await withKnownKeys(wanted, placed)
    const leftOut = [...wanted.services.keys()].filter((name) => !base.services.has(name))
    const oracle = new Oracle(base, { placed, exporter, leftOut, verdicts })
    oracle.#before = await oracle.#observe(base)
    oracle.#commit = await repository.git('rev-parse', 'HEAD')
    return oracle
  }

  async close(): Promise<void> {
    await this.#exporter.close()
    await this.#placed.dispose()
  }

  /** What the base itself shows. */
  get base(): Observed {
    if (!this.#before) throw new Error('the base is not observed yet')
    return this.#before
  }

  /** Mutations of folders that are apart may be judged together: a context sees only its own. */
  async judge({ parts, inputs = ['commit', 'worktree'], leaves = new Set() }: Round): Promise<void> {
    const world = parts.reduce((before, { mutation }) => mutate(before, mutation), this.#base)
    await this.#placed.repository.git('reset', '--quiet', '--soft', this.#commit)
    const after = await this.#observe(world, leaves)
    for (const from of inputs) {
      const planned = after.fingerprints[from]
      const descriptions = parts.map(({ mutation }) => mutation.description).join('; ')
      if (planned.kind === 'refused') this.refused.push(`${descriptions}: ${planned.message}`)
    }
    for (const [service, exported] of after.exports) {
      const { description, kind } = cause(service, world, parts)
      const { paths, ignore } = world.services.get(service)!
      for (const from of inputs) {
        this.verdicts[from].add({
          ...{ service, mutation: description, kind },
          ...{ countsMore: paths !== undefined, countsLess: ignore !== undefined },
          before: {
            exported: this.base.exports.get(service)!,
            fingerprint: fingerprintOf(this.base.fingerprints[from], service),
          },
          after: { exported, fingerprint: fingerprintOf(after.fingerprints[from], service) },
        })
      }
    }
  }

  async #observe(world: World, leaves: ReadonlySet<string> = new Set()): Promise<Observed> {
    const files = filesOf(world)
    await this.#placed.place(files)
    // The export reads the disk, which neither a plan nor a commit changes.
    const wanted = [...requestsOf(world)].filter(([name]) => !leaves.has(name))
    const [exports, fingerprints] = await Promise.all([
      this.#export(world, { files, requests: new Map(wanted) }),
      this.#fingerprints(),
    ])
    return { files, exports, fingerprints }
  }

  async #fingerprints(): Promise<Observed['fingerprints']> {
    const { repository } = this.#placed
    const worktree = await fingerprintsOf(repository.folder, 'worktree')
    await repository.commit('Mutated')
    return { worktree, commit: await fingerprintsOf(repository.folder, 'commit') }
  }

  /** The same Dockerfile, settings and contexts give the same export: only the others are built. */
  async #export(
    world: World,
    { files, requests }: { files: Tree; requests: Map<string, ExportRequest> },
  ): Promise<Exports> {
    const exports = new Map<string, Exported>()
    for (const name of [...requests.keys()]) {
      const known = this.#before?.exports.get(name)
      if (!known || !this.#isSame(name, world, files)) continue
      exports.set(name, known)
      requests.delete(name)
    }
    return new Map([...exports, ...(await this.#exporter.export(requests))])
  }

  #isSame(name: string, world: World, files: Tree): boolean {
    const [was, is] = [this.#base.services.get(name)!, world.services.get(name)!]
    if (was !== is) return false
    const folders = [is.context, ...Object.values(is.contexts ?? {})]
    const all = [...files.keys(), ...this.base.files.keys()]
    const inputs = all.filter((path) =>
      folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)),
    )
    return inputs.every((path) => same(files.get(path), this.base.files.get(path)))
  }
}

function noVerdicts(): Oracle['verdicts'] {
  return { commit: new Verdicts(), worktree: new Verdicts() }
}

/** What a service sees of a round: the parts that are meant for it, with the root as context all of them. */
function cause(name: string, { services }: World, parts: readonly Part[]): Omit<Mutation, 'edits'> {
  const seen = parts.filter((part) => part.services.has(name) || services.get(name)?.context === '')
  if (seen.length === 0) return { description: 'Something changes elsewhere', kind: 'elsewhere' }
  return {
    description: seen.map(({ mutation }) => mutation.description).join('; '),
    kind: seen.length === 1 ? seen[0]!.mutation.kind : 'several in the root context',
  }
}

function fingerprintOf(fingerprints: Fingerprints, service: string): string | undefined {
  return fingerprints.kind === 'planned' ? fingerprints.of.get(service) : undefined
}

/** The world that is placed and committed: without the services whose keys this version refuses. */
async function withKnownKeys(wanted: World, placed: PlacedTree): Promise<World> {
  await placed.place(filesOf(wanted))
  await placed.repository.commit('Base')
  const planned = await fingerprintsOf(placed.repository.folder, 'worktree')
  if (planned.kind === 'planned') return wanted
  const services = [...wanted.services].filter(
    ([, service]) => !keysOf(service).some((key) => planned.keys.includes(key)),
  )
  if (planned.keys.length === 0) throw new Error(`the base is refused: ${planned.message}`)
  return withKnownKeys({ ...wanted, services: new Map(services) }, placed)
}
