import type { Place } from './failure.js'
import type { Secret } from './secret.js'

/**
 * One image of the configuration: a service, which is deployed, or a base, which others start from.
 * All paths are relative to the repository root (see input `working-directory`), use `/`, and never leave it.
 */
export interface Service {
  readonly kind: 'service' | 'base'
  /** No other image has it, whatever its kind. */
  readonly name: string
  /** Folder of the build context; `''` is the root. */
  readonly context: string
  readonly file: string
  readonly image: ImageName
  /** Name and tag that it also gets in the engine under `load`: where Compose looks for the image of its service. */
  readonly loadAs?: string
  readonly tags: readonly string[]
  /** gitignore patterns, relative to the root, of inputs beyond what the Dockerfile takes. */
  readonly paths: readonly string[]
  /** gitignore patterns, relative to the root, of what never counts; the last match wins. */
  readonly ignore: readonly string[]
  /** Path of what an earlier step makes -> patterns of the files that count in its place. */
  readonly generated: Readonly<Record<string, readonly string[]>>
  /** Of a base: paths of lockfiles, which stand for the manifests that they pin; `auto`: those that it takes. */
  readonly lockfiles?: readonly string[] | 'auto'
  readonly build: BuildOptions
  /** Names of images that it is built after, and anew with, besides those of its build contexts. */
  readonly needs: readonly string[]
  readonly trackUpstream: TrackUpstream
  /** It is rebuilt when it is older; absent: at no age. */
  readonly maxAgeMs?: number
  /** How a new image shows that it works before it gets its tags; absent: nobody asks it. */
  readonly health?: HealthCheck
  /** Keys copied into this service's entries of the output `matrix`. */
  readonly matrix: Readonly<Record<string, unknown>>
  /** Where the configuration names it; absent for a service found by its Dockerfile. */
  readonly place?: Place
}

/** What a container of an image must answer by HTTP, with a status from 200 to 399. */
export interface HealthCheck {
  readonly port: number
  readonly path: string
  /** How long that may take from its start. */
  readonly timeoutMs: number
}

/** Which runs look up the digests of other people's images that it starts from; those of `scheduled` are on the default branch. */
export type TrackUpstream = 'never' | 'scheduled' | 'always'

/** A service as its configuration says it, before the environment is looked at. */
export interface Draft {
  /** Without the build arguments that are open. */
  readonly service: Service
  readonly open: readonly OpenArgument[]
}

/** A build argument whose value holds environment variables. */
export interface OpenArgument {
  readonly name: string
  readonly parts: readonly (string | { readonly name: string; readonly fallback?: string })[]
  readonly place: Place
}

/** A repository of a registry, as `docker push` takes it, without a tag. */
export interface ImageName {
  /** Host and optional port; absent when neither the image nor the configuration names one. */
  readonly registry?: string
  /** Path within the registry, lower-cased. */
  readonly repository: string
}

/**
 * Where the files of a named build context come from: a folder (`''` is the root), an image of this configuration by its
 * name, or what BuildKit fetches itself.
 */
export type NamedContext =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'reference'; readonly reference: string }

/** The options of `docker buildx build` that the configuration sets, in the words of docker/build-push-action. */
export interface BuildOptions {
  readonly target?: string
  /** Absent: not configured, the caller's default applies. */
  readonly platforms?: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  /** Names of `buildArgs` that are passed, but never count as an input. */
  readonly volatileArgs: readonly string[]
  /** Name, as buildx shortens it (`alpine`), -> build context besides the main one. */
  readonly contexts: Readonly<Record<string, NamedContext>>
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: readonly string[]
  /** What it is given besides the secrets of the run; an id counts once, and here. */
  readonly secrets: readonly Secret[]
  /** Ids of secrets without which it is not built. */
  readonly secretIds: readonly string[]
  readonly ssh: readonly string[]
  readonly provenance?: string
  readonly sbom?: string
  readonly attests: readonly string[]
  readonly network?: string
  readonly shmSize?: string
  readonly addHosts: readonly string[]
  readonly ulimit: readonly string[]
  readonly allow: readonly string[]
  readonly noCache: boolean
  readonly noCacheFilters: readonly string[]
  readonly cacheFrom: readonly string[]
  readonly cacheTo: readonly string[]
}

export function fullName(image: ImageName): string {
  return image.registry === undefined ? image.repository : `${image.registry}/${image.repository}`
}
