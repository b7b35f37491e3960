import { failed, ok, type Result } from '../../model/failure.js'
import { problemOf } from './check.js'
import { detectSyntax, isDockerSyntax } from './directives.js'
import type { Dockerfile, Instruction } from './model.js'
import { Reader } from './reader.js'

/**
 * Reads a Dockerfile as BuildKit does. `config-invalid` names the line of what BuildKit refuses to parse; what it
 * refuses only later, such as a value that no signal has, is not looked for.
 */
export function parseDockerfile(text: string, file: string): Result<Dockerfile> {
  const syntax = detectSyntax(text)
  if (syntax !== undefined && !isDockerSyntax(syntax)) {
    const doubts = [{ line: 1, why: `only the frontend \`${syntax}\` knows what this Dockerfile means` }]
    return ok({ escape: '\\', syntax, instructions: [], doubts, foreign: text })
  }
  const invalid = ({ line, message }: { line: number; message: string }) =>
    failed({ kind: 'config-invalid', message, place: { file, line, column: 1 } })

  const reader = new Reader(text)
  const read = reader.run()
  if ('message' in read) return invalid(read)
  const problem = read.instructions.map((each) => problemOf(each)).find((each) => each !== undefined)
  const misplaced = problem ?? orderProblem(read.instructions)
  if (misplaced !== undefined) return invalid(misplaced)
  return ok({ ...read, ...(syntax !== undefined && { syntax }) })
}

function orderProblem(instructions: readonly Instruction[]): { line: number; message: string } | undefined {
  const [first] = instructions.filter((each) => each.keyword !== 'ARG')
  if (first?.keyword === 'FROM') return undefined
  return first === undefined
    ? { line: 1, message: 'the Dockerfile has no FROM; start it with `FROM <image>`' }
    : { line: first.line, message: `${first.keyword} comes before any FROM; only ARG may` }
}
