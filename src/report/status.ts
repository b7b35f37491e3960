import type { BuildStatus } from '../model/build-status.js'

/** `2 of 3 steps cached, 3.0 MB sent, 5.1 MB pushed`, without what is not known. */
export function statusText({ steps, cached, contextBytes, pushedBytes }: BuildStatus): string {
  return [
    ...(steps > 0 ? [`${cached} of ${steps} steps cached`] : []),
    ...(contextBytes > 0 ? [`${byteText(contextBytes)} sent`] : []),
    ...(pushedBytes > 0 ? [`${byteText(pushedBytes)} pushed`] : []),
  ].join(', ')
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
