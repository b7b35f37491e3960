import { type Audience, fingerprintTag } from '../model/fingerprint.js'
import type { PlannedImage } from '../model/plan.js'
import type { RunRequest } from '../model/request.js'
import { fullName, type BuildOptions, type NamedContext } from '../model/service.js'
import type { BuildRequest } from '../ports/image-builder.js'

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
export function tagOf({ fingerprint }: PlannedImage, audience: Audience): string {
  return fingerprintTag(fingerprint.digest, audience)
}

/** What all builds of a run have in common. */
export interface Common {
  readonly request: RunRequest
  readonly provenance: Provenance
  /** Who may use again what this run builds. */
  readonly audience: Audience
}

/** Whether a new image is wanted even where one of this content exists. */
export function isWanted({ decision }: PlannedImage): boolean {
  if (decision.kind !== 'rebuild') return false
  return decision.reasons.some(({ kind }) => ['forced', 'expired', 'untracked-input'].includes(kind))
}

/** The build that makes a planned image, under its fingerprint's tag alone. */
export function buildRequest(image: PlannedImage, { request, provenance, audience }: Common): BuildRequest {
  const { service } = image
  const isExpired =
    image.decision.kind === 'rebuild' && image.decision.reasons.some(({ kind }) => kind === 'expired')
  return {
    service: service.name,
    context: service.context,
    file: service.file,
    tags: [`${fullName(service.image)}:${tagOf(image, audience)}`],
    push: request.push,
    load: request.load,
    options: [
      ...each('--platform', [(service.build.platforms ?? provenance.platforms).join(',')]),
      ...each('--label', pairs({ ...labels(image, provenance), ...service.build.labels })),
      ...each('--builder', [request.builder]),
      ...buildxOptions(service.build),
      ...(request.noCache || service.build.noCache || isExpired ? ['--no-cache'] : []),
      ...(request.pull || isExpired ? ['--pull'] : []),
    ],
  }
}

function buildxOptions(build: BuildOptions): string[] {
  return [
    ...each('--target', [build.target]),
    ...each('--build-arg', pairs(build.buildArgs)),
    ...each('--build-context', Object.entries(build.contexts).map(namedContext)),
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
    ...each('--no-cache-filter', build.noCacheFilters),
    ...each('--cache-from', build.cacheFrom),
    ...each('--cache-to', build.cacheTo),
  ]
}

/** Builds run at the repository root. `./` keeps a folder from being taken for an address. */
function namedContext([name, context]: [string, NamedContext]): string {
  return `${name}=${context.kind === 'folder' ? `./${context.folder}` : context.reference}`
}

function labels(image: PlannedImage, provenance: Provenance): Record<string, string> {
  return {
    'smart-image-build.fingerprint': image.fingerprint.digest,
    'smart-image-build.built-at': provenance.builtAt,
    'org.opencontainers.image.revision': provenance.revision,
    'org.opencontainers.image.created': provenance.builtAt,
    ...(provenance.sourceUrl !== undefined && { 'org.opencontainers.image.source': provenance.sourceUrl }),
  }
}

function each(option: string, values: readonly (string | undefined)[]): string[] {
  return values.flatMap((value) => (value === undefined ? [] : [option, value]))
}

function pairs(map: Readonly<Record<string, string>>): string[] {
  return Object.entries(map).map(([name, value]) => `${name}=${value}`)
}
