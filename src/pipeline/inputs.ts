import { gather, type Known } from '../fingerprint/gather.js'
import { GitView } from '../fingerprint/git-view.js'
import { listed } from '../fingerprint/notices.js'
import { type Deviation, verify } from '../fingerprint/verify.js'
import { isWholeStill, wholeOf } from '../fingerprint/whole.js'
import { ok, type Result } from '../model/failure.js'
import type { Fingerprint } from '../model/fingerprint.js'
import type { Memo } from '../model/memo.js'
import type { Service } from '../model/service.js'
import type { GitTree } from '../ports/git-tree.js'
import { parentsAmong } from './completion.js'
import { notify, type Run } from './job.js'
import type { Loaded } from './load.js'
import type { Stored } from './stored.js'

/** How many names and paths a notice holds. */
const SHOWN = 3

/** What the services take, and what the next run need not find out again. */
export interface Inputs {
  readonly known: Known
  readonly memo: Memo
}

/** Reads what the services take, with the help of what earlier runs found out. */
export async function gatherInputs(loaded: Loaded, stored: Stored, run: Run): Promise<Result<Inputs>> {
  const recalled = await recallAll(loaded, stored, run)
  const inputs = recalled ? ok(recalled) : await read(loaded, stored.memo, run)
  if (inputs.ok) for (const notice of inputs.value.known.notices) notify(run, notice)
  return inputs
}

/** All at once, if nothing that any service rests on has changed since each of them was recorded. */
async function recallAll(loaded: Loaded, { state, memo }: Stored, run: Run): Promise<Inputs | undefined> {
  const { services } = loaded
  const { whole } = memo
  if (run.withDisk || whole === undefined || whole.key !== keyOf(loaded, run)) return undefined
  const documents = new Map(state.records.map(({ fingerprint, document }) => [fingerprint, document]))
  const fingerprints = new Map<string, Fingerprint>()
  for (const [index, { name }] of services.entries()) {
    const [digest, fileCount] = whole.fingerprints[index] ?? ['', 0]
    const document = documents.get(digest)
    if (document === undefined) return undefined
    fingerprints.set(name, { document, digest, fileCount })
  }
  const { git } = run.ports
  const view = new GitView(git, git.head, [])
  if (!(await isWholeStill(whole, view))) return undefined
  const snapshot = { commit: git.head, inputs: new Map(), fingerprints }
  const { notices } = whole
  return { known: { snapshot, all: services, inspections: new Map(), notices, view, opened: [] }, memo }
}

/**
 * Absent where services are built from others, or go by digests of images of others: what one is built from is in its
 * inputs, which are recalled one by one.
 */
function keyOf({ services, key }: Loaded, run: Run): string | undefined {
  const isAlone = ({ needs, build, trackUpstream }: Service) =>
    needs.length === 0 &&
    trackUpstream === 'never' &&
    Object.values(build.contexts).every(({ kind }) => kind !== 'image')
  return key !== undefined && services.every(isAlone)
    ? `${key} ${run.job.context.defaultPlatform}`
    : undefined
}

async function read(loaded: Loaded, memo: Memo, run: Run): Promise<Result<Inputs>> {
  const { services, config } = loaded
  const { withDisk } = run
  const gathered = await gather(services, { ...readingOf(run), withDisk, memo: memo.answers })
  if (!gathered.ok) return gathered
  const { memo: answers, view, notices } = gathered.value
  const asked = keyOf(loaded, run)
  // What the disk has part in is said anew by every run.
  const isWhole =
    asked !== undefined &&
    !withDisk &&
    answers.size === services.length &&
    !hasParents(loaded, gathered.value)
  const whole = isWhole ? await wholeOf(asked, answers, view) : undefined
  return ok({
    known: gathered.value,
    memo: { answers, ...(config && { config }), ...(whole && { whole: { ...whole, notices } }) },
  })
}

/** Whether a service is built from another one, whose address its Dockerfile says. */
function hasParents({ services }: Loaded, { snapshot }: Known): boolean {
  const parentsOf = parentsAmong(services, snapshot.inputs)
  return services.some((service) => Object.keys(parentsOf(service)).length > 0)
}

/**
 * What a build of these services would find on the disk, where that is something else: git is silent about it. In a
 * build a file that is not there is a failure; a plan may be made without it.
 */
export async function deviations(
  services: readonly Service[],
  gathered: Known,
  run: Run,
): Promise<Result<readonly Deviation[]>> {
  const isBuild = run.request.mode === 'build'
  if (services.length === 0 || !(isBuild || run.withDisk)) return ok([])
  const verified = await verify(services, gathered, readingOf(run))
  if (!verified.ok) {
    if (isBuild) return verified
    for (const { message } of verified.failures) notify(run, { message: `A build would fail: ${message}` })
    return ok([])
  }
  if (verified.value.length > 0) notify(run, { message: deviationText(verified.value, run) })
  return verified
}

function deviationText(found: readonly Deviation[], { withDisk }: Run): string {
  const names = listed(
    found.map(({ service }) => `\`${service.name}\``),
    SHOWN,
  )
  const paths = [...new Set(found.flatMap((deviation) => deviation.paths))].map((path) =>
    JSON.stringify(path),
  )
  // With no other file it is the Dockerfile itself, or its ignore file.
  const what = paths.length === 0 ? 'the Dockerfile' : listed(paths, SHOWN)
  const [subject, its] =
    found.length === 1 ? ['is', 'gets a fingerprint of its own'] : ['are', 'get fingerprints of their own']
  const where = withDisk ? 'git does not call that a change: look at' : 'look at uncommitted changes,'
  return `${names} ${subject} built from other files than the commit has and so ${its}: ${what}. ${where} line endings, permissions (umask), and files that git ignores`
}

/** What all reading of inputs needs of a run. */
export function readingOf({ ports, job }: Run): { readonly git: GitTree; readonly platform: string } {
  return { git: ports.git, platform: job.context.defaultPlatform }
}
