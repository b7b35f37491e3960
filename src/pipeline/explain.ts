import { gatherEarlier } from '../fingerprint/gather.js'
import { filesOf } from '../fingerprint/inputs.js'
import type { Inspection } from '../fingerprint/inspect.js'
import { isLockfile } from '../fingerprint/lockfile-kinds.js'
import type { ChangeReason, PlannedImage } from '../model/plan.js'
import type { Service } from '../model/service.js'
import type { ObjectId, Snapshot } from '../model/snapshot.js'
import { readingOf } from './inputs.js'
import type { Run } from './job.js'

/** How many paths a reason names. */
const SHOWN = 20

export interface Sources {
  readonly run: Run
  readonly snapshot: Snapshot
  /** The commit before the event. */
  readonly base: ObjectId | undefined
  /** What each service takes now. */
  readonly inspections: ReadonlyMap<string, Inspection>
}

/**
 * Names the files and lines behind the reasons: what a service takes is compared with what it took at the record's
 * commit, else at the event's base (the other way round when that was asked for). Reasons whose commits are not at
 * hand stay without names.
 */
export async function explain(
  images: readonly PlannedImage[],
  sources: Sources,
): Promise<readonly PlannedImage[]> {
  const explained = images.filter(isExplainable)
  const commits = new Map<PlannedImage, ObjectId>()
  const obtain = onceEach((commit) => sources.run.ports.git.obtain(commit))
  for (const image of explained) {
    const commit = await commitFor(image, sources, obtain)
    if (commit !== undefined) commits.set(image, commit)
  }
  const before = new Map<PlannedImage, Inspection>()
  for (const commit of new Set(commits.values())) {
    const at = explained.filter((image) => commits.get(image) === commit)
    for (const [image, inspection] of await inspectAt(at, commit, sources.run)) before.set(image, inspection)
  }
  return images.map((image) => explainedImage(image, before.get(image), sources))
}

export function isExplainable({ decision }: PlannedImage): boolean {
  return (
    decision.kind === 'rebuild' &&
    decision.reasons.some(({ kind }) => kind === 'files' || kind === 'dockerfile')
  )
}

type Obtain = (commit: string) => Promise<ObjectId | undefined>

/** Most images were recorded at the same few commits. */
function onceEach(obtain: Obtain): Obtain {
  const known = new Map<string, Promise<ObjectId | undefined>>()
  return (commit) => {
    const found = known.get(commit) ?? obtain(commit)
    known.set(commit, found)
    return found
  }
}

async function commitFor(
  { record }: PlannedImage,
  { run, base }: Sources,
  obtain: Obtain,
): Promise<ObjectId | undefined> {
  const { baseRef } = run.request
  for (const commit of baseRef === undefined ? [record?.commit, base] : [base, record?.commit]) {
    const found = commit === undefined ? undefined : await obtain(commit)
    if (found !== undefined) return found
  }
  return undefined
}

async function inspectAt(
  images: readonly PlannedImage[],
  commit: ObjectId,
  run: Run,
): Promise<ReadonlyMap<PlannedImage, Inspection>> {
  const services = images.map(({ service }) => service)
  const earlier = await gatherEarlier(services, commit, readingOf(run))
  const found = images.flatMap((image): [PlannedImage, Inspection][] => {
    const inspection = earlier.ok ? earlier.value.inspections.get(image.service.name) : undefined
    return inspection === undefined ? [] : [[image, inspection]]
  })
  return new Map(found)
}

function explainedImage(
  image: PlannedImage,
  before: Inspection | undefined,
  { snapshot, inspections }: Sources,
): PlannedImage {
  const { service, decision } = image
  const now = inspections.get(service.name)
  if (decision.kind !== 'rebuild' || before === undefined || now === undefined) return image
  const standIns = snapshot.inputs.get(service.name)?.standIns ?? []
  const reasons = withNames(decision.reasons, { service, before, now, standIns })
  return { ...image, decision: { kind: 'rebuild', reasons } }
}

/** What a service took and takes. */
export interface Sides {
  readonly service: Service
  readonly before: Inspection
  readonly now: Inspection
  /** Files that lockfiles stand for now. */
  readonly standIns: readonly string[]
}

/** Reasons with the files and lines behind them. */
export function withNames(reasons: readonly ChangeReason[], sides: Sides): readonly ChangeReason[] {
  return reasons.flatMap((reason): readonly ChangeReason[] => {
    // When the files are the same the record is of what no commit has.
    if (reason.kind === 'files') return filesReasons(sides) ?? [reason]
    return [reason.kind === 'dockerfile' ? { ...reason, lines: changedLines(sides) } : reason]
  })
}

function filesReasons({ service, before, now, standIns }: Sides): readonly ChangeReason[] | undefined {
  const [old, current] = [filesOf(before.taken), filesOf(now.taken)]
  const added = [...current.keys()].filter((path) => !old.has(path))
  const removed = [...old.keys()].filter((path) => !current.has(path))
  const modified = [...current].flatMap(([path, entry]) => {
    const earlier = old.get(path)
    const isOther = earlier?.id !== entry.id && !standIns.includes(path)
    return earlier && (isOther || earlier.mode !== entry.mode) ? [path] : []
  })
  const locks = [...added, ...modified].filter((path) => isLockfileOf(service, path))
  const paths = [...added, ...modified, ...removed].filter((path) => !locks.includes(path)).sort()
  const count = (changed: readonly string[]) => changed.filter((path) => !locks.includes(path)).length
  const files: ChangeReason = {
    kind: 'files',
    added: count(added),
    modified: count(modified),
    removed: removed.length,
    paths: paths.slice(0, SHOWN),
  }
  const reasons = locks.map((path): ChangeReason => ({ kind: 'lockfile', path }))
  if (paths.length > 0) reasons.push(files)
  return reasons.length > 0 ? reasons : undefined
}

function isLockfileOf({ lockfiles }: Service, path: string): boolean {
  return lockfiles === 'auto' ? isLockfile(path) : lockfiles?.includes(path) === true
}

/** Lines of what is reached now and was not reached, in these words, before. */
function changedLines({ before, now }: Sides): number[] {
  const old = new Set(before.recipe.definition)
  const reached = new Set(now.recipe.definition.filter((text) => !old.has(text)))
  return now.recipe.instructions.filter(({ text }) => reached.has(text)).map(({ line }) => line)
}
