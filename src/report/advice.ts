import type { AdviceKind, ContextAdvice, Extent } from '../model/advice.js'
import { byteText } from './status.js'
import { visible } from './visible.js'

const WHY: Readonly<Record<AdviceKind, string>> = {
  repository: 'differs in every clone, and never counts',
  ignored: 'git ignores it: a fresh checkout has none of it',
  usual: 'seldom wanted in an image, and each change of it builds anew',
}

/** What is sent of each build context, and the lines of its ignore file that would keep some of it back. */
export function adviceLines(advice: readonly ContextAdvice[]): string[] {
  return advice.flatMap((one) => ['', ...linesOf(one)])
}

function linesOf(advice: ContextAdvice): string[] {
  const { images, context, sent, largest } = advice
  const shown = largest.map(({ path, bytes }) => `${visible(path)} ${byteText(bytes)}`)
  return [
    `${visible(context || '.')}: ${extentText(sent)} can be sent to the builder, for ${images.map(visible).join(', ')}`,
    ...(shown.length === 0 ? [] : [`  the largest: ${shown.join(', ')}`]),
    ...ending(advice).map((line) => `  ${line}`),
  ]
}

function ending({ ignoreFile, lines, left, unclear }: ContextAdvice): string[] {
  if (unclear !== undefined) {
    const place = `${visible(unclear.file)}:${unclear.line}`
    return [`what ${place} takes cannot be told, so that no lines are advised`]
  }
  if (lines.length === 0) return ['nothing of it is known to be seldom wanted']
  const width = Math.max(...lines.map(({ line }) => visible(line).length))
  return [
    `lines for ${visible(ignoreFile)}, unless a step of the build reads what they leave out:`,
    ...lines.map(
      ({ line, kind, ...extent }) =>
        `  ${visible(line).padEnd(width)}  ${byteText(extent.bytes).padStart(8)}  ${WHY[kind]}`,
    ),
    `with them it is ${extentText(left)}`,
  ]
}

function extentText({ bytes, files }: Extent): string {
  return `${byteText(bytes)} in ${files} ${files === 1 ? 'file' : 'files'}`
}
