import { type Failure, type Result, unless } from '../model/failure.js'
import { LAYER_CACHES, type LayerCacheKind, type LayerCacheRequest } from '../model/layer-cache.js'
import { type Force, type Mode, type RunRequest, SHORT_FOR_LONG } from '../model/request.js'
import { InputReader, type RawInputs } from './input-reader.js'
import { LINE } from './pairs.js'
import { readSecrets } from './secrets.js'
import { readShard, withoutMeaningInLeg } from './shard.js'
import { DEFAULT_TAG_RULES } from './tags.js'
import { readUrls } from './urls.js'

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
  const reader = new InputReader(inputs, failures)
  const mode = reader.choice('mode', ['build', 'plan', 'collect', 'promote', 'verify'] as const)
  // Checked as the build that it stands for.
  const isDryRun = reader.boolean('dry-run')
  const shard = readShard(reader.text('shard'), failures)
  const tags = reader.list('tags', LINE)
  const most = reader.count('max-parallel')
  const request: RunRequest = {
    mode: isDryRun ? 'plan' : mode,
    services: reader.list('services'),
    force: forceOf(reader.list('force')),
    inputsFrom: reader.choice('inputs-from', ['auto', 'commit', 'worktree']),
    detect: reader.choice('detect', ['content', 'commits']),
    waitMs: reader.duration('wait'),
    tags: tags.length > 0 ? tags : DEFAULT_TAG_RULES,
    maxParallel: most ?? defaults.maxParallel,
    maxShortParallel: most ?? SHORT_FOR_LONG * defaults.maxParallel,
    maxJobs: reader.count('max-jobs', 256) ?? 8, // GitHub's limit for a matrix
    layerCache: layerCacheOf(reader, defaults),
    ...switchesOf(reader),
    secrets: readSecrets(
      {
        secrets: reader.text('secrets') ?? '',
        envs: reader.text('secret-envs') ?? '',
        files: reader.text('secret-files') ?? '',
      },
      failures,
    ),
    ...optionalOf(reader, failures),
    ...(shard && { shard }),
  }
  failures.push(...withoutMeaning(mode, reader))
  failures.push(...contradictions(request), ...contradictoryCache(request.layerCache))
  failures.push(...contradictoryPlaces(request))
  if (shard !== undefined) failures.push(...withoutMeaningInLeg((name) => reader.text(name)))
  return unless(failures, request)
}

function switchesOf(reader: InputReader) {
  return {
    push: reader.boolean('push'),
    load: reader.boolean('load'),
    failFast: reader.boolean('fail-fast'),
    noCache: reader.boolean('no-cache'),
    pull: reader.boolean('pull'),
    allowDirty: reader.boolean('allow-dirty'),
    exitCode: reader.boolean('exit-code'),
    advise: reader.boolean('advise'),
    localOnly: reader.boolean('local-only'),
  }
}

/** What is absent from a request unless an input says it. */
function optionalOf(reader: InputReader, failures: Failure[]) {
  const texts = {
    config: reader.text('config'),
    baseRef: reader.text('base-ref'),
    registry: reader.text('registry'),
    changedSince: reader.reference('changed-since', ['record']),
    from: reader.reference('from', []),
    composeProject: reader.text('compose-project'),
    builder: reader.text('builder'),
  }
  const urls = readUrls(reader.list('url', LINE), failures)
  const cleanup = reader.choice('cleanup', ['none', 'dangling'] as const)
  const comment = reader.choice('comment', ['auto', 'always', 'never'] as const)
  return {
    ...withoutUndefined(texts),
    ...(urls.length > 0 && { urls }),
    ...(cleanup !== 'none' && { cleanup }),
    ...(comment !== 'auto' && { comment }),
  }
}

const DECIDING: readonly Mode[] = ['build', 'plan', 'collect']
const HERE: readonly Mode[] = ['build', 'plan']

/** Who names an address or a project looks nowhere else. */
function contradictoryPlaces({ urls, composeProject }: RunRequest): Failure[] {
  if (urls === undefined || composeProject === undefined) return []
  const message = '`url` and `compose-project` cannot be combined: verify one after the other'
  return [{ kind: 'usage', message }]
}

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
  ...{ force: DECIDING, push: DECIDING, 'base-ref': DECIDING, 'changed-since': DECIDING, detect: DECIDING },
  ...{ load: HERE, 'local-only': HERE, 'exit-code': HERE, tags: [...DECIDING, 'promote'] },
  shard: ['build'],
  ...{ builder: ['build'], 'max-parallel': ['build'], 'fail-fast': ['build'], 'no-cache': ['build'] },
  ...{ 'layer-cache': ['build'], 'layer-cache-mode': ['build'], 'layer-cache-write': ['build'] },
  ...{ secrets: ['build'], 'secret-envs': ['build'], 'secret-files': ['build'] },
  ...{ 'max-jobs': ['plan'], advise: ['plan'], pull: ['build'], 'allow-dirty': ['build'] },
  ...{ from: ['promote'], wait: ['promote'] },
  ...{ comment: DECIDING, cleanup: ['build'], url: ['verify'], 'compose-project': ['verify'] },
}

/** One that changes nothing (`false`, `none`, `never`, `0`) may stand in any mode. */
function withoutMeaning(mode: Mode, reader: InputReader): Failure[] {
  const names = Object.keys(MEANINGFUL).filter((name) => MEANINGFUL[name]?.includes(mode) === false)
  const given = names.filter(
    (name) => !['false', 'none', 'never', '0'].includes(reader.text(name) ?? 'false'),
  )
  return given.map((name) => ({
    kind: 'usage',
    message: `\`${name}\` has no meaning in mode \`${mode}\`; leave it out`,
  }))
}

function layerCacheOf(reader: InputReader, defaults: RequestDefaults): LayerCacheRequest {
  const isGiven = (name: string) => reader.text(name) !== undefined
  return {
    kind: isGiven('layer-cache') ? reader.choice('layer-cache', LAYER_CACHES) : defaults.layerCache,
    write: reader.choice('layer-cache-write', ['auto', 'always', 'never']),
    ...(isGiven('layer-cache-mode') && { mode: reader.choice('layer-cache-mode', ['min', 'max']) }),
  }
}

function forceOf(names: readonly string[]): Force {
  if (names.length === 0 || (names.length === 1 && (names[0] === 'none' || names[0] === 'false')))
    return { kind: 'none' }
  if (names.includes('all') || (names.length === 1 && names[0] === 'true')) return { kind: 'all' }
  return { kind: 'names', names }
}

function withoutUndefined<T extends Record<string, string | undefined>>(map: T): { [K in keyof T]?: string } {
  const set = Object.entries(map).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set) as { [K in keyof T]?: string }
}
