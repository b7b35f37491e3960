import { createHash } from 'node:crypto'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { Existence } from '../model/plan.js'
import { fullName, type ImageName } from '../model/service.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import type { RegistryAnswer, RegistryClient } from './registry-client.js'

const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]
/** All four manifest types, always: a registry may convert, or hide, what is not asked for. */
const ACCEPT = [...INDEXES, ...MANIFESTS].join(', ')

const DIGEST = /^sha256:[0-9a-f]{64}$/

interface Manifest {
  readonly digest: string
  /** Empty where the registry says none. */
  readonly type: string
  readonly bytes: Buffer
}

/** Images of registries over the OCI distribution protocol, without Docker. */
export class OciRegistry implements ImageRegistry {
  private readonly client: RegistryClient

  constructor(client: RegistryClient) {
    this.client = client
  }

  async find(image: ImageName, reference: string): Promise<Result<Existence>> {
    const head = await this.#ask(image, 'HEAD', reference)
    if (!head.ok) return asUnknown(head.failures)
    if (head.value === undefined) return ok({ kind: 'missing' })
    const type = mediaType(head.value)
    const named = head.value.headers.get('docker-content-digest') ?? ''
    const digest = DIGEST.test(named) ? named : undefined
    if (digest !== undefined && MANIFESTS.includes(type)) return ok({ kind: 'exists', digest })
    const manifest = await this.#get(image, digest ?? reference)
    if (!manifest.ok) return asUnknown(manifest.failures)
    if (manifest.value === undefined) return ok({ kind: 'missing' })
    return this.#judge(image, manifest.value)
  }

  async point(image: ImageName, digest: string, tags: readonly string[]): Promise<Result<void>> {
    if (tags.length === 0) return this.#demand(image, digest)
    let manifest: Manifest | undefined
    for (const tag of tags) {
      const head = await this.#ask(image, 'HEAD', tag)
      if (!head.ok) return head
      if (head.value?.headers.get('docker-content-digest') === digest) continue
      if (manifest === undefined) {
        const found = await this.#get(image, digest)
        if (!found.ok) return found
        if (found.value === undefined) return failed(gone(image, digest))
        manifest = found.value
      }
      const put = await this.#put(image, tag, manifest)
      if (!put.ok) return put
    }
    return ok(undefined)
  }

  async #demand(image: ImageName, digest: string): Promise<Result<void>> {
    const found = await this.find(image, digest)
    if (!found.ok) return found
    if (found.value.kind === 'exists') return ok(undefined)
    const { value } = found
    return failed(
      value.kind === 'missing' ? gone(image, digest) : { kind: 'registry-failed', message: value.problem },
    )
  }

  /**
   * Whether the bytes are a manifest, or an index with each of its children: a registry keeps answering 200 for one
   * that lost some, and a login page answers 200 for everything.
   */
  async #judge(image: ImageName, { digest, bytes }: Manifest): Promise<Result<Existence>> {
    const content = contentOf(bytes)
    if (content === undefined) {
      return ok({ kind: 'unknown', problem: `${fullName(image)}: the registry's answer is no manifest` })
    }
    if (content.children?.length === 0) return ok({ kind: 'missing' })
    for (const child of content.children ?? []) {
      const found = await this.find(image, child)
      if (!found.ok || found.value.kind !== 'exists') return found
    }
    return ok({ kind: 'exists', digest })
  }

  /** The manifest with its digest computed from its bytes; `undefined` when there is none. */
  async #get(image: ImageName, reference: string): Promise<Result<Manifest | undefined>> {
    const answer = await this.#ask(image, 'GET', reference)
    if (!answer.ok) return answer
    if (answer.value === undefined) return ok(undefined)
    const bytes = answer.value.body
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
    if (reference.startsWith('sha256:') && reference !== digest) {
      const message = `${fullName(image)}@${reference}: the registry sent other bytes, of ${digest}`
      return failed({ kind: 'registry-failed', message })
    }
    return ok({ digest, bytes, type: mediaType(answer.value) })
  }

  async #put(image: ImageName, tag: string, manifest: Manifest): Promise<Result<void>> {
    const headers = { 'content-type': manifest.type }
    try {
      const request = { method: 'PUT', reference: tag, headers, body: manifest.bytes } as const
      const answer = await this.client.send(image, request)
      if (answer.status === 201 || answer.status === 200) return ok(undefined)
      return failed(refusal(`${fullName(image)}:${tag}`, answer))
    } catch (error) {
      return failed({ kind: 'registry-failed', message: (error as Error).message })
    }
  }

  /** The answer when there is one, `undefined` for 404; all else is a failure. */
  async #ask(
    image: ImageName,
    method: 'GET' | 'HEAD',
    reference: string,
  ): Promise<Result<RegistryAnswer | undefined>> {
    try {
      const answer = await this.client.send(image, { method, reference, headers: { accept: ACCEPT } })
      if (answer.status === 200) return ok(answer)
      if (answer.status === 404) return ok(undefined)
      return failed(refusal(`${fullName(image)} (${reference})`, answer))
    } catch (error) {
      return failed({ kind: 'registry-failed', message: (error as Error).message })
    }
  }
}

/** A question without an answer is not a failure of the run; one for which nobody is logged in is. */
function asUnknown(failures: readonly Failure[]): Result<Existence> {
  const denied = failures.find((failure) => failure.kind === 'registry-denied')
  if (denied !== undefined) return failed(denied)
  return ok({ kind: 'unknown', problem: failures.map((failure) => failure.message).join('; ') })
}

function mediaType(answer: RegistryAnswer): string {
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';', 1)
  return type.trim().toLowerCase()
}

/** `undefined` for what is no index. */
/** The digests of an index's children, none of a manifest; `undefined` for what is neither. */
function contentOf(bytes: Buffer): { readonly children?: readonly string[] } | undefined {
  try {
    const { manifests, config } = JSON.parse(bytes.toString('utf8')) as {
      manifests?: { digest: string }[]
      config?: { digest: string }
    }
    if (manifests !== undefined) return { children: manifests.map((manifest) => manifest.digest) }
    return config !== undefined && DIGEST.test(config.digest) ? {} : undefined
  } catch {
    return undefined
  }
}

function gone(image: ImageName, digest: string): Failure {
  return { kind: 'registry-failed', message: `${fullName(image)}@${digest} is not in the registry any more` }
}

function refusal(what: string, answer: RegistryAnswer): Failure {
  const text = answer.body.toString('utf8').slice(0, 300)
  if ((answer.status === 401 || answer.status === 403) && !answer.loggedIn) {
    const host = what.split('/', 1)[0] ?? what
    const message = `${host} wants a login for ${what} and Docker has none; log in first (docker/login-action or docker login)`
    return { kind: 'registry-denied', message }
  }
  return { kind: 'registry-failed', message: `the registry answered ${answer.status} for ${what}: ${text}` }
}
