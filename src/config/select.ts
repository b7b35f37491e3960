import picomatch from 'picomatch'
import { ok, type Failure, type Result, unless } from '../model/failure.js'
import type { Service } from '../model/service.js'
import { closest } from './suggest.js'

/**
 * Names of the services that names and globs ask for; all of them when nothing is asked. `usage` for a name or glob
 * that fits none, since a mistyped name must not mean "nothing to do". `input` is named in that message.
 */
export function select(
  services: readonly Service[],
  asked: readonly string[],
  input: string,
): Result<ReadonlySet<string>> {
  const names = services.map((service) => service.name)
  if (asked.length === 0) return ok(new Set(names))
  const selected = new Set<string>()
  const failures: Failure[] = []
  for (const pattern of asked) {
    // A list takes in; what a `!` would take out depends on its place, and alone it would ask for everything.
    const isMatch = pattern.startsWith('!') ? () => false : picomatch(pattern)
    const found = names.filter((name) => name === pattern || isMatch(name))
    if (found.length === 0) failures.push({ kind: 'usage', message: unknown(pattern, names, input) })
    for (const name of found) selected.add(name)
  }
  return unless(failures, selected)
}

function unknown(pattern: string, names: readonly string[], input: string): string {
  const near = closest(pattern, names)
  const mend = near === undefined ? `the services are ${names.join(', ')}` : `did you mean \`${near}\`?`
  return `${input}: there is no service \`${pattern}\`; ${mend}`
}
