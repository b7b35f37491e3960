import type { Checked } from './checked.js'

/**
 * A written, not empty path as `Service.context` holds it: relative to the repository root, `/` between its parts, without `.`, `..`
 * or a slash at either end; `''` is the root.
 */
export function folderPath(text: string): Checked<string> {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text) || /^git@/.test(text)) {
    return { problem: `\`${text}\` is an address; only folders of this repository can be built` }
  }
  return pathWithin(text)
}

/** As `folderPath`, of a file; the root is none. */
export function filePath(text: string): Checked<string> {
  const checked = folderPath(text)
  const isFolder = 'value' in checked && (checked.value === '' || text.endsWith('/'))
  return isFolder ? { problem: `\`${text}\` is a folder; name a file in it` } : checked
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

function pathWithin(text: string): Checked<string> {
  // C1 controls (U+0080 to U+009F) too: terminals obey them as they do escape sequences.
  if (/\p{Cc}/u.test(text)) return { problem: 'the path holds a control character or a line break' }
  if (text.includes('\\')) return { problem: `\`${text}\` holds a backslash; write \`/\` between folders` }
  if (text.startsWith('/') || /^[a-z]:/i.test(text)) {
    return { problem: `\`${text}\` is outside the repository; write a path relative to the repository root` }
  }
  const parts: string[] = []
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) {
      return { problem: `\`${text}\` is outside the repository; paths are relative to the repository root` }
    }
  }
  return { value: parts.join('/') }
}
