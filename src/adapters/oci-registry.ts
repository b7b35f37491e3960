import { setTimeout as sleep } from 'node:timers/promises'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { Existence } from '../model/plan.js'
import { fullName, type ImageName } from '../model/service.js'
import type { ImageRegistry, Pointed, Refusal } from '../ports/image-registry.js'
import type { RegistryAnswer, RegistryClient } from './registry-client.js'
import {
  ACCEPT,
  digestOf,
  type ImageContent,
  isDigest,
  isPlainManifest,
  labelsOf,
  type Manifest,
  manifestOf,
} from './registry-manifest.js'
import { gone, type Question, referenceOf, refusalOf, unanswered } from './registry-refusal.js'

/** What was asked for, or why it was not had; 404 is `gone`. */
type Reply<T> = { readonly value: T } | { readonly refusal: Refusal }

type Wait = (milliseconds: number) => Promise<unknown>

/** What was pushed a moment ago may not be readable everywhere yet: 404 is believed after these waits. */
const LAG_MS = [250, 500, 1000, 2000]

/** Images of registries over the OCI distribution protocol, without Docker. */
export class OciRegistry implements ImageRegistry {
  private readonly client: RegistryClient
  private readonly wait: Wait
  /** Repository and digest → what was read. */
  private readonly manifests = new Map<string, Promise<Reply<Manifest>>>()

  constructor(client: RegistryClient, wait: Wait = sleep) {
    this.client = client
    this.wait = wait
  }

  async find(image: ImageName, reference: string, pushed?: string): Promise<Result<Existence>> {
    const head = await this.#send({ image, method: 'HEAD', reference })
    if ('refusal' in head) return notFound(head.refusal)
    const { headers } = head.value
    const named = headers.get('docker-content-digest') ?? ''
    const isWhole = named === pushed || isPlainManifest(headers)
    if (isDigest(named) && isWhole) return ok({ kind: 'exists', digest: named })
    const manifest = await this.#get(image, isDigest(named) ? named : reference)
    return 'refusal' in manifest ? notFound(manifest.refusal) : this.#judge(image, manifest.value)
  }

  async point(image: ImageName, digest: string, tags: readonly string[]): Promise<Pointed> {
    const moved: string[] = []
    const refused: Refusal[] = []
    if (tags.length === 0) {
      const found = await this.#patiently(() => this.#demand(image, digest))
      if ('refusal' in found) refused.push(found.refusal)
    }
    let manifest: Promise<Reply<Manifest>> | undefined
    for (const tag of tags) {
      const there = await this.#isAt(image, tag, digest)
      if ('value' in there && there.value) continue
      if ('refusal' in there) {
        refused.push(there.refusal)
        continue
      }
      const got = await (manifest ??= this.#patiently(() => this.#get(image, digest)))
      const put = 'refusal' in got ? got : await this.#putUnlessThere(image, tag, got.value)
      if ('refusal' in put) refused.push({ ...put.refusal, reference: tag })
      else moved.push(tag)
    }
    return { moved, refused }
  }

  async labels(image: ImageName, digest: string): Promise<Result<Readonly<Record<string, string>>>> {
    const found = await this.#firstImage(image, digest)
    if ('refusal' in found) return failed(found.refusal.failure)
    if (found.value === undefined) return ok({})
    const question = { image, method: 'GET', reference: found.value.config, path: 'blobs' } as const
    const config = await this.#send(question)
    if ('refusal' in config) return failed(config.refusal.failure)
    const { body } = config.value
    const labels = digestOf(body) === found.value.config ? labelsOf(body) : undefined
    return labels === undefined ? failed(otherBytes(question, body)) : ok(labels)
  }

  async size(image: ImageName, digest: string): Promise<Result<number>> {
    const found = await this.#firstImage(image, digest)
    if ('refusal' in found) return failed(found.refusal.failure)
    const size = found.value?.size
    if (size !== undefined) return ok(size)
    const what = referenceOf({ image, method: 'GET', reference: digest })
    return failed({ kind: 'registry-failed', message: `${what}: its manifest does not say its size` })
  }

  async isImmutable(image: ImageName, tag: string): Promise<Result<boolean>> {
    const there = await this.#get(image, tag)
    const put = 'refusal' in there ? there : await this.#put(image, tag, there.value)
    if (!('refusal' in put)) return ok(false)
    const { kind, failure } = put.refusal
    if (kind === 'immutable') return ok(true)
    return there === put && kind === 'gone' ? ok(false) : failed(failure)
  }

  /** A registry keeps answering 200 for an index that lost some of its children. */
  async #judge(image: ImageName, { digest, content }: Manifest): Promise<Result<Existence>> {
    if (content.kind === 'image') return ok({ kind: 'exists', digest })
    if (content.children.length === 0) return ok({ kind: 'missing' })
    const found = await Promise.all(content.children.map((child) => this.find(image, child.digest)))
    const lacking = found.filter((one) => !one.ok || one.value.kind !== 'exists')
    const missing = lacking.find((one) => one.ok && one.value.kind === 'missing')
    return missing ?? lacking[0] ?? ok({ kind: 'exists', digest })
  }

