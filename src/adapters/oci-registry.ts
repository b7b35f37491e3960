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
/** All four manifest types, always: a registry may convert, or hide, what is not asked for. */
const ACCEPT = [
  ...INDEXES,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

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
    const digest = head.value.headers.get('docker-content-digest')
    if (digest !== null && type !== '' && !INDEXES.includes(type)) return ok({ kind: 'exists', digest })
    const manifest = await this.#get(image, digest ?? reference)
    if (!manifest.ok) return asUnknown(manifest.failures)
    if (manifest.value === undefined) return ok({ kind: 'missing' })
    return this.#withChildren(image, manifest.value)
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
    const head = await this.#ask(image, 'HEAD', digest)
    if (!head.ok) return head
    return head.value === undefined ? failed(gone(image, digest)) : ok(undefined)
  }

  /** An index exists only with each of its children: a registry keeps answering 200 for one that lost some. */
  async #withChildren(image: ImageName, manifest: Manifest): Promise<Result<Existence>> {
    const children = childDigests(manifest.bytes)
    const isIndex = manifest.type === '' ? children !== undefined : INDEXES.includes(manifest.type)
    if (isIndex && children === undefined)
      return ok({ kind: 'unknown', problem: `${manifest.digest} is not a readable index` })
    for (const child of isIndex ? (children ?? []) : []) {
      const head = await this.#ask(image, 'HEAD', child)
      if (!head.ok) return asUnknown(head.failures)
      if (head.value === undefined) return ok({ kind: 'missing' })
    }
    return ok({ kind: 'exists', digest: manifest.digest })
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
function childDigests(index: Buffer): string[] | undefined {
  try {
    const { manifests } = JSON.parse(index.toString('utf8')) as { manifests: { digest: string }[] }
    return manifests.map((manifest) => manifest.digest)
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
