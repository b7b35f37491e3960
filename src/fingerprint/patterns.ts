import ignore from 'ignore'
import { FOLDER, SUBMODULE } from './view.js'

/** Whether a path, relative to the root, is meant by a list of patterns with the meaning of a `.gitignore` there. */
export type Matches = (path: string) => boolean

export function matcher(patterns: readonly string[]): Matches {
  if (patterns.length === 0) return () => false
  const rules = ignore({ ignorecase: false, allowRelativePaths: true }).add(patterns)
  return (path) => path !== '' && rules.ignores(path)
}

/** With the mode of what lies there: patterns with a slash at the end mean folders, as submodules are for git. */
export function inFolders(matches: Matches): (path: string, mode: string) => boolean {
  return (path, mode) => matches(path) || ((mode === FOLDER || mode === SUBMODULE) && matches(`${path}/`))
}

/** Files, and folders below which all lies, that the patterns can mean. */
export function placesOf(patterns: readonly string[]): string[] {
  return [...new Set(patterns.filter((pattern) => !pattern.startsWith('!')).map(placeOf))]
}

/** A pattern with a slash before its end is meant from the root on; its parts up to the first wildcard are folders. */
function placeOf(pattern: string): string {
  // Blanks at the end do not count.
  const path = pattern.replace(/^\/| +$/g, '').replace(/\/$/, '')
  if (!pattern.startsWith('/') && !path.includes('/')) return ''
  const parts = path.split('/')
  const end = parts.findIndex((part) => /[*?[\\]/.test(part))
  return parts.slice(0, end === -1 ? parts.length : end).join('/')
}
