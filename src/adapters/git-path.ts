/**
 * A path for people, patterns and maps. A part of it that is not UTF-8 is written as a NUL and its bytes as latin1:
 * BuildKit cannot send such a name, but it may be ignored there, and two of them must not look alike here.
 */
export function decodePath(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (isFaithful(text, bytes)) return text
  return bytes.toString('latin1').split('/').map(decodePart).join('/')
}

/** The path as the file system has it. */
export function encodePath(path: string): string | Buffer {
  return path.includes('\0') ? Buffer.from(path.split('/').map(encodePart).join('/'), 'latin1') : path
}

function decodePart(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1')
  const text = bytes.toString('utf8')
  return isFaithful(text, bytes) ? text : `\0${latin1}`
}

function encodePart(part: string): string {
  return part.startsWith('\0') ? part.slice(1) : Buffer.from(part, 'utf8').toString('latin1')
}

function isFaithful(text: string, bytes: Buffer): boolean {
  return !text.includes('\uFFFD') || Buffer.from(text, 'utf8').equals(bytes)
}
