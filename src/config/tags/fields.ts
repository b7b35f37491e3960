import type { Checked } from '../checked.js'

/** A field of RFC 4180 and the comma before it: in quotes, where a quote is written twice, or without any quote. */
const FIELD = /,(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/gy

/**
 * The `key=value` fields of a rule, which is one record of CSV; keys in lower case. A field without a key is the
 * `value`, as in metadata-action; what that action takes silently (a key twice, an empty field) is refused.
 */
export function parseFields(rule: string): Checked<ReadonlyMap<string, string>> {
  const texts = split(rule)
  if (texts === undefined || /[\r\n]/.test(rule))
    return { problem: 'a field with a quote or comma in it stands in quotes, `"value=a,b"`, on one line' }
  const fields = new Map<string, string>()
  for (const text of texts) {
    if (text.trim() === '') return { problem: 'a field is empty; remove its comma' }
    const [, key = 'value', value = ''] = /^(?:([^=]+)=)?(.*)$/.exec(text) ?? []
    const name = key.trim().toLowerCase()
    if (fields.has(name)) return { problem: `\`${name}\` is given twice; write one rule a line` }
    fields.set(name, value.trim())
  }
  return { value: fields }
}

function split(rule: string): string[] | undefined {
  const matches = [...`,${rule}`.matchAll(FIELD)]
  const end = matches.reduce((length, [text]) => length + text.length, 0)
  if (end !== rule.length + 1) return undefined
  return matches.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
