import { type Audience, fingerprintTag } from '../model/fingerprint.js'
import type { PlannedImage } from '../model/plan.js'
import { BUILT_AT, PARENTS } from '../model/labels.js'
import type { RunRequest } from '../model/request.js'
import { secretOptions } from './secrets.js'
import type { Secret } from '../model/secret.js'
import { fullName, type BuildOptions, type NamedContext } from '../model/service.js'
import type { BuildRequest } from '../ports/image-builder.js'
import type { Layout } from '../ports/image-layouts.js'

/** What every image of a run is labelled with, besides its own labels. */
export interface Provenance {
  /** The commit a person knows: of a pull request its head. */
  readonly revision: string
  readonly sourceUrl?: string
  /** ISO 8601 in UTC. */
  readonly builtAt: string
  readonly platforms: readonly string[]
}

/** The tag of an image's fingerprint: pushed first, so that no other tag ever stands without its image. */
export function tagOf({ fingerprint, service }: PlannedImage, audience: Audience): string {
  return fingerprintTag(fingerprint.digest, audience, service.kind)
}

/**
 * The tag that an image with a health check is built under. No run looks for it: until it has shown that it works, an image
 * is not found by its fingerprint. `undefined`: it has nothing to show.
 */
export function trialTag({ fingerprint, service }: PlannedImage): string | undefined {
  return service.health === undefined ? undefined : `try-${fingerprint.digest.slice(0, 32)}`
}

/** What all builds of a run have in common. */
export interface Common {
  readonly request: RunRequest
  readonly provenance: Provenance
  /** Who may use again what this run builds. */
  readonly audience: Audience
  readonly runId: string
  /** Name of an image → build arguments that differ from commit to commit; what the configuration sets counts. */
  readonly commitArgs: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** Name of an image → what its build is given. */
  readonly secrets: ReadonlyMap<string, readonly Secret[]>
  /** What the fingerprint's tag ends with, where that tag itself cannot be put. */
  readonly suffix?: string
}

/** An image of ours that another one is built from. */
export interface Parent {
  /** Name of the build context that it is. */
  readonly context: string
  /** Of the image, as buildx takes it for a build context; absent for one in a layout. */
  readonly address?: string
  readonly layout?: Layout
  /** In the registry; absent where it is in none. */
  readonly digest?: string
}

/** How a build is connected with those of other images. */
export interface Connections {
  readonly parents: readonly Parent[]
  /** Whether the engine gets it. */
  readonly load: boolean
  /** The place that gets it as a layout. */
  readonly layout?: string
  /** Options of buildx for layers of earlier builds. */
  readonly layerOptions: readonly string[]
  readonly mayShare: boolean
}

/** The build that makes a planned image of these parents, under its fingerprint's tag alone, or that of its trial. */
export function buildRequest(
  image: PlannedImage,
  { request, provenance, audience, secrets, commitArgs, suffix = '' }: Common,
  { parents, load, layout, layerOptions, mayShare }: Connections,
): BuildRequest {
  const { service } = image
  const given = secretOptions(secrets.get(service.name) ?? [], service.name)
  const isAnew = isUncached(image, request)
  return {
    service: service.name,
    context: service.context,
    file: service.file,
    tags: [`${fullName(service.image)}:${trialTag(image) ?? tagOf(image, audience)}${suffix}`],
    push: request.push,
    // Else the engine would pull what it has just built.
    ...((request.load || service.health !== undefined) && { isKept: true }),
    ...{ load, mayShare },
    ...(layout !== undefined && { layout }),
    layouts: Object.fromEntries(parents.flatMap((one) => (one.layout ? [[one.context, one.layout]] : []))),
    environment: given.environment,
    options: [
      ...given.options,
      ...each('--platform', [(service.build.platforms ?? provenance.platforms).join(',')]),
      ...each(
        '--label',
        pairs({ ...labels(image, provenance), ...parentsLabel(parents), ...service.build.labels }),
      ),
      ...each(
        '--build-context',
        parents.flatMap(({ context, address }) => (address === undefined ? [] : [`${context}=${address}`])),
      ),
      ...each('--builder', [request.builder]),
      ...each('--build-arg', pairs({ ...commitArgs.get(service.name), ...service.build.buildArgs })),
      ...buildxOptions(service.build),
      // buildx takes only one of the two, and all stages are more than some.
      ...(isAnew ? ['--no-cache'] : each('--no-cache-filter', service.build.noCacheFilters)),
      ...layerOptions,
      ...each('--build-context', pins(image)),
      ...(request.pull || isExpired(image) ? ['--pull'] : []),
    ],
  }
}

/** Whether its build takes nothing from earlier ones. */
export function isUncached(image: PlannedImage, request: RunRequest): boolean {
  return request.noCache || image.service.build.noCache || isExpired(image)
}

function isExpired({ decision }: PlannedImage): boolean {
  return decision.kind === 'rebuild' && decision.reasons.some(({ kind }) => kind === 'expired')
}

function buildxOptions(build: BuildOptions): string[] {
  return [
    ...each('--target', [build.target]),
    ...each('--build-context', Object.entries(build.contexts).flatMap(namedContext)),
    ...each('--annotation', build.annotations),
    ...each('--ssh', build.ssh),
    ...each('--attest', build.attests),
    ...each('--provenance', [build.provenance]),
    ...each('--sbom', [build.sbom]),
    ...each('--network', [build.network]),
    ...each('--shm-size', [build.shmSize]),
    ...each('--add-host', build.addHosts),
    ...each('--ulimit', build.ulimit),
    ...each('--allow', build.allow),
    ...each('--cache-from', build.cacheFrom),
    ...each('--cache-to', build.cacheTo),
  ]
}

/** Builds run at the repository root. `./` keeps a folder from being taken for an address. */
function namedContext([name, context]: [string, NamedContext]): string[] {
  switch (context.kind) {
    case 'folder':
      return [`${name}=./${context.folder}`]
    case 'reference':
      return [`${name}=${context.reference}`]
    case 'image':
      return []
  }
}

/** An image of others is taken at the digest that counts: a local image of its tag would win otherwise. */
function pins({ fingerprint: { document } }: PlannedImage): string[] {
  return Object.entries(document.upstream ?? {}).map(
    ([reference, digest]) => `${reference}=docker-image://${reference}@${digest}`,
  )
}

function labels(image: PlannedImage, provenance: Provenance): Record<string, string> {
  return {
    'smart-image-build.fingerprint': image.fingerprint.digest,
    [BUILT_AT]: provenance.builtAt,
    'org.opencontainers.image.revision': provenance.revision,
    'org.opencontainers.image.created': provenance.builtAt,
    ...(provenance.sourceUrl !== undefined && { 'org.opencontainers.image.source': provenance.sourceUrl }),
  }
}

function parentsLabel(parents: readonly Parent[]): Record<string, string> {
  const digests = digestsOf(parents)
  return Object.keys(digests).length === 0 ? {} : { [PARENTS]: JSON.stringify(digests) }
}

/** Name of a build context → digest, of those parents that are in a registry. */
export function digestsOf(parents: readonly Parent[]): Readonly<Record<string, string>> {
  const known = parents.flatMap(({ context, digest }) =>
    digest === undefined ? [] : [[context, digest] as const],
  )
  return Object.fromEntries(known)
}

function each(option: string, values: readonly (string | undefined)[]): string[] {
  return values.flatMap((value) => (value === undefined ? [] : [option, value]))
}

function pairs(map: Readonly<Record<string, string>>): string[] {
  return Object.entries(map).map(([name, value]) => `${name}=${value}`)
}
