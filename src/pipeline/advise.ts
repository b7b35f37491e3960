import { advise } from '../fingerprint/advice.js'
import { total } from '../fingerprint/advice-lines.js'
import type { ContextAdvice } from '../model/advice.js'
import { failed, ok, type Result, textOf } from '../model/failure.js'
import type { Outcome, RunResult } from '../model/outcome.js'
import { byteText } from '../report/status.js'
import { readingOf } from './inputs.js'
import { notify, type Run } from './job.js'
import type { Planned } from './plan.js'

/** So much that is sent, and that an ignore file could keep back, is worth a notice. */
const NOTABLE_BYTES = 50_000_000

type Looked = Pick<Planned, 'plan' | 'opened'>

/** What `plan --advise` adds to a plan: about every image that was asked for, whatever was decided. */
export async function adviceOn(planned: Looked, run: Run): Promise<Result<Pick<RunResult, 'advice'>>> {
  if (!run.request.advise) return ok({})
  if (!(await run.ports.git.hasWorkTree()))
    return failed({ kind: 'usage', message: '`--advise` looks at files, and none are checked out here' })
  const asked = planned.plan.images.filter(({ decision }) => decision.kind !== 'skip')
  const advice = await look(new Set(asked.map(({ service }) => service.name)), planned, run)
  return advice.ok ? ok({ advice: advice.value }) : advice
}

/**
 * One notice for each image whose build was sent much that its commit has nothing of. Only where a build was sent so much
 * at all are its contexts looked at once more.
 */
export async function contextNotices(outcomes: readonly Outcome[], planned: Looked, run: Run): Promise<void> {
  for (const outcome of outcomes) {
    if (outcome.kind !== 'built' || outcome.status.contextBytes < NOTABLE_BYTES) continue
    const { name } = outcome.image.service
    const advice = await look(new Set([name]), planned, run)
    const message = advice.ok
      ? sentText(name, outcome.status.contextBytes, advice.value)
      : `What of the build context of \`${name}\` could be left out is not known: ${textOf(advice.failures)}`
    if (message !== undefined) notify(run, { message })
  }
}

/** `undefined` where all that was sent may be wanted: what is only usual is for those to hear who ask. */
function sentText(name: string, sentBytes: number, advice: readonly ContextAdvice[]): string | undefined {
  const contexts = advice.map(({ ignoreFile, lines }) => ({
    ignoreFile,
    ...total(lines.filter(({ kind }) => kind !== 'usual')),
  }))
  const needless = contexts.filter(({ bytes }) => bytes > 0)
  const { bytes } = total(needless)
  if (bytes < NOTABLE_BYTES) return undefined
  const files = needless.map(({ ignoreFile }) => `\`${ignoreFile}\``).join(', ')
  return `\`${name}\` was sent ${byteText(sentBytes)} of its build context, where ${byteText(bytes)} are what git ignores or its own folder; \`smart-image-build plan --advise ${name}\` says which lines of ${files} leave them out`
}

function look(
  names: ReadonlySet<string>,
  { plan, opened }: Looked,
  run: Run,
): Promise<Result<readonly ContextAdvice[]>> {
  const services = plan.images.map(({ service }) => service)
  return advise(services, names, { ...readingOf(run), opened })
}
