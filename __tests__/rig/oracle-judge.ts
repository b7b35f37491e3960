import type { Exported } from './oracle-export.js'
import type { Listing } from './oracle-tar.js'

/** One service before and after one mutation: what BuildKit exported, and the fingerprint that was planned. */
export interface Observation {
  readonly exported: Exported
  /** `undefined` where the plan gave none: then nothing is called unchanged. */
  readonly fingerprint: string | undefined
}

export interface Pair {
  readonly service: string
  readonly mutation: string
  /** What mutations are counted under. */
  readonly kind: string
  readonly before: Observation
  readonly after: Observation
  /** The configuration lets files count that BuildKit does not see (`paths`). */
  readonly countsMore?: boolean
  /** The configuration lets files not count that BuildKit takes (`ignore`). */
  readonly countsLess?: boolean
}

export type Verdict =
  /** Both changed. */
  | 'changed'
  /** Neither changed. */
  | 'unchanged'
  /** The image changed and would not be built. */
  | 'missed'
  /** The same image would be built again. */
  | 'needless'
  /** The image cannot be built, before as after: no answer is wrong. */
  | 'free'
  /** They differ because the configuration says so. */
  | 'configured'

export function verdictOf({ before, after, countsMore, countsLess }: Pair): Verdict {
  if (before.exported.kind === 'failed' && after.exported.kind === 'failed') return 'free'
  const isFingerprintSame = before.fingerprint !== undefined && before.fingerprint === after.fingerprint
  const isExportSame = differencesOf(before.exported, after.exported).length === 0
  if (isExportSame && isFingerprintSame) return 'unchanged'
  if (isExportSame) return countsMore === true ? 'configured' : 'needless'
  if (!isFingerprintSame) return 'changed'
  return countsLess === true ? 'configured' : 'missed'
}

/** Lines such as `/a.txt: file 644 … → nothing`; none when both exports are the same. */
export function differencesOf(before: Exported, after: Exported): string[] {
  if (before.kind === 'failed' && after.kind === 'failed') return []
  if (before.kind === 'failed') return [`the build failed before: ${lastLine(before.message)}`]
  if (after.kind === 'failed') return [`the build fails: ${lastLine(after.message)}`]
  const names = [...new Set([...before.listing.keys(), ...after.listing.keys()])].sort()
  return names.flatMap((name) => {
    const [was, is] = [said(before.listing, name), said(after.listing, name)]
    return was === is ? [] : [`/${JSON.stringify(name).slice(1, -1)}: ${was} → ${is}`]
  })
}

function said(listing: Listing, name: string): string {
  return listing.get(name) ?? 'nothing'
}

function lastLine(message: string): string {
  return message.trim().split('\n').at(-1) ?? ''
}

/** All verdicts of a run. */
export class Verdicts {
  readonly #counted = new Map<Verdict, number>()
  readonly #needless: Pair[] = []
  readonly #missed: string[] = []

  add(pair: Pair): void {
    const verdict = verdictOf(pair)
    this.#counted.set(verdict, this.count(verdict) + 1)
    if (verdict === 'needless') this.#needless.push(pair)
    if (verdict === 'missed') this.#missed.push(unsound(pair))
  }

  count(verdict: Verdict): number {
    return this.#counted.get(verdict) ?? 0
  }

  /** One text per image that changed and would not be built; a sound fingerprint has none. */
  get missed(): readonly string[] {
    return this.#missed
  }

  /** One line per image that would be built again and be the same. */
  get needless(): readonly string[] {
    return this.#needless.map(
      ({ service, mutation, kind }) => `${kind}: service ${service}, mutation "${mutation}"`,
    )
  }

  /** `oracle: N pairs, M changed, 0 missed, K needless (P % precise)`, and below it what was needless, by kind. */
  summary(title = 'oracle'): string {
    const [missed, needless] = [this.count('missed'), this.count('needless')]
    const changed = this.count('changed') + missed
    const pairs = changed + needless + this.count('unchanged') + this.count('configured') + this.count('free')
    // Of the builds that the fingerprints ask for, those that make another image.
    const asked = this.count('changed') + needless
    const percent = asked === 0 ? 100 : Math.floor((1000 * this.count('changed')) / asked) / 10
    const kinds = [...counts(this.#needless.map(({ kind }) => kind))].sort(([, a], [, b]) => b - a)
    return [
      `${title}: ${pairs} pairs, ${changed} changed, ${missed} missed, ${needless} needless (${percent} % precise)`,
      `  for the configuration's sake: ${this.count('configured')}; cannot be built at all: ${this.count('free')}`,
      ...kinds.map(([kind, count]) => `  needless ${count}: ${kind}`),
    ].join('\n')
  }
}

function counts(values: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>()
  for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1)
  return counted
}

function unsound({ service, mutation, before, after }: Pair): string {
  const differences = differencesOf(before.exported, after.exported)
  const shown = differences.slice(0, 10).map((line) => `    ${line}`)
  return [
    `UNSOUND: service ${service}, mutation "${mutation}"`,
    `  BuildKit's export changed:`,
    ...shown,
    ...(differences.length > shown.length ? [`    and ${differences.length - shown.length} more`] : []),
    `  the fingerprint is still ${before.fingerprint ?? 'none'}`,
  ].join('\n')
}
