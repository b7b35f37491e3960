import { attempt, demand, type Failure, type Notice, type Result, unless } from '../model/failure.js'
import type { Fingerprint } from '../model/fingerprint.js'
import type { Answers, Remembered } from '../model/memo.js'
import type { Service } from '../model/service.js'
import type { ImageInputs, ObjectId, Snapshot } from '../model/snapshot.js'
import type { GitTree } from '../ports/git-tree.js'
import { placesOf } from './patterns.js'
import { compute } from './compute.js'
import { digests, hashed } from './inputs.js'
import { type Inspection, inspect } from './inspect.js'
import { fingerprintOf, questionsOf, recall, rememberable } from './memo.js'
import { untrackedNotices } from './notices.js'
import { contextFolders, textPaths } from './recipe.js'
import { relativesOf } from './relatives.js'
import { pathsTo } from './texts.js'
import { GitView } from './git-view.js'
import { pathsDownTo, SUBMODULE, type View } from './view.js'

export interface GatherOptions {
  readonly git: GitTree
  /** Whether what lies on the disk counts in place of the commit. */
  readonly withDisk: boolean
  /** Of an image for which none is configured. */
  readonly platform: string
  /** What earlier runs found out. */
  readonly memo: Answers
  /** All images that there are; absent: those that are gathered. */
  readonly all?: readonly Service[]
}

/** A snapshot, with what was read for it and is known now of its services, for the next run. */
export interface Gathered extends Known {
  readonly view: GitView
  readonly memo: Answers
}

/** A snapshot, with what was read for it. */
export interface Known {
  readonly snapshot: Snapshot
  /** All images that there are. */
  readonly all: readonly Service[]
  /** What each service takes in full; absent for a service that was remembered. */
  readonly inspections: ReadonlyMap<string, Inspection>
  /** Of services that were remembered, too. */
  readonly notices: readonly Notice[]
  /** What all of it was read from. */
  readonly view: View
  /** Submodules whose files count one by one: git knows only the commit of one that is a context, or has one in it. */
  readonly opened: readonly string[]
}

/**
 * Reads all that the fingerprints of these services need, with a number of git processes that does not grow with the number
 * of services: what is remembered is checked against object ids, the rest is read. All problems of all services at
 * once.
 */
export async function gather(
  services: readonly Service[],
  options: GatherOptions,
): Promise<Result<Gathered>> {
  return attempt(async () => {
    const { git, withDisk, memo, platform, all = services } = options
    const { differing, opened } = withDisk ? await lookAtDisk(services, git) : NO_DISK
    const view = new GitView(git, git.head, differing)
    const questions = questionsOf(services, { platform, all })
    const asked = await Promise.all(
      services.map(async (service, index) => {
        const question = questions[index] as string
        return { service, question, known: await recall(question, memo, view) }
      }),
    )
    const unknown = asked.filter(({ known }) => known === undefined).map(({ service }) => service)
    const found = await read(unknown, { git, platform, view, all })
    demand(unless(found.failures, undefined))
    return { ...(await together(asked, { found, view, commit: git.head })), opened, all }
  })
}

interface Asked {
  readonly service: Service
  readonly question: string
  readonly known: Remembered | undefined
}

async function together(
  asked: readonly Asked[],
  { found, view, commit }: { readonly found: Read; readonly view: GitView; readonly commit: ObjectId },
): Promise<Omit<Gathered, 'opened' | 'all'>> {
  const memo = new Map<string, Remembered>()
  const inputs = new Map<string, ImageInputs>()
  const fingerprints = new Map<string, Fingerprint>()
  const notices: Notice[] = []
  for (const { service, question, known } of asked) {
    const { name } = service
    const fresh = known === undefined ? freshOf(service, found) : undefined
    const remembered = fresh ? await rememberable(service, fresh, view) : known
    if (remembered !== undefined) memo.set(question, remembered)
    const either = fresh ?? (known && { inputs: known.inputs, fingerprint: fingerprintOf(known) })
    if (either !== undefined) {
      inputs.set(name, either.inputs)
      fingerprints.set(name, either.fingerprint)
    }
    notices.push(...(known?.notices ?? fresh?.inspection.recipe.notices ?? []))
  }
  notices.push(...(await untrackedNotices(inputs, view)))
  const snapshot = { commit, inputs, fingerprints }
  return { snapshot, inspections: found.inspections, notices, memo, view }
}

function freshOf({ name }: Service, found: Read) {
  const inspection = found.inspections.get(name)
  const [inputs, fingerprint] = [found.inputs.get(name), found.fingerprints.get(name)]
  if (inspection && inputs && fingerprint) return { inspection, inputs, fingerprint }
  throw new Error(`nothing was read for ${name}`)
}

