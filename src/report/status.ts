import type { BuildStatus } from '../model/build-status.js'

/** `3 steps, 2 cached, 3.0 MB sent, 5.1 MB pushed`, without what is not known. */
export function statusText(status: BuildStatus): string {
  const { sent, pushed } = transferTexts(status)
  const transfers = [sent === '' ? '' : `${sent} sent`, pushed === '' ? '' : `${pushed} pushed`]
  return [stepsText(status), ...transfers].filter((text) => text !== '').join(', ')
}

/** `3 steps, 2 cached` */
export function stepsText({ steps, cached }: BuildStatus): string {
  return steps === 0 ? '' : `${steps} ${steps === 1 ? 'step' : 'steps'}, ${cached} cached`
}

/** What went over the wire, where that is known. */
export function transferTexts({ contextBytes, pushedBytes }: BuildStatus): { sent: string; pushed: string } {
  return {
    sent: contextBytes > 0 ? byteText(contextBytes) : '',
    pushed: pushedBytes > 0 ? byteText(pushedBytes) : '',
  }
}

/** `12.3 MB (+1.2 MB)`: and its change, where the size before is known. */
export function sizeText(bytes: number | undefined, before: number | undefined): string {
  if (bytes === undefined) return ''
  if (before === undefined) return byteText(bytes)
  const sign = bytes < before ? '−' : '+'
  return `${byteText(bytes)} (${sign}${byteText(Math.abs(bytes - before))})`
}

const UNITS = ['kB', 'MB', 'GB', 'TB']

/** As BuildKit and Docker count: in powers of 1000. */
export function byteText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length)
  const text = (bytes / 1000 ** power).toFixed(1)
  // 999 999 bytes are no 1000.0 kB.
  return text === '1000.0' && power < UNITS.length
    ? `1.0 ${UNITS[power] ?? ''}`
    : `${text} ${UNITS[power - 1] ?? ''}`
}
