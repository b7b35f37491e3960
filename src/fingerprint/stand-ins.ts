import type { Service } from '../model/service.js'
import type { From, Layout, Spot, StageLayout, Step } from './dockerfile/layout.js'
import { landing, mayCover, spotKey } from './landing.js'
import { entriesOf, filesOf } from './inputs.js'
import type { Inspection } from './inspect.js'
import { isLockfile, isPinnedBy } from './lockfile-kinds.js'
import { joined } from './view.js'

/** An image of ours, with what its Dockerfile takes. */
export interface Member {
  readonly service: Service
  readonly inspection: Inspection
}

/** Another image, and the names by which its Dockerfile says the base. */
export interface Dependant extends Member {
  readonly names: ReadonlySet<string>
}

/**
 * Manifests among the files of a base that its lockfiles stand for, as paths from the root: those of which each dependant
 * puts its own copy in the place of the base's before anything can see that one. Whatever else it would keep of the
 * base's, so that this one has to count; in doubt it counts.
 */
export function standInsOf(base: Member, dependants: readonly Dependant[]): readonly string[] {
  const manifests = manifestsOf(base)
  if (manifests.length === 0) return []
  const { layouts } = base.inspection.recipe
  const lost = new Set(manifests.filter((manifest) => isTakenByLink(manifest, base)))
  const brought = layouts.map((layout) => new Flow(layout, { member: base, manifests, lost }).held())
  if (layouts.length === 0) return []
  const workdir = sameWorkdir(layouts)
  for (const { service, inspection, names } of dependants) {
    if (inspection.recipe.layouts.length === 0) return []
    const member = { service, inspection }
    for (const layout of inspection.recipe.layouts) {
      const start = { names, held: united(brought), ...(workdir && { workdir }) }
      const flow = new Flow(layout, { member, manifests, lost, base: start })
      for (const manifest of flow.held().keys()) lost.add(manifest)
    }
  }
  return manifests.filter((manifest) => !lost.has(manifest)).sort()
}

/** Manifests that the base takes from its contexts, pinned by the lockfiles that count. */
function manifestsOf({ service, inspection }: Member): string[] {
  const { lockfiles } = service
  if (lockfiles === undefined) return []
  const taken = filesOf(inspection.taken.filter(({ source }) => source.line !== undefined))
  const locks = lockfiles === 'auto' ? [...taken.keys()].filter(isLockfile) : lockfiles
  return [...taken].flatMap(([path, { mode }]) =>
    mode.startsWith('100') && locks.some((lock) => isPinnedBy(path, lock)) ? [path] : [],
  )
}

/** Whether a copy takes it by the name of a link, so that it is not told from the path where it goes. */
function isTakenByLink(manifest: string, { service, inspection }: Member): boolean {
  const steps = inspection.recipe.layouts
    .flatMap(({ stages }) => stages.flatMap(([, stage]) => stage.steps))
    .filter((step) => step.kind === 'copy')
  return inspection.taken.some(({ source, selection }) => {
    if (![...selection.entries.keys()].some((path) => joined(source.context, path) === manifest)) return false
    const copies = steps.filter(({ line }) => line === source.line)
    return copies.length > 0 && copies.every((step) => landing(step, { manifest, service }) === undefined)
  })
}

/** Manifest → where an image has the base's copy of it; without an entry: nowhere. */
type Held = ReadonlyMap<string, ReadonlySet<string>>

const NOTHING: Held = new Map()

interface Base {
  readonly names: ReadonlySet<string>
  readonly held: Held
  readonly workdir?: Spot
}

interface Question {
  readonly member: Member
  readonly manifests: readonly string[]
  /** Gets those of which it cannot be told where they go, or which something sees. */
  readonly lost: Set<string>
  /** What the image is built from; absent for the base itself. */
  readonly base?: Base
}

/** Follows the base's manifests through the stages of one image. */
class Flow {
  readonly #question: Question
  readonly #layout: Layout
  readonly #stages = new Map<number, Held>()

