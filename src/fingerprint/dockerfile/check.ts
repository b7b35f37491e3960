import { csvFields } from './csv.js'
import { heredocOf } from './heredoc.js'
import type { Instruction } from './model.js'
import { trimBoth } from './space.js'
import { KEYWORDS } from './words.js'

type FlagKind = 'text' | 'texts' | 'switch'
type Flags = Readonly<Record<string, FlagKind>>

const NO_FLAGS: Flags = {}

/** Flags per keyword; ARG and STOPSIGNAL are not here, as BuildKit drops theirs unread. */
const FLAGS: Readonly<Record<string, Flags>> = {
  FROM: { platform: 'text' },
  COPY: { from: 'text', chown: 'text', chmod: 'text', link: 'switch', parents: 'switch', exclude: 'texts' },
  ADD: {
    chown: 'text',
    chmod: 'text',
    link: 'switch',
    'keep-git-dir': 'switch',
    checksum: 'text',
    unpack: 'switch',
    exclude: 'texts',
  },
  RUN: { mount: 'texts', network: 'text', security: 'text', device: 'texts' },
  HEALTHCHECK: {
    interval: 'text',
    timeout: 'text',
    'start-period': 'text',
    'start-interval': 'text',
    retries: 'text',
  },
}

/** What BuildKit refuses of a single instruction before it builds anything. */
export function problemOf(instruction: Instruction): { line: number; message: string } | undefined {
  const { keyword, line } = instruction
  if (!KEYWORDS.includes(keyword)) {
    return {
      line,
      message: `\`${keyword}\` is no instruction; correct it, or end the line before with a backslash`,
    }
  }
  const message = flagProblem(instruction) ?? wordsProblem(instruction)
  return message === undefined ? undefined : { line, message: `${keyword}: ${message}` }
}

function flagProblem({ keyword, flags, words }: Instruction): string | undefined {
  if (keyword === 'ARG' || keyword === 'STOPSIGNAL') return undefined
  if (keyword === 'HEALTHCHECK' && words[0]?.toUpperCase() === 'NONE') return undefined
  const known = FLAGS[keyword] ?? NO_FLAGS
  const seen = new Set<string>()
  for (const { name, value } of flags) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined
    if (kind === undefined) return `the flag --${name} is unknown; remove it`
    if (seen.has(name) && kind !== 'texts') return `the flag --${name} is there twice; remove one`
    seen.add(name)
    if (kind === 'switch') {
      if (value !== undefined && !/^(?:true|false)$/i.test(value)) return `--${name} may be true or false`
    } else if (value === undefined) {
      return `--${name} has no value; write \`--${name}=…\``
    }
  }
  return undefined
}

const EXACTLY_ONE = new Set(['MAINTAINER', 'STOPSIGNAL', 'USER', 'WORKDIR'])
const AT_LEAST_ONE = new Set(['ARG', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'ONBUILD', 'SHELL', 'VOLUME'])

function wordsProblem(instruction: Instruction): string | undefined {
  const { keyword, words } = instruction
  if (EXACTLY_ONE.has(keyword) && words.length !== 1) return 'needs exactly one argument'
  if (AT_LEAST_ONE.has(keyword) && words.length === 0) return 'needs an argument'
  switch (keyword) {
    case 'FROM':
      return fromProblem(words)
    case 'COPY':
    case 'ADD':
      return copyProblem(words)
    case 'ENV':
    case 'LABEL':
      return words.some((word, index) => index % 3 === 0 && word === '')
        ? 'a name is missing before `=`'
        : undefined
    case 'ARG':
      return words.some((word) => word.startsWith('=')) ? 'a name is missing before `=`' : undefined
    case 'RUN':
      return runProblem(instruction)
    case 'VOLUME':
      return words.some((word) => trimBoth(word) === '') ? 'a path is empty' : undefined
    case 'SHELL':
      return instruction.json ? undefined : 'needs the JSON form, as in `SHELL ["/bin/bash", "-c"]`'
    case 'HEALTHCHECK':
      return healthcheckProblem(words)
    case 'ONBUILD':
      return onbuildProblem(words)
    default:
      return undefined
  }
}

function fromProblem(words: readonly string[]): string | undefined {
  const [, as = '', name = ''] = words
  if (words.length === 1) return undefined
  if (words.length !== 3 || !/^as$/iu.test(as)) return 'write `FROM <image>` or `FROM <image> AS <name>`'
  return /^[a-z][a-z0-9-_.]*$/.test(name.toLowerCase())
    ? undefined
    : `\`${name}\` is no name of a stage; start with a letter, go on with letters, digits, \`-\`, \`_\` and \`.\``
}

function copyProblem(words: readonly string[]): string | undefined {
  if (words.length < 2) return 'needs a source and a destination'
  const heredoc = heredocOf(words.at(-1) ?? '')
  return heredoc !== undefined && !('problem' in heredoc) ? 'a heredoc cannot be the destination' : undefined
}

function runProblem({ flags }: Instruction): string | undefined {
  for (const { name, value = '' } of flags) {
    if (name === 'network' && !['default', 'none', 'host'].includes(value)) {
      return `--network=${value} is not known; use default, none or host`
    }
    if (name === 'security' && !['insecure', 'sandbox'].includes(value)) {
      return `--security=${value} is not known; use insecure or sandbox`
    }
    const problem = name === 'mount' ? mountProblem(value) : undefined
    if (problem !== undefined) return problem
  }
  return undefined
}

/** What is refused before variables are known. */
function mountProblem(value: string): string | undefined {
  const fields = csvFields(value)
  if (fields === undefined) return `--mount=${value} is no list of fields; check its commas and quotes`
  return fields.some((field) => /^from=.*\$./is.test(field))
    ? 'the `from` of a mount takes no variables; name a stage with FROM first'
    : undefined
}

function healthcheckProblem(words: readonly string[]): string | undefined {
  const [type = '', ...command] = words
  if (type.toUpperCase() === 'NONE') return command.length > 0 ? 'NONE takes no arguments' : undefined
  if (type.toUpperCase() !== 'CMD') return `\`${type}\` is not known; use CMD or NONE`
  return command.length === 0 ? 'a command is missing after CMD' : undefined
}

function onbuildProblem([keyword = '']: readonly string[]): string | undefined {
  return ['ONBUILD', 'MAINTAINER', 'FROM'].includes(keyword.toUpperCase())
    ? `${keyword.toUpperCase()} cannot be a trigger`
    : undefined
}
