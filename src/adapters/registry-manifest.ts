import { createHash } from 'node:crypto'
import type { HttpHeaders } from './registry-host.js'

const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]
/** All four manifest types, always: a registry may convert, or hide, what is not asked for. */
export const ACCEPT = [...INDEXES, ...MANIFESTS].join(', ')

export interface Manifest {
  /** Computed from the bytes. */
  readonly digest: string
  /** Media type; empty where neither the registry nor the manifest says one. */
  readonly type: string
  readonly bytes: Buffer
  readonly content: ManifestContent
}

/** What a manifest refers to (OCI image specification 1.1, "Image Manifest" and "Image Index"). */
export type ManifestContent = ImageContent | { readonly kind: 'index'; readonly children: readonly Child[] }

export interface ImageContent {
  readonly kind: 'image'
  /** Digest of the configuration. */
  readonly config: string
  /** Bytes of the configuration and the layers; `undefined` where the manifest does not say them. */
  readonly size: number | undefined
}

interface Child {
  readonly digest: string
  /** False for what BuildKit attaches to an image: provenance and SBOM. */
  readonly isImage: boolean
}

export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text)
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

export function isPlainManifest(headers: HttpHeaders): boolean {
  return MANIFESTS.includes(mediaType(headers))
}

/** `undefined` for what is no manifest: a login page is answered with 200, too. */
export function manifestOf(bytes: Buffer, headers: HttpHeaders): Manifest | undefined {
  const document = parsed(bytes) as Document | null | undefined
  const content = contentOf(document ?? {})
  const type = mediaType(headers) || (document?.mediaType ?? '')
  return content && { digest: digestOf(bytes), type, bytes, content }
}

/** Labels of an image's configuration (OCI image specification 1.1, "Image Configuration"). */
export function labelsOf(config: Buffer): Readonly<Record<string, string>> | undefined {
  const document = parsed(config) as
    { config?: { Labels?: Record<string, string> | null } } | null | undefined
  return document ? (document.config?.Labels ?? {}) : undefined
}

interface Document {
  readonly mediaType?: string
  readonly config?: Descriptor & { readonly digest?: string }
  readonly layers?: readonly (Descriptor | null)[]
  readonly manifests?: readonly {
    readonly digest: string
    readonly annotations?: Readonly<Record<string, string>>
    readonly platform?: { readonly architecture?: string }
  }[]
}

/** Of a blob (OCI image specification 1.1, "Content Descriptors"), as far as its size goes. */
interface Descriptor {
  readonly size?: unknown
}

function contentOf({ manifests, config, layers }: Document): ManifestContent | undefined {
  if (Array.isArray(manifests)) {
    const children = (manifests as NonNullable<Document['manifests']>).map((child) => ({
      digest: child.digest,
      isImage:
        child.annotations?.['vnd.docker.reference.type'] !== 'attestation-manifest' &&
        child.platform?.architecture !== 'unknown',
    }))
    return children.every(({ digest }) => isDigest(digest)) ? { kind: 'index', children } : undefined
  }
  const digest = config?.digest ?? ''
  const blobs: unknown = layers
  const size = Array.isArray(blobs) ? sizeOf([config, ...(blobs as NonNullable<typeof layers>)]) : undefined
  return isDigest(digest) ? { kind: 'image', config: digest, size } : undefined
}

function sizeOf(blobs: readonly (Descriptor | null | undefined)[]): number | undefined {
  const sizes = blobs.map((blob) => blob?.size)
  return sizes.every(isSize) ? sizes.reduce((sum, size) => sum + size, 0) : undefined
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function mediaType(headers: HttpHeaders): string {
  const [type = ''] = (headers.get('content-type') ?? '').split(';', 1)
  return type.trim().toLowerCase()
}
