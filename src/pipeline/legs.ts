import type { Leg } from '../model/leg.js'
import { decodeLeg } from '../state/leg.js'
import { notify, type Run } from './job.js'

/** What names of the run artifacts of legs begin with, and of the plan's, which is none. */
export const LEGS = 'smart-image-build-'

/** What the legs of this run, of all its attempts, have left so far. One that cannot be read has left nothing. */
export async function legsOf(run: Run): Promise<readonly Leg[]> {
  const { texts, problems } = await run.ports.artifacts.read(LEGS)
  const legs: Leg[] = []
  const unusable = [...problems]
  for (const [name, text] of texts) {
    if (/^plan-\d+$/.test(name.slice(LEGS.length))) continue
    const decoded = decodeLeg(text)
    if ('leg' in decoded) legs.push(decoded.leg)
    else unusable.push(`${name}: ${decoded.problem}`)
  }
  for (const problem of unusable) notify(run, { message: `Results of a leg cannot be read: ${problem}` })
  return legs
}
