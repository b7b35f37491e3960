import type { Failure, Notice } from '../model/failure.js'

/** What a step gives to later steps and jobs. */
export interface Outputs {
  readonly values: ReadonlyMap<string, string>
  /** What is shorter than it should be, or left out, each with a count. */
  readonly notices: readonly Notice[]
  /** What is left out although a job may wait for it: the run has to end red, when all else is done. */
  readonly failures: readonly Failure[]
}

/** An output before it is known whether there is room for it. */
export interface Draft {
  readonly name: string
  /** From the whole text to the shortest one that is still of use, each made only when it is tried. */
  readonly forms: Iterable<Form>
  /** What is lost without it, such as `300 names`. */
  readonly holds: string
  /** Left out, it is a failure; else a notice. */
  readonly isNeeded: boolean
}

export interface Form {
  readonly text: string
  /** What this form lacks of the whole, such as `without 300 paths`; absent where it is the whole. */
  readonly lacks?: string
}

/** GitHub allows 1 MB for all outputs of a job and measures them as UTF-16; workflows may add outputs of their own. */
const MOST_BYTES = 1_000_000

const LIMIT = 'GitHub allows 1 MB for all outputs of a job'

/** Those that there is room for, the first drafts first. What is left out is not there at all, so that nobody takes it for empty. */
export function withinBudget(drafts: readonly Draft[]): Outputs {
  const values = new Map<string, string>()
  const notices: Notice[] = []
  const failures: Failure[] = []
  let left = MOST_BYTES
  for (const draft of drafts) {
    const form = firstFitting(draft, left)
    if (form !== undefined) {
      left -= byteSize(draft.name, form.text)
      values.set(draft.name, form.text)
      if (form.lacks !== undefined)
        notices.push({ message: `output \`${draft.name}\` is ${form.lacks}: ${LIMIT}` })
    } else if (draft.isNeeded) failures.push({ kind: 'usage', message: `${leftOut(draft)}; ${MEND}` })
    else notices.push({ message: leftOut(draft) })
  }
  return { values, notices, failures }
}

const MEND = 'name fewer images with input `services`, in several jobs, or shorten their `matrix` keys'

function leftOut({ name, holds }: Draft): string {
  return `output \`${name}\` with ${holds} is left out: ${LIMIT}`
}

function firstFitting({ name, forms }: Draft, left: number): Form | undefined {
  for (const form of forms) if (byteSize(name, form.text) <= left) return form
  return undefined
}

/** In UTF-16 as GitHub measures, or in UTF-8 where that is more. */
function byteSize(name: string, text: string): number {
  return Math.max(2 * (name.length + text.length), Buffer.byteLength(name) + Buffer.byteLength(text))
}
