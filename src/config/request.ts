import { type Failure, type Result, unless } from '../model/failure.js'
import type { Force, RunRequest } from '../model/request.js'
import { LINE_OR_COMMA, splitList, TAG_SEPARATOR } from './pairs.js'
import { closest } from './suggest.js'
import { DEFAULT_TAG_RULES } from './tags.js'

/** Inputs as they were written, by the names of `action.yml`; an empty or absent one means its default. */
export type RawInputs = Readonly<Record<string, string | undefined>>

export interface RequestDefaults {
  readonly maxParallel: number
}

/**
 * The request that the inputs make; `usage` lists every input that cannot be understood. Booleans are strict and
 * lists are separated by new lines or commas, as in docker's actions.
 */
export function parseRequest(inputs: RawInputs, defaults: RequestDefaults): Result<RunRequest> {
  const failures: Failure[] = []
  const reader = new Reader(inputs, failures)
  const mode = reader.choice('mode', ['build', 'plan'] as const, MODES_TO_COME)
  // Checked as the build that it stands for.
  const isDryRun = reader.boolean('dry-run')
  const optional = {
    config: reader.text('config'),
    baseRef: reader.text('base-ref'),
    registry: reader.text('registry'),
  }
  const tags = reader.list('tags', TAG_SEPARATOR)
  const request: RunRequest = {
    mode: isDryRun ? 'plan' : mode,
    services: reader.list('services'),
    force: forceOf(reader.list('force')),
    inputsFrom: reader.choice('inputs-from', ['auto', 'commit', 'worktree'], []),
    push: reader.boolean('push'),
    load: reader.boolean('load'),
    tags: tags.length > 0 ? tags : DEFAULT_TAG_RULES,
    maxParallel: reader.count('max-parallel') ?? defaults.maxParallel,
    failFast: reader.boolean('fail-fast'),
    noCache: reader.boolean('no-cache'),
    pull: reader.boolean('pull'),
    allowDirty: reader.boolean('allow-dirty'),
    exitCode: reader.boolean('exit-code'),
    localOnly: reader.boolean('local-only'),
    ...withoutUndefined({ ...optional, builder: reader.text('builder') }),
  }
  if (mode === 'plan') failures.push(...withoutMeaning(reader))
  if (request.localOnly && request.push) {
    failures.push({
      kind: 'usage',
      message: '`local-only` asks no registry, so it cannot be combined with `push`',
    })
  }
  return unless(failures, request)
}

const MODES_TO_COME = ['collect', 'promote', 'verify']

/** Inputs that only say how to build; one that changes nothing (`false`) may stand in a plan too. */
const BUILD_INPUTS = ['tags', 'builder', 'max-parallel', 'fail-fast', 'no-cache', 'pull', 'allow-dirty']

function withoutMeaning(reader: Reader): Failure[] {
  const given = BUILD_INPUTS.filter((name) => (reader.text(name) ?? 'false') !== 'false')
  return given.map((name) => ({
    kind: 'usage',
    message: `\`${name}\` has no meaning in mode \`plan\`; leave it out`,
  }))
}

function forceOf(names: readonly string[]): Force {
  if (names.length === 0 || (names.length === 1 && (names[0] === 'none' || names[0] === 'false')))
    return { kind: 'none' }
  if (names.includes('all') || (names.length === 1 && names[0] === 'true')) return { kind: 'all' }
  return { kind: 'names', names }
}

class Reader {
  private readonly inputs: RawInputs
  private readonly failures: Failure[]

  constructor(inputs: RawInputs, failures: Failure[]) {
    this.inputs = inputs
    this.failures = failures
  }

  text(name: string): string | undefined {
    const text = this.inputs[name]?.trim() ?? ''
    return text === '' ? undefined : text
  }

  list(name: string, separator = LINE_OR_COMMA): string[] {
    return splitList(this.text(name) ?? '', separator)
  }

  boolean(name: string): boolean {
    const text = this.text(name) ?? 'false'
    if (text !== 'true' && text !== 'false')
      this.#fail(`\`${name}\` is \`${text}\`; it must be \`true\` or \`false\``)
    return text === 'true'
  }

  count(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!/^[1-9]\d{0,3}$/.test(text))
      this.#fail(`\`${name}\` is \`${text}\`; it must be a whole number from 1 to 9999`)
    return Number(text)
  }

  /** The first choice is the default. */
  choice<T extends string>(name: string, choices: readonly [T, ...T[]], toCome: readonly string[]): T {
    const text = this.text(name) ?? choices[0]
    const found = choices.find((choice) => choice === text)
    if (found !== undefined) return found
    const near = closest(text, choices)
    if (toCome.includes(text)) this.#fail(`\`${name}: ${text}\` is not supported by this version yet`)
    else
      this.#fail(
        `\`${name}\` is \`${text}\`; it must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}${near ? `; did you mean \`${near}\`?` : ''}`,
      )
    return choices[0]
  }

  #fail(message: string): void {
    this.failures.push({ kind: 'usage', message })
  }
}

function withoutUndefined<T extends Record<string, string | undefined>>(map: T): { [K in keyof T]?: string } {
  const set = Object.entries(map).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set) as { [K in keyof T]?: string }
}