  constructor(layout: Layout, question: Question) {
    this.#layout = layout
    this.#question = question
    for (const [index, stage] of layout.stages) this.#stages.set(index, this.#stage(stage))
  }

  /** What is in the image at its end. */
  held(): Held {
    return this.#of(this.#layout.target)
  }

  #of(from: From): Held {
    const { base, manifests, lost } = this.#question
    if (from.kind === 'stage') return this.#stages.get(from.index) ?? NOTHING
    if (from.kind === 'unknown') for (const manifest of manifests) lost.add(manifest)
    return base && isBase(from, base) ? base.held : NOTHING
  }

  #stage({ base, steps }: StageLayout): Held {
    const held = new Map([...this.#of(base)].map(([manifest, spots]) => [manifest, new Set(spots)]))
    for (const step of steps) {
      if (step.kind === 'run') this.#seen(held)
      else if (step.kind === 'copy' && this.#isFolder(step.from)) this.#copied(step, held)
      // What a step of the base reads is the business of its lockfile; where it copies to is not followed.
      else if (step.kind === 'copy' || this.#question.base) this.#carried(step)
    }
    return new Map([...held].filter(([, spots]) => spots.size > 0))
  }

  /** A step of a dependant may make anything of a file that the base has left. */
  #seen(held: Held): void {
    const { base, lost } = this.#question
    if (base === undefined) return
    for (const [manifest, spots] of held) if (spots.size > 0) lost.add(manifest)
  }

  #copied(step: Step & { readonly kind: 'copy' }, held: Map<string, Set<string>>): void {
    const { base, manifests, lost, member } = this.#question
    for (const manifest of manifests) {
      const landed = landing(step, { manifest, service: member.service })
      if (landed === undefined) continue
      const { spot } = landed
      if (base === undefined) {
        if (spot === undefined) lost.add(manifest)
        else held.set(manifest, (held.get(manifest) ?? new Set()).add(spotKey(spot)))
      } else if (spot !== undefined && !step.isPartial && this.#takes(step.line, manifest)) {
        held.get(manifest)?.delete(spotKey(spot, this.#workdirOf(spot)))
      }
    }
  }

  #carried({ from, source }: Step & { readonly kind: 'copy' | 'mount' }): void {
    for (const [manifest, spots] of this.#of(from))
      if ([...spots].some((spot) => mayCover(source, spot))) this.#question.lost.add(manifest)
  }

  /** A folder of the repository, and no image. */
  #isFolder(from: From): boolean {
    if (from.kind !== 'context') return false
    return (
      from.name === undefined || this.#question.member.service.build.contexts[from.name]?.kind === 'folder'
    )
  }

  #workdirOf({ under }: Spot): Spot | undefined {
    const { base } = this.#question
    return base && under !== undefined && base.names.has(under) ? base.workdir : undefined
  }

  /** Whether an instruction's own copy is among the inputs: an ignore file may leave it out. */
  #takes(line: number, manifest: string): boolean {
    const { taken } = this.#question.member.inspection
    const entry = entriesOf(taken.filter(({ source }) => source.line === line)).get(manifest)
    return entry?.mode.startsWith('100') === true
  }
}

function isBase(from: From, { names }: Base): boolean {
  return (from.kind === 'context' || from.kind === 'image') && from.name !== undefined && names.has(from.name)
}

function united(all: readonly Held[]): Held {
  const held = new Map<string, Set<string>>()
  for (const [manifest, spots] of all.flatMap((one) => [...one]))
    held.set(manifest, new Set([...(held.get(manifest) ?? []), ...spots]))
  return held
}

/** The working directory that the image has on every platform. */
function sameWorkdir(layouts: readonly Layout[]): Spot | undefined {
  const all = layouts.map(({ target, stages }) =>
    target.kind === 'stage' ? stages.find(([index]) => index === target.index)?.[1].workdir : undefined,
  )
  const [first] = all
  return all.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : undefined
}
