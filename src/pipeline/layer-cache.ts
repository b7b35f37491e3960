import { cacheTag, type LayerCaching, NO_LAYER_CACHING } from '../execute/layer-cache.js'
import type { LayerCache } from '../model/layer-cache.js'
import type { PlannedImage } from '../model/plan.js'
import { isUpkeep, type RunContext, type RunRequest } from '../model/request.js'
import { fullName } from '../model/service.js'
import type { Abilities } from '../ports/image-builder.js'
import type { LayerAccess } from '../ports/layer-stores.js'
import { listed } from '../fingerprint/notices.js'
import { notify, type Run } from './job.js'
import type { Planned } from './plan.js'
import { resolveAll } from './tags.js'

/** What keeps a run from what was asked for. */
interface Obstacle {
  /** What is done in its place. */
  readonly cache: LayerCache
  /** Absent where it was said already. */
  readonly problem?: string
}

/** Where the builds of this plan find and leave layers: as was asked for, or what comes next to it, with one notice. */
export async function layerCachingFor(
  planned: Planned,
  run: Run,
  abilities: Abilities,
): Promise<LayerCaching> {
  const images = planned.plan.images.filter(({ decision }) => decision.kind === 'rebuild')
  const asked = askedFor(run)
  if (asked.kind === 'none' || images.length === 0) return NO_LAYER_CACHING
  const { cache, problem } = withoutDriver(asked, abilities) ??
    (await withoutAccess(asked, run)) ??
    withoutRegistry(asked, images) ?? { cache: asked }
  if (problem !== undefined) notify(run, { message: `\`layer-cache: ${asked.kind}\`: ${problem}` })
  const branches = branchesOf(run.job.context)
  const readOnly = await immutableAmong(images, { cache, branches, run })
  return {
    cache,
    branches,
    images: cache.kind === 'inline' ? inlineImages(images, branches, run) : new Map(),
    readOnly,
  }
}

function askedFor({ request, job }: Run): LayerCache {
  const { kind, mode } = request.layerCache
  return { kind, ...(mode !== undefined && { mode }), isWritten: isWritten(request, job.context) }
}

/**
 * A pull request leaves none unless that is asked for: its layers would crowd out those that everybody shares. At a
 * terminal a cache is there because it was asked for. What may not be pushed is not left in a registry either.
 */
function isWritten({ layerCache: { kind, write }, push }: RunRequest, context: RunContext): boolean {
  const { trigger, ref, defaultBranch, pushForbidden } = context
  // What is not pushed takes no layers along.
  if (kind === 'inline' && !push) return false
  if (kind === 'registry' && pushForbidden !== undefined) return false
  if (write !== 'auto') return write === 'always'
  if (trigger.kind === 'terminal') return kind !== 'registry' || push
  const isOnDefault = defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`
  return isUpkeep(context) || (trigger.kind === 'push' && isOnDefault)
}

/** The engine's own builder, as long as it does not keep its images in containerd, only knows what images hold. */
function withoutDriver(asked: LayerCache, { hasLayerCaches }: Abilities): Obstacle | undefined {
  if (hasLayerCaches || asked.kind === 'inline') return undefined
  const mend =
    'docker/setup-buildx-action (driver docker-container), or the containerd image store of Docker, lets it'
  if (asked.kind !== 'registry')
    return {
      cache: NO_LAYER_CACHING.cache,
      problem: `this builder cannot do that, and keeps its layers to itself; ${mend}`,
    }
  const cache = { ...asked, isWritten: false }
  return asked.isWritten
    ? { cache, problem: `this builder only reads layers, and leaves none; ${mend}` }
    : { cache }
}

async function withoutAccess(asked: LayerCache, { ports }: Run): Promise<Obstacle | undefined> {
  if (asked.kind !== 'gha' && asked.kind !== 'local') return undefined
  const access: LayerAccess = await (asked.kind === 'gha' ? ports.layerService : ports.layers).access()
  if (access.kind === 'closed') {
    const problem = access.problem && `images are built without layers of earlier runs: ${access.problem}`
    return { cache: NO_LAYER_CACHING.cache, ...(problem !== undefined && { problem }) }
  }
  if (access.canWrite || !asked.isWritten) return undefined
  return {
    cache: { ...asked, isWritten: false },
    problem: 'layers are only read, as this run may not write to the cache',
  }
}

function withoutRegistry(asked: LayerCache, images: readonly PlannedImage[]): Obstacle | undefined {
  if (asked.kind !== 'registry' && asked.kind !== 'inline') return undefined
  const homeless = images.filter(({ service }) => service.image.registry === undefined)
  if (homeless.length === 0) return undefined
  const problem = `without a registry there are no layers of earlier runs for ${names(homeless)}`
  return { cache: asked, problem }
}

/** The branch that is built and those that it came from, as `main` or `pull/7`. */
function branchesOf({ trigger, ref, baseRef, defaultBranch }: RunContext): readonly string[] {
  // With `pull_request_target` the ref is that of others.
  const own =
    trigger.kind === 'pull-request' ? `pull/${trigger.number}` : ref?.replace(/^refs\/(?:heads\/)?/, '')
  const all = [own, baseRef, defaultBranch].filter((branch) => branch !== undefined)
  return [...new Set(all)]
}

interface Registry {
  readonly cache: LayerCache
  readonly branches: readonly string[]
  readonly run: Run
}

/** Names of images whose repositories refuse to move the tag that layers would be left under. */
async function immutableAmong(
  images: readonly PlannedImage[],
  { cache, branches: [own], run }: Registry,
): Promise<ReadonlySet<string>> {
  if (cache.kind !== 'registry' || !cache.isWritten || own === undefined) return new Set()
  const tag = cacheTag(own)
  const answers = await Promise.all(
    images.map(async (image) => {
      if (image.service.image.registry === undefined) return []
      const immutable = await run.ports.registry.isImmutable(image.service.image, tag)
      // Without an answer the export will tell, and the build goes on.
      return immutable.ok && immutable.value ? [image] : []
    }),
  )
  const found = answers.flat()
  if (found.length > 0) {
    const message = `\`layer-cache: registry\`: repositories keep their tags immutable, so layers of ${names(found)} are only read; let \`cache-*\` move, or take \`gha\``
    notify(run, { message })
  }
  return new Set(found.map(({ service }) => service.name))
}

/** The image of the last record, then those that the branches' own tags point at. */
function inlineImages(
  images: readonly PlannedImage[],
  branches: readonly string[],
  run: Run,
): ReadonlyMap<string, readonly string[]> {
  const services = images.map(({ service }) => service)
  const tagged = branches.map((branch) => resolveAll(services, onBranch(branch, run)))
  return new Map(
    images.map(({ service, record }) => {
      const repository = fullName(service.image)
      const tags = tagged.flatMap((tags) => {
        const moving = tags.ok ? tags.value.get(service.name)?.find(({ moves }) => moves) : undefined
        return moving === undefined ? [] : [`${repository}:${moving.name}`]
      })
      return [
        service.name,
        [...(record?.digest === undefined ? [] : [`${repository}@${record.digest}`]), ...tags],
      ]
    }),
  )
}

function onBranch(branch: string, run: Run): Run {
  const context: RunContext = { ...run.job.context, trigger: { kind: 'push' }, ref: `refs/heads/${branch}` }
  return { ...run, job: { ...run.job, context } }
}

function names(images: readonly PlannedImage[]): string {
  return listed(images.map(({ service }) => `\`${service.name}\``))
}
