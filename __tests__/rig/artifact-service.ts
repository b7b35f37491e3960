import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { answerBlobRequest, blobError, type Answer } from './cache-service-blobs.js'
import type { Blob } from './cache-service-store.js'
import { judgeToken } from './cache-service-token.js'
import { jsonAnswer, twirpError } from './cache-service-twirp.js'

const TWIRP_PREFIX = '/twirp/github.actions.results.api.v1.ArtifactService/'
const BLOB_PATH = '/account/actions-results/'

const CALLS = [
  ...([
    'CreateArtifact',
    'FinalizeArtifact',
    'ListArtifacts',
    'GetSignedArtifactURL',
    'DeleteArtifact',
  ] as const),
]
export type ArtifactOperation = (typeof CALLS)[number] | 'upload-artifact' | 'download-artifact'

export interface ArtifactRequest {
  readonly operation: ArtifactOperation
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What a test may see of an artifact. */
export interface Artifact {
  readonly run: string
  readonly name: string
  /** `reserved` until its upload is finalised; only a `ready` one is listed. */
  readonly state: 'reserved' | 'ready'
}

/** The request messages in one, with the JSON names of the protocol's file. */
interface Message {
  readonly workflow_run_backend_id?: string
  readonly name?: string
  readonly size?: string
  readonly hash?: string
  readonly name_filter?: string
  readonly id_filter?: string
}

interface Stored {
  readonly id: number
  readonly run: string
  readonly name: string
  readonly blob: Blob
  digest?: string | undefined
  isReady: boolean
}

/** Of a request, where it is one for artifacts. */
export function artifactOperation(method: string, path: string): ArtifactOperation | undefined {
  if (path.startsWith(BLOB_PATH)) return method === 'PUT' ? 'upload-artifact' : 'download-artifact'
  const called = method === 'POST' && path.startsWith(TWIRP_PREFIX) ? path.slice(TWIRP_PREFIX.length) : ''
  return CALLS.find((name) => name === called)
}

/**
 * A stand-in for the GitHub Actions artifact service (v4, `github.actions.results.api.v1.ArtifactService`) with its blobs.
 *
 * Checked by running @actions/artifact 6.2.1 against it (artifact-service.test.ts), whose generated messages it follows; it
 * was never compared with GitHub's live service. As there, a name is taken from its creation on and for the whole run, all
 * attempts of it, and all jobs of a run see what each has finalised. Left out: expiry, quotas, the REST interface.
 */
export class ArtifactService {
  readonly #url: string
  readonly #secret = randomBytes(32)
  #stored: Stored[] = []
  #created = 0

  constructor(url: string) {
    this.#url = url
  }

  list(): readonly Artifact[] {
    return this.#stored.map(({ run, name, isReady }) => ({
      run,
      name,
      state: isReady ? 'ready' : 'reserved',
    }))
  }

  /** As if they had expired; tells how many there were. */
  remove(namePrefix: string): number {
    const kept = this.#stored.filter(({ name }) => !name.startsWith(namePrefix))
    const removed = this.#stored.length - kept.length
    this.#stored = kept
    return removed
  }

  answer(request: ArtifactRequest): Answer {
    const { operation, url, method, headers, body } = request
    if (operation === 'upload-artifact' || operation === 'download-artifact') {
      const id = url.pathname.slice(BLOB_PATH.length).replace(/\.zip$/, '')
      const use = operation === 'upload-artifact' ? 'write' : 'read'
      if (!this.#isSigned(url, id, use)) return blobError(403, 'AuthenticationFailed')
      const stored = this.#stored.find(({ blob }) => blob.id === id)
      return stored
        ? answerBlobRequest(stored.blob, { method, url, headers, body })
        : blobError(404, 'BlobNotFound')
    }
    const token = judgeToken(headers.authorization)
    if (!token.valid) return twirpError(401, token.reason)
    const message = JSON.parse(body.toString('utf8')) as Message
    const { workflow_run_backend_id: run = '', name = '' } = message
    if (run === '' || run !== token.run) return twirpError(403, 'the token is for another workflow run')
    if (operation === 'ListArtifacts') return this.#listing(run, message)
    if (name === '') return twirpError(400, 'name is required')
    const stored = this.#stored.find((one) => one.run === run && one.name === name)
    switch (operation) {
      case 'CreateArtifact':
        return stored ? TAKEN : this.#create(run, name)
      case 'FinalizeArtifact':
        return finalise(stored, message)
      case 'GetSignedArtifactURL':
        return stored?.isReady === true
          ? jsonAnswer(200, { signed_url: this.#sign(stored.blob.id, 'read') })
          : twirpError(404, 'artifact not found')
      case 'DeleteArtifact':
        if (!stored) return twirpError(404, 'artifact not found')
        this.#stored = this.#stored.filter((one) => one !== stored)
        return jsonAnswer(200, { ok: true, artifact_id: String(stored.id) })
    }
  }

  #create(run: string, name: string): Answer {
    const blob: Blob = { id: randomUUID(), blocks: new Map(), bytes: undefined }
    this.#created += 1
    this.#stored.push({ id: this.#created, run, name, blob, isReady: false })
    return jsonAnswer(200, { ok: true, signed_upload_url: this.#sign(blob.id, 'write') })
  }

  #listing(run: string, { name_filter: name, id_filter: id }: Message): Answer {
    const found = this.#stored.filter(
      (one) =>
        one.isReady &&
        one.run === run &&
        (name === undefined || one.name === name) &&
        (id === undefined || String(one.id) === id),
    )
    const artifacts = found.map((one) => ({
      workflow_run_backend_id: run,
      workflow_job_run_backend_id: 'job',
      database_id: String(one.id),
      name: one.name,
      size: String(one.blob.bytes?.length ?? 0),
      created_at: '2026-01-01T00:00:00Z',
      ...(one.digest !== undefined && { digest: one.digest }),
    }))
    return jsonAnswer(200, { artifacts })
  }

  /** With the ending that tells the client to unpack it. */
  #sign(id: string, use: 'read' | 'write'): string {
    const url = new URL(`${BLOB_PATH}${id}.zip`, this.#url)
    url.searchParams.set('sig', this.#signature(id, use).toString('base64'))
    return url.href
  }

  #isSigned(url: URL, id: string, use: 'read' | 'write'): boolean {
    const expected = this.#signature(id, use)
    const given = Buffer.from(url.searchParams.get('sig') ?? '', 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  #signature(id: string, use: 'read' | 'write'): Buffer {
    return createHmac('sha256', this.#secret).update(`${use} ${id}`).digest()
  }
}

const TAKEN = twirpError(409, 'an artifact with this name already exists on the workflow run')

function finalise(stored: Stored | undefined, { size, hash }: Message): Answer {
  const bytes = stored?.blob.bytes
  if (!stored || bytes === undefined) return twirpError(404, 'no upload of this artifact')
  if (String(bytes.length) !== size) return twirpError(400, `size is not the ${bytes.length} bytes uploaded`)
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (hash !== undefined && hash !== digest) return twirpError(400, 'hash is not that of the bytes uploaded')
  stored.digest = hash
  stored.isReady = true
  return jsonAnswer(200, { ok: true, artifact_id: String(stored.id) })
}
