/** A `::name key=value::message` line, unescaped. */
export interface WorkflowCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** What the runner registers; a line with any other name is ordinary output (ActionCommandManager.cs). */
const COMMAND_NAMES: ReadonlySet<string> = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
])

/**
 * The commands that the runner would obey in what a step printed, in their order.
 *
 * Between `::stop-commands::TOKEN` and `::TOKEN::` nothing is a command
 * (actions/runner: ActionCommand.TryParseV2, ActionCommandManager.TryProcessCommand).
 */
export function parseCommands(text: string): WorkflowCommand[] {
  const commands: WorkflowCommand[] = []
  let resumeToken: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const command = splitCommand(line)
    if (!command) continue
    if (resumeToken !== undefined) {
      if (command.name === resumeToken) resumeToken = undefined
      continue
    }
    if (!COMMAND_NAMES.has(command.name)) continue
    if (command.name === 'stop-commands') resumeToken = command.message.toLowerCase()
    commands.push(command)
  }
  return commands
}

function splitCommand(line: string): WorkflowCommand | undefined {
  const match = /^\s*::(?<head>.*?)::(?<message>.*)$/s.exec(line)
  if (!match) return undefined
  const { head = '', message = '' } = match.groups ?? {}
  const space = head.indexOf(' ')
  const name = space < 0 ? head : head.slice(0, space)
  const properties = space < 0 ? {} : splitProperties(head.slice(space + 1).trim())
  // Names, and with them the token that ends stop-commands, are compared without regard to case.
  return { name: name.toLowerCase(), properties, message: unescape(message, DATA_ESCAPES) }
}

function splitProperties(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((pair): [string, string][] => {
    const equals = pair.indexOf('=')
    const [key, value] = [pair.slice(0, equals), pair.slice(equals + 1)]
    return equals < 1 || value === '' ? [] : [[key, unescape(value, PROPERTY_ESCAPES)]]
  })
  return Object.fromEntries(pairs)
}

type Escapes = readonly (readonly [escaped: string, meaning: string])[]

// `%25` must come last: `%250A` means the text `%0A`, not a line break.
const PERCENT: Escapes = [['%25', '%']]
const LINE_BREAKS: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
]
const DATA_ESCAPES: Escapes = [...LINE_BREAKS, ...PERCENT]
const PROPERTY_ESCAPES: Escapes = [...LINE_BREAKS, ['%3A', ':'], ['%2C', ','], ...PERCENT]

function unescape(text: string, escapes: Escapes): string {
  return escapes.reduce((unescaped, [escaped, meaning]) => unescaped.replaceAll(escaped, meaning), text)
}

/**
 * Reads a GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV file. Two forms, told apart by whether `=` or `<<` comes first;
 * the last value of a name wins. Throws where the runner fails the step.
 *
 * ```
 * name=value
 * name<<DELIMITER
 * any lines
 * DELIMITER
 * ```
 * (actions/runner: FileCommandManager.cs)
 */
export function parseKeyValues(text: string, file: string): Record<string, string> {
  const lines = text.split('\n')
  const values: [string, string][] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!
    if (line === '') continue
    const { name, value, delimiter } = splitAssignment(line, file)
    if (delimiter === undefined) {
      values.push([name, value])
      continue
    }
    const end = lines.indexOf(delimiter, index + 1)
    if (end < 0) throw new Error(missingDelimiter({ file, delimiter, rest: lines.slice(index + 1) }))
    values.push([name, lines.slice(index + 1, end).join('\n')])
    index = end
  }
  return Object.fromEntries(values)
}

function splitAssignment(line: string, file: string): { name: string; value: string; delimiter?: string } {
  const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')]
  if (equals < 0 && heredoc < 0) throw new Error(`${file}: Invalid format '${line}'`)
  if (heredoc < 0 || (equals >= 0 && equals < heredoc)) {
    if (equals === 0) throw new Error(`${file}: Invalid format '${line}'. Name must not be empty`)
    return { name: line.slice(0, equals), value: line.slice(equals + 1) }
  }
  const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)]
  if (name === '' || delimiter === '') {
    throw new Error(
      `${file}: Invalid format '${line}'. Name must not be empty and delimiter must not be empty`,
    )
  }
  return { name, value: '', delimiter }
}

function missingDelimiter(problem: { file: string; delimiter: string; rest: readonly string[] }): string {
  // The runner says so when the text ends within a line.
  const reason =
    (problem.rest.at(-1) ?? '') === ''
      ? `Matching delimiter not found '${problem.delimiter}'`
      : 'EOF marker missing new line'
  return `${problem.file}: Invalid value. ${reason}`
}

/** Reads a GITHUB_PATH file into folders, the one that is searched first in front. */
export function parsePaths(text: string): string[] {
  const folders = text.split(/\r?\n/).filter((line) => line !== '')
  return [...new Set(folders.reverse())]
}