/** The same with an inspection, and the inputs, of each of these services, which one that was remembered has not. */
export async function inspected(
  gathered: Known,
  services: readonly Service[],
  options: Pick<GatherOptions, 'git' | 'platform'>,
): Promise<Result<Known>> {
  const lacking = services.filter(({ name }) => !gathered.inspections.has(name))
  return attempt(async () => {
    const { snapshot, all, view } = gathered
    const { inspections, inputs, failures } = await read(lacking, { ...options, view, all })
    return demand(
      unless(failures, {
        ...gathered,
        snapshot: { ...snapshot, inputs: new Map([...snapshot.inputs, ...inputs]) },
        inspections: new Map([...gathered.inspections, ...inspections]),
      }),
    )
  })
}

/**
 * Reads an earlier commit from object ids alone. A service that was not there then, or could not have been built, is
 * left out.
 */
export async function gatherEarlier(
  services: readonly Service[],
  commit: ObjectId,
  { all = services, ...options }: Pick<GatherOptions, 'git' | 'platform' | 'all'>,
): Promise<Result<Read>> {
  return attempt(() => read(services, { ...options, view: new GitView(options.git, commit, []), all }))
}

/** What was read, by service, and what stood in the way of the others. */
export interface Read {
  readonly inputs: ReadonlyMap<string, ImageInputs>
  readonly fingerprints: ReadonlyMap<string, Fingerprint>
  readonly inspections: ReadonlyMap<string, Inspection>
  readonly failures: readonly Failure[]
}

async function read(
  services: readonly Service[],
  {
    all,
    ...surroundings
  }: Pick<GatherOptions, 'git' | 'platform'> & { readonly view: View; readonly all: readonly Service[] },
): Promise<Read> {
  if (services.length === 0)
    return { inputs: new Map(), fingerprints: new Map(), inspections: new Map(), failures: [] }
  const results = await inspect(services, surroundings)
  const inspections = new Map<string, Inspection>()
  const failures: Failure[] = []
  for (const [name, result] of results) {
    if (result.ok) inspections.set(name, result.value)
    else failures.push(...result.failures)
  }
  const relatives = await relativesOf(inspections, all, surroundings)
  for (const [name, needs] of relatives.needs) {
    const inspection = inspections.get(name)
    if (inspection) inspections.set(name, { ...inspection, needs: new Set([...inspection.needs, ...needs]) })
  }
  const complete = await hashed(inspections, surroundings.git)
  const inputs = digests(complete, relatives.standIns)
  const fingerprints = new Map<string, Fingerprint>()
  for (const service of services) {
    const taken = inputs.get(service.name)
    if (taken !== undefined) fingerprints.set(service.name, compute(service, taken, [surroundings.platform]))
  }
  return { inputs, fingerprints, inspections: complete, failures }
}

/** So many folders are asked about as one: the root. */
const MOST_FOLDERS = 50

interface OnDisk extends Pick<Known, 'opened'> {
  /** Paths at which the disk counts: a plan sees them as a build would. */
  readonly differing: readonly string[]
}

const NO_DISK: OnDisk = { differing: [], opened: [] }

async function lookAtDisk(services: readonly Service[], git: GitTree): Promise<OnDisk> {
  const committed = new GitView(git, git.head, [])
  const [folders, above] = await Promise.all([
    Promise.all(services.map((service) => inputPaths(service, committed))),
    Promise.all(
      services.flatMap((service) =>
        [service.file, service.context, ...contextFolders(service)].map((path) =>
          submoduleAbove(path, committed),
        ),
      ),
    ),
  ])
  const opened = [...new Set(above.filter((path) => path !== undefined))]
  const distinct = [...new Set(folders.flat())]
  const differing = await git.differing(distinct.length > MOST_FOLDERS ? [''] : distinct, opened)
  return { differing: demand(differing), opened }
}

/** Files and folders in which inputs of a service can lie. */
async function inputPaths(service: Service, view: View): Promise<string[]> {
  const patterns = [...service.paths, ...Object.values(service.generated).flat()]
  const texts = await pathsTo(textPaths(service), view)
  return [service.context, ...texts, ...contextFolders(service), ...placesOf(patterns)]
}

async function submoduleAbove(path: string, view: View): Promise<string | undefined> {
  for (const above of pathsDownTo(path)) {
    const node = await view.node(above)
    if (node?.mode === SUBMODULE) return above
  }
  return undefined
}
