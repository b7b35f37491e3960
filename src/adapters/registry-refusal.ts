import type { Failure } from '../model/failure.js'
import { fullName, type ImageName } from '../model/service.js'
import type { Refusal, RefusalKind } from '../ports/image-registry.js'
import { hostOf } from './registry-address.js'
import type { RegistryAnswer } from './registry-client.js'

/** What a registry was asked for. */
export interface Question {
  readonly image: ImageName
  readonly method: 'GET' | 'HEAD' | 'PUT'
  /** Tag or digest. */
  readonly reference: string
  /** `manifests` unless said otherwise. */
  readonly path?: 'manifests' | 'blobs'
}

/**
 * What registries say of a tag that may not be overwritten: Amazon ECR ("… because the tag is immutable",
 * ImageTagAlreadyExistsException), Google Artifact Registry ("has enabled tag immutability"), Harbor ("configured as
 * immutable", with 412), Azure (REGISTRY_DISALLOWED_OPERATION, a locked tag), Alibaba and Mirantis ("cannot be
 * overwritten"), Docker Hub and GitLab ("immutable"), Nexus ("does not allow updating", "redeploy is not allowed").
 */
const IMMUTABLE =
  /immutab|ImageTagAlreadyExists|cannot be overwritten|DISALLOWED_OPERATION|operation is disallowed|does not allow updating|redeploy is not allowed/i

/** Error codes of the OCI distribution specification 1.1 for a manifest that refers to what is not there. */
const GONE = /\b(?:MANIFEST_BLOB_UNKNOWN|BLOB_UNKNOWN|MANIFEST_UNKNOWN|NAME_UNKNOWN)\b/

/** Amazon ECR: LimitExceededException, "The maximum number of tags per image …"; others in like words. */
const LIMIT = /limit[ _]?(?:has been )?exceeded|exceed\w* .*limit|too many tags|maximum number|quota/i

export function refusalOf(question: Question, answer: RegistryAnswer): Refusal {
  const kind = kindOf(question, answer)
  const { reference } = question
  return kind === 'gone' ? gone(question) : { kind, reference, failure: failureOf(question, answer) }
}

export function gone(question: Question): Refusal {
  const what = referenceOf(question)
  const message =
    question.method === 'PUT'
      ? `${what} cannot be put: parts of the image are not in the registry any more`
      : `${what} is not in the registry any more`
  return { kind: 'gone', reference: question.reference, failure: { kind: 'registry-failed', message } }
}

/** The refusal of a question that was not answered, or not as it should be. */
export function unanswered({ reference }: Question, failure: Failure): Refusal {
  return { kind: failure.kind === 'registry-denied' ? 'denied' : 'failed', reference, failure }
}

export function referenceOf({ image, reference }: Question): string {
  return `${fullName(image)}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`
}

function kindOf({ image, method, reference }: Question, { status, body }: RegistryAnswer): RefusalKind {
  // Names may hold the words that are looked for.
  const names = [image.repository, reference].filter((name) => IMMUTABLE.test(name) || LIMIT.test(name))
  const text = names.reduce((rest, name) => rest.replaceAll(name, ''), body.toString('utf8'))
  if (status === 404) return 'gone'
  if (method === 'PUT') {
    if ([400, 403, 405, 409, 412].includes(status) && IMMUTABLE.test(text)) return 'immutable'
    if (status === 400 && GONE.test(text)) return 'gone'
    if (status >= 400 && status < 429 && LIMIT.test(text)) return 'limit'
  }
  return isDenial(status) ? 'denied' : 'failed'
}

function failureOf(question: Question, { status, loggedIn, body }: RegistryAnswer): Failure {
  const host = hostOf(question.image)
  const what = referenceOf(question)
  const login = `docker/login-action, or docker login ${host}`
  if (isDenial(status) && !loggedIn) {
    const message = `${host} wants a login for ${what} and Docker has none; log in first (${login})`
    return { kind: 'registry-denied', message }
  }
  const right = question.method === 'PUT' ? 'push' : 'pull'
  const mend = isDenial(status) ? `; log in to ${host} as somebody who may ${right} (${login})` : ''
  const text = body.toString('utf8').trim().slice(0, 300)
  const said = text === '' ? '' : `: ${text}`
  const message = `the registry answered ${status} to ${question.method} ${what}${said}${mend}`
  return { kind: 'registry-failed', message }
}

function isDenial(status: number): boolean {
  return status === 401 || status === 403
}
