import { type Gathered, gather } from '../fingerprint/gather.js'
import { listed } from '../fingerprint/notices.js'
import { type Deviation, verify } from '../fingerprint/verify.js'
import { ok, type Result } from '../model/failure.js'
import type { Answers } from '../model/memo.js'
import type { Service } from '../model/service.js'
import type { GitTree } from '../ports/git-tree.js'
import { notify, type Run } from './job.js'

/** How many names and paths a notice holds. */
const SHOWN = 3

/** Reads what the services take, with the help of what earlier runs found out. */
export async function gatherInputs(
  services: readonly Service[],
  answers: Answers,
  run: Run,
): Promise<Result<Gathered>> {
  const gathered = await gather(services, { ...readingOf(run), withDisk: run.withDisk, memo: answers })
  if (gathered.ok) for (const notice of gathered.value.notices) notify(run, notice)
  return gathered
}

/**
 * What a build of these services would find on the disk, where that is something else: git is silent about it. In a
 * build a file that is not there is a failure; a plan may be made without it.
 */
export async function deviations(
  services: readonly Service[],
  gathered: Gathered,
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
