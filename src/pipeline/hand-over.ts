import { ok, type Result, textOf } from '../model/failure.js'
import type { Outcome, RunResult } from '../model/outcome.js'
import type { Plan } from '../model/plan.js'
import { shardsOf } from '../plan/shards.js'
import { planDocument } from '../report/document.js'
import { skaffoldArtifacts } from '../report/skaffold.js'
import { notify, type Run } from './job.js'
import { artifactName } from './legs.js'

/** What each leg of the matrices builds; there are legs only where outputs are for somebody. */
export function handedOut({ images }: Plan, { request, ports }: Run): Result<Pick<RunResult, 'shards'>> {
  if (!ports.host.takesOutputs) return ok({})
  const shards = shardsOf(images, request.maxJobs)
  return shards.ok ? ok({ shards: shards.value }) : shards
}

/** The whole plan for what comes after it: a file for the steps of this job, an artifact for other jobs and for people. */
export async function publishPlan(result: RunResult, run: Run): Promise<void> {
  const { host, artifacts } = run.ports
  const text = JSON.stringify(planDocument(result))
  await host.outputFile('plan', text)
  const uploaded = await artifacts.upload(artifactName('plan', run), text)
  if (uploaded.ok) return
  const problems = textOf(uploaded.failures)
  notify(run, { message: `The plan is not among the artifacts of the run: ${problems}` })
}

/** The images by digest, in a file for the steps after this one; none where nothing was pushed. */
export async function publishImages(outcomes: readonly Outcome[], { ports }: Run): Promise<void> {
  const text = skaffoldArtifacts(outcomes)
  if (text !== undefined) await ports.host.outputFile('images-file', text)
}
