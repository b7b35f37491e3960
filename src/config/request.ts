import { type Failure, type Result, unless } from '../model/failure.js'
import { LAYER_CACHES, type LayerCacheKind, type LayerCacheRequest } from '../model/layer-cache.js'
import type { Force, Mode, RunRequest } from '../model/request.js'
import { LINE, LINE_OR_COMMA, splitList } from './pairs.js'
import { readSecrets } from './secrets.js'
import { closest } from './suggest.js'
import { DEFAULT_TAG_RULES } from './tags.js'

/** Inputs as they were written, by the names of `action.yml`; an empty or absent one means its default. */
export type RawInputs = Readonly<Record<string, string | undefined>>

export interface RequestDefaults {
  readonly maxParallel: number
  readonly layerCache: LayerCacheKind
}

/**
 * The request that the inputs make; `usage` lists every input that cannot be understood. Booleans are strict and
 * lists are separated by new lines or commas, as in docker's actions.
 */
export function parseRequest(inputs: RawInputs, defaults: RequestDefaults): Result<RunRequest> {
  const failures: Failure[] = []
  const reader = new Reader(inputs, failures)
  const mode = reader.choice('mode', ['build', 'plan', 'promote'] as const, MODES_TO_COME)
  // Checked as the build that it stands for.
  const isDryRun = reader.boolean('dry-run')
  const optional = {
    config: reader.text('config'),
    baseRef: reader.text('base-ref'),
    registry: reader.text('registry'),
    changedSince: reader.reference('changed-since', ['record']),
    from: reader.reference('from', []),
  }
  const tags = reader.list('tags', LINE)
  const request: RunRequest = {
    mode: isDryRun ? 'plan' : mode,
    services: reader.list('services'),
    force: forceOf(reader.list('force')),
    inputsFrom: reader.choice('inputs-from', ['auto', 'commit', 'worktree'], []),
    detect: reader.choice('detect', ['content', 'commits'], []),
    waitMs: reader.duration('wait'),
    push: reader.boolean('push'),
    load: reader.boolean('load'),
    tags: tags.length > 0 ? tags : DEFAULT_TAG_RULES,
    maxParallel: reader.count('max-parallel') ?? defaults.maxParallel,
    failFast: reader.boolean('fail-fast'),
    layerCache: layerCacheOf(reader, defaults),
    noCache: reader.boolean('no-cache'),
    pull: reader.boolean('pull'),
    allowDirty: reader.boolean('allow-dirty'),
    exitCode: reader.boolean('exit-code'),
    localOnly: reader.boolean('local-only'),
    secrets: readSecrets(
      {
        secrets: reader.text('secrets') ?? '',
        envs: reader.text('secret-envs') ?? '',
        files: reader.text('secret-files') ?? '',
      },
      failures,
    ),
    ...withoutUndefined({ ...optional, builder: reader.text('builder') }),
  }
  failures.push(...withoutMeaning(mode, reader))
  failures.push(...contradictions(request), ...contradictoryCache(request.layerCache))
  return unless(failures, request)
}

const MODES_TO_COME = ['collect', 'verify']

const DECIDING: readonly Mode[] = ['build', 'plan']

/** What asks no registry cannot be combined with what needs one. */
function contradictions({ localOnly, push, detect, changedSince }: RunRequest): Failure[] {
  const offline = [...(localOnly ? ['local-only'] : []), ...(detect === 'commits' ? ['detect: commits'] : [])]
  return offline.flatMap((name) => {
    const needing = [
      ...(push && name === 'local-only' ? ['push'] : []),
      ...(changedSince === undefined ? [] : ['changed-since']),
    ]
    return needing.map((other): Failure => ({
      kind: 'usage',
      message: `\`${name}\` asks no registry, so it cannot be combined with \`${other}\``,
    }))
  })
}

/** BuildKit keeps no more than the image's own layers in the image itself (documentation of its inline cache). */
function contradictoryCache({ kind, mode }: LayerCacheRequest): Failure[] {
  if (kind !== 'inline' || mode !== 'max') return []
  const message =
    '`layer-cache: inline` keeps the layers of the image alone, so it cannot be combined with `layer-cache-mode: max`; take `registry` for those of every stage'
  return [{ kind: 'usage', message }]
}

/** Inputs that say something in some modes only. */
const MEANINGFUL: Readonly<Record<string, readonly Mode[]>> = {
  ...{ force: DECIDING, push: DECIDING, load: DECIDING, 'base-ref': DECIDING, 'local-only': DECIDING },
  ...{ 'changed-since': DECIDING, detect: DECIDING, 'exit-code': DECIDING, tags: ['build', 'promote'] },
  ...{ builder: ['build'], 'max-parallel': ['build'], 'fail-fast': ['build'], 'no-cache': ['build'] },
  ...{ 'layer-cache': ['build'], 'layer-cache-mode': ['build'], 'layer-cache-write': ['build'] },
  ...{ secrets: ['build'], 'secret-envs': ['build'], 'secret-files': ['build'] },
  ...{ pull: ['build'], 'allow-dirty': ['build'], from: ['promote'], wait: ['promote'] },
}

/** One that changes nothing (`false`, `none`, `0`) may stand in any mode. */
function withoutMeaning(mode: Mode, reader: Reader): Failure[] {
  const names = Object.keys(MEANINGFUL).filter((name) => MEANINGFUL[name]?.includes(mode) === false)
  const given = names.filter((name) => !['false', 'none', '0'].includes(reader.text(name) ?? 'false'))
  return given.map((name) => ({
    kind: 'usage',
    message: `\`${name}\` has no meaning in mode \`${mode}\`; leave it out`,
  }))
}

/** OCI distribution specification 1.1, section "Pulling manifests". */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const DIGEST = /^sha256:[0-9a-f]{64}$/

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

function layerCacheOf(reader: Reader, defaults: RequestDefaults): LayerCacheRequest {
  const isGiven = (name: string) => reader.text(name) !== undefined
  return {
    kind: isGiven('layer-cache') ? reader.choice('layer-cache', LAYER_CACHES, []) : defaults.layerCache,
    write: reader.choice('layer-cache-write', ['auto', 'always', 'never'], []),
    ...(isGiven('layer-cache-mode') && { mode: reader.choice('layer-cache-mode', ['min', 'max'], []) }),
  }
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

  /** A tag or digest; `undefined` for one of the words that mean none. */
  reference(name: string, none: readonly string[]): string | undefined {
    const text = this.text(name)
    if (text === undefined || none.includes(text)) return undefined
    const digest = name === 'from' ? DIGEST : undefined
    if (!TAG.test(text) && !digest?.test(text))
      this.#fail(`\`${name}\` is \`${text}\`; it must be a tag${digest ? ', or a digest `sha256:…`' : ''}`)
    return text
  }

  /** Milliseconds; a number without a unit is of seconds. */
  duration(name: string): number {
    const [, number, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(this.text(name) ?? '0') ?? []
    if (number === undefined)
      this.#fail(
        `\`${name}\` is \`${this.text(name) ?? ''}\`; it must be seconds, or a duration such as 90s or 10m`,
      )
    return Number(number ?? 0) * (UNITS[unit] ?? 0)
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
