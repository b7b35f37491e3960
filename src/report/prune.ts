import type { Superseded, SupersededReason } from '../model/kept.js'
import { byteText } from './status.js'
import { visible } from './visible.js'

const REASONS: Readonly<Record<SupersededReason, string>> = {
  'branch-gone': 'its branch is gone',
  'image-gone': 'no service and no branch has this image',
  older: 'a newer one is kept, and no branch has this content',
  draft: 'a process that was killed left it',
}

/** What `--json` prints. */
export function pruneDocument(superseded: readonly Superseded[], isDryRun: boolean): unknown {
  return { version: 1, dryRun: isDryRun, superseded }
}

/** One line for each, and a summary as the last line. */
export function pruneLines(superseded: readonly Superseded[], isDryRun: boolean): string[] {
  const lines = superseded.map(({ path, bytes, reason, scope, image }) => {
    const what = scope ?? image
    const name = what === undefined ? path : `${path} (${visible(what)})`
    return `${name}, ${byteText(bytes)}: ${REASONS[reason]}`
  })
  const total = superseded.reduce((sum, { bytes }) => sum + bytes, 0)
  return [...lines, `${superseded.length} ${isDryRun ? 'would be removed' : 'removed'}, ${byteText(total)}`]
}