  async #demand(image: ImageName, digest: string): Promise<Reply<void>> {
    const question = { image, method: 'HEAD', reference: digest } as const
    const found = await this.find(image, digest)
    if (!found.ok) return { refusal: unanswered(question, first(found.failures)) }
    if (found.value.kind === 'exists') return { value: undefined }
    if (found.value.kind === 'missing') return { refusal: gone(question) }
    return { refusal: unanswered(question, { kind: 'registry-failed', message: found.value.problem }) }
  }

  async #patiently<T>(ask: () => Promise<Reply<T>>): Promise<Reply<T>> {
    let reply = await ask()
    for (const pause of LAG_MS) {
      if (!('refusal' in reply) || reply.refusal.kind !== 'gone') break
      await this.wait(pause)
      reply = await ask()
    }
    return reply
  }

  /** What the manifest says; an index that of its first child that is an image, `undefined` where none is. */
  async #firstImage(image: ImageName, digest: string): Promise<Reply<ImageContent | undefined>> {
    const manifest = await this.#get(image, digest)
    if ('refusal' in manifest) return manifest
    const { content } = manifest.value
    if (content.kind === 'image') return { value: content }
    const child = content.children.find(({ isImage }) => isImage)
    return child === undefined ? { value: undefined } : this.#firstImage(image, child.digest)
  }

  /** A digest never names anything else, so that it is asked for once; not for whether it is still there. */
  #get(image: ImageName, reference: string): Promise<Reply<Manifest>> {
    if (!isDigest(reference)) return this.#read(image, reference)
    const key = `${fullName(image)}@${reference}`
    const known = this.manifests.get(key)
    if (known !== undefined) return known
    const read = this.#read(image, reference)
    this.manifests.set(key, read)
    const forget = () => this.manifests.delete(key)
    void read.then((reply) => 'refusal' in reply && forget(), forget)
    return read
  }

  /** The manifest, its bytes checked against its digest. */
  async #read(image: ImageName, reference: string): Promise<Reply<Manifest>> {
    const question = { image, method: 'GET', reference } as const
    const reply = await this.#send(question)
    if ('refusal' in reply) return reply
    const { body, headers } = reply.value
    if (isDigest(reference) && digestOf(body) !== reference) {
      return { refusal: unanswered(question, otherBytes(question, body)) }
    }
    const manifest = manifestOf(body, headers)
    if (manifest !== undefined) return { value: manifest }
    const message = `${referenceOf(question)}: the registry's answer is no manifest`
    return { refusal: unanswered(question, { kind: 'registry-failed', message }) }
  }

  /** A registry may call a manifest invalid while another request writes the same tag: it is put once more. */
  async #put(image: ImageName, reference: string, { type, bytes }: Manifest): Promise<Reply<RegistryAnswer>> {
    const request = {
      image,
      method: 'PUT',
      reference,
      headers: { 'content-type': type },
      body: bytes,
    } as const
    const reply = await this.#send(request)
    const isInvalid = 'refusal' in reply && reply.refusal.failure.message.includes('MANIFEST_INVALID')
    if (!isInvalid || reply.refusal.kind !== 'failed') return reply
    await this.wait(LAG_MS[0] ?? 0)
    return this.#send(request)
  }

  /**
   * Puts a tag that must move. Where it is refused because it is there by now, at the right digest, somebody else put it
   * meanwhile, or a try of ours whose answer was lost: that is as good.
   */
  async #putUnlessThere(image: ImageName, tag: string, manifest: Manifest): Promise<Reply<unknown>> {
    const put = await this.#put(image, tag, manifest)
    if (!('refusal' in put) || put.refusal.kind !== 'immutable') return put
    const there = await this.#isAt(image, tag, manifest.digest)
    return 'value' in there && there.value ? there : put
  }

  async #isAt(image: ImageName, tag: string, digest: string): Promise<Reply<boolean>> {
    const head = await this.#send({ image, method: 'HEAD', reference: tag })
    if ('value' in head) return { value: head.value.headers.get('docker-content-digest') === digest }
    return head.refusal.kind === 'gone' ? { value: false } : head
  }

  async #send(
    question: Question & { readonly headers?: Record<string, string>; readonly body?: Buffer },
  ): Promise<Reply<RegistryAnswer>> {
    const { image, method, reference, path = 'manifests', headers = { accept: ACCEPT }, body } = question
    const request = { method, path: `${path}/${reference}`, headers, ...(body !== undefined && { body }) }
    const answer = await this.client.send(image, request)
    if (!answer.ok) {
      const failure = first(answer.failures)
      const message = `${referenceOf(question)}: ${failure.message}`
      return { refusal: unanswered(question, { ...failure, message }) }
    }
    const isDone = answer.value.status === 200 || (method === 'PUT' && answer.value.status === 201)
    return isDone ? answer : { refusal: refusalOf(question, answer.value) }
  }
}

/** A question without an answer is not a failure of the run; one for which nobody is logged in is. */
function notFound({ kind, failure }: Refusal): Result<Existence> {
  if (kind === 'gone') return ok({ kind: 'missing' })
  return failure.kind === 'registry-denied'
    ? failed(failure)
    : ok({ kind: 'unknown', problem: failure.message })
}

function first([failure]: readonly Failure[]): Failure {
  if (failure === undefined) throw new Error('A failed result without a failure')
  return failure
}

function otherBytes(question: Question, body: Buffer): Failure {
  const message = `${referenceOf(question)}: the registry sent other bytes, of ${digestOf(body)}`
  return { kind: 'registry-failed', message }
}
