import { basename } from 'node:path/posix'
import type { Place } from '../model/failure.js'

/** Under the line that names a place buildx rules one off, then it shows the instruction, its lines numbered. */
const RULE = /^-{20}$/
const HEAD = /^(\S.*):(\d+)$/

/**
 * The instruction that failed, where buildx shows it among its last lines, under `Dockerfile:12`. `log` has what steps printed
 * indented; `file` is the Dockerfile's path in the repository. buildx says no more than the name of the file: what is called
 * otherwise, such as a remote Dockerfile, is no place in the repository.
 */
export function dockerfilePlace(log: readonly string[], file: string): Place | undefined {
  const lines = log.flatMap((line, index) => {
    const [, name = '', number] = HEAD.exec(line) ?? []
    return RULE.test(log[index + 1] ?? '') && basename(name) === basename(file) ? [Number(number)] : []
  })
  const line = lines.at(-1)
  return line === undefined ? undefined : { file, line, column: 1 }
}
