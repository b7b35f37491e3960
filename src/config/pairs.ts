import type { Checked } from './checked.js'

/** One `KEY=VALUE` of `labels` or `build-args`. */
export interface PairText {
  readonly name: string
  /** `null`: only the name was given. */
  readonly value: string | null
}

/** Separators of a list that is written as text, as docker/build-push-action reads its inputs. */
export const LINE = /\n/
export const LINE_OR_COMMA = /[\n,]/

/** The items of a list that is written as text; one that stands in quotes as a whole loses them. */
export function splitList(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .map((item) => (/^".*"$/.test(item) ? item.slice(1, -1).replaceAll('""', '"') : item))
    .filter((item) => item !== '')
}

export function splitPair(line: string): PairText {
  const equals = line.indexOf('=')
  return equals === -1
    ? { name: line, value: null }
    : { name: line.slice(0, equals), value: line.slice(equals + 1) }
}

/** The name of a label or a build argument: docker would cut it at `=`, and what it does with the rest surprises. */
export function pairName(name: string): Checked<string> {
  if (!/^[^\s="']+$/.test(name))
    return { problem: `\`${name}\` is not a name: it must not be empty or hold spaces, quotes or \`=\`` }
  return { value: name }
}
