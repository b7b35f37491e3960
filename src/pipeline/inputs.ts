import { type Gathered, gather } from '../fingerprint/gather.js'
import { type Deviation, verify } from '../fingerprint/verify.js'
import { ok, type Result } from '../model/failure.js'
import type { Answers } from '../model/memo.js'
import type { Service } from '../model/service.js'
import { notify, type Run } from './job.js'

/** How many names and paths a notice holds. */
const SHOWN = 3

/** Reads what the services take, with the help of what earlier runs found out. */
export async function gatherInputs(
  services: readonly Service[],
  answers: Answers,
  run: Run,
): Promise<Result<Gathered>> {
  const gathered = await gather(services, { ...optionsOf(run), memo: answers })
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
  const { git, platform } = optionsOf(run)
  const verified = await verify(services, gathered, { git, platform })
  if (!verified.ok) {
    if (isBuild) return verified
    for (const { message } of verified.failures) notify(run, { message: `A build would fail: ${message}` })
    return ok([])
  }
  if (verified.value.length > 0) notify(run, { message: deviationText(verified.value, run) })
  return verified
}

function deviationText(found: readonly Deviation[], { withDisk }: Run): string {
  const names = listed(found.map(({ service }) => `\`${service.name}\``))
  const paths = [...new Set(found.flatMap((deviation) => deviation.paths))].map((path) =>
    JSON.stringify(path),
  )
  // With no other file it is the Dockerfile itself, or its ignore file.
  const what = paths.length === 0 ? 'the Dockerfile' : listed(paths)
  const [subject, its] =
    found.length === 1 ? ['is', 'gets a fingerprint of its own'] : ['are', 'get fingerprints of their own']
  const where = withDisk ? 'git does not call that a change: look at' : 'look at uncommitted changes,'
  return `${names} ${subject} built from other files than the commit has and so ${its}: ${what}. ${where} line endings, permissions (umask), and files that git ignores`
}

function listed(all: readonly string[]): string {
  const shown = all.slice(0, SHOWN).join(', ')
  return all.length > SHOWN ? `${shown} and ${all.length - SHOWN} more` : shown
}

function optionsOf(run: Run): { git: Run['ports']['git']; withDisk: boolean; platform: string } {
  return { git: run.ports.git, withDisk: run.withDisk, platform: run.job.context.defaultPlatform }
}
