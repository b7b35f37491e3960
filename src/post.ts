import { randomUUID } from 'node:crypto'
import { cacheProgram, uploadState } from './adapters/actions-cache-store.js'
import { ActionsHost } from './adapters/actions-host.js'
import { hadCacheOutage } from './adapters/cache-outage.js'
import { artifactsProgram, uploadKept } from './adapters/run-artifacts.js'

/** The post step: keeps what the main step recorded, also when that failed or was cancelled. Never fails the job. */
export async function post(): Promise<void> {
  await Promise.all([postState(), postArtifact()])
}

/** What a leg came to is missed by the job that collects all of them, so that this is shown as an error. */
async function postArtifact(): Promise<void> {
  const uploaded = uploadKept(artifactsProgram(process.argv))
  const problem = await uploaded.catch((error: unknown) => (error as Error).message)
  if (problem === undefined) return
  const message = `The results of this leg were not uploaded: ${problem}`
  new ActionsHost().failure({ kind: 'artifact-failed', message })
}

async function postState(): Promise<void> {
  const {
    GITHUB_RUN_ID: run,
    GITHUB_RUN_ATTEMPT: attempt,
    GITHUB_JOB: job,
    GITHUB_ACTION: step,
  } = process.env
  // The legs of a matrix share all but the last.
  const parts = [run, attempt, job, step, randomUUID()]
  const entry = parts.map((part) => (part ?? '').replace(/[^A-Za-z0-9_.-]/g, '_')).join('-')
  const uploaded = uploadState(entry, cacheProgram(process.argv))
  const problem = await uploaded.catch((error: unknown) => (error as Error).message)
  if (problem === undefined) return
  const host = new ActionsHost()
  const message = `The records of this run were not saved: ${problem}`
  // Of an outage that it saw the main step has a notice already.
  if (hadCacheOutage()) host.progress(message)
  else host.notice({ message })
}
