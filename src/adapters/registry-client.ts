import type { ImageName } from '../model/service.js'
import { ok, type Result } from '../model/failure.js'
import type { DockerCredentials } from './docker-credentials.js'
import { hostOf, repositoryOf, urlOf } from './registry-address.js'
import type { HttpAnswer } from './registry-host.js'
import { type Access, RegistryLogins } from './registry-login.js'
import { RegistryTransport, type TransportOptions } from './registry-transport.js'

/** A registry's answer after login and retries. */
export interface RegistryAnswer extends HttpAnswer {
  /** Whether credentials for the host were found and used. */
  readonly loggedIn: boolean
}

export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT'
  /** Below the repository, such as `manifests/latest`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

/** Requests of the OCI distribution protocol for one repository: address, login, retries. */
export class RegistryClient {
  private readonly transport: RegistryTransport
  private readonly logins: RegistryLogins

  constructor(credentials: DockerCredentials, options: TransportOptions = {}) {
    this.transport = new RegistryTransport(options)
    this.logins = new RegistryLogins(credentials, this.transport)
  }

  /** A failure when no answer was had within all tries, or when login itself fails. */
  async send(image: ImageName, request: RegistryRequest): Promise<Result<RegistryAnswer>> {
    const access = accessOf(image, request)
    const known = await this.logins.current(access)
    const first = await this.#send(image, request, known?.authorization)
    if (!first.ok) return first
    if (first.value.status !== 401) return ok({ ...first.value, loggedIn: known?.loggedIn ?? false })
    const challenge = first.value.headers.get('www-authenticate') ?? ''
    const login = await this.logins.renew(access, challenge, known)
    if (!login.ok) return login
    const { authorization, loggedIn } = login.value
    if (authorization === undefined) return ok({ ...first.value, loggedIn })
    const second = await this.#send(image, request, authorization)
    if (!second.ok) return second
    if (second.value.status === 401) this.logins.forget(access, login.value)
    return ok({ ...second.value, loggedIn })
  }

  #send(
    image: ImageName,
    { method, path, headers, body }: RegistryRequest,
    authorization: string | undefined,
  ): Promise<Result<HttpAnswer>> {
    return this.transport.send({
      method,
      url: urlOf(image, path),
      headers: { ...headers, ...(authorization !== undefined && { authorization }) },
      ...(body !== undefined && { body: new Uint8Array(body) }),
    })
  }
}

/** To read asks for no more than reading: a registry may refuse the whole login of who may not push. */
function accessOf(image: ImageName, { method }: RegistryRequest): Access {
  const actions = method === 'PUT' ? 'pull,push' : 'pull'
  return { host: hostOf(image), repository: repositoryOf(image), actions }
}
