import { createHash } from 'node:crypto'

/** What a stored text is: `header` names its kind, `version` its form. */
export interface Seal {
  readonly header: string
  readonly version: string
}

/** A stored text: a line with kind, version and sha256 of the rest, then the rest. */
export function seal(body: string, { header, version }: Seal): string {
  return `${header} ${version} ${sha256(body)}\n${body}`
}

/** The value in it, or why there is none: a text that was cut, garbled or written in another form is refused whole. */
export function unseal(
  text: string,
  { header, version }: Seal,
): { readonly value: unknown } | { readonly problem: string } {
  const end = text.indexOf('\n')
  const [kind, form, ...checksum] = text.slice(0, Math.max(end, 0)).split(' ')
  const body = text.slice(end + 1)
  if (kind !== header) return { problem: `it is not a ${header.replace(/^.*-/, '')} file` }
  if (form !== version) return { problem: `its version ${form ?? ''} is not ${version}` }
  if (checksum.join(' ') !== sha256(body)) return { problem: 'it is damaged' }
  try {
    return { value: JSON.parse(body) as unknown }
  } catch {
    return { problem: 'it is not JSON' }
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
