import { setTimeout as sleep } from 'node:timers/promises'
import { failed, type Result } from '../model/failure.js'
import { DirectConnections, type HttpRequest } from './registry-connection.js'
import { type HttpAnswer, type Patience, RegistryHost } from './registry-host.js'
import { ProxiedConnections, proxyOf } from './registry-proxy.js'

export interface TransportOptions extends Partial<Patience> {
  /** Where proxies are looked up; none are used without it. */
  readonly environment?: NodeJS.ProcessEnv
}

const TIMEOUT_MS = 10_000
const MOST_REDIRECTS = 5
/** Some hosts refuse who does not say who asks; compressed bytes would not be those of the digest. */
const OURS = { 'user-agent': 'smart-image-build', 'accept-encoding': 'identity' }

/** HTTP to registries, their token servers and blob stores, with the patience of `RegistryHost`. */
export class RegistryTransport {
  readonly now: () => number
  private readonly patience: Patience
  private readonly environment: NodeJS.ProcessEnv
  readonly #direct = new DirectConnections()
  readonly #proxied = new ProxiedConnections()
  readonly #hosts = new Map<string, RegistryHost>()

  constructor({ environment = {}, ...given }: TransportOptions) {
    const { signal = new AbortController().signal } = given
    const wait = (milliseconds: number) => sleep(milliseconds, undefined, { signal }).catch(() => undefined)
    this.patience = { timeoutMs: TIMEOUT_MS, wait, now: Date.now, signal, ...given }
    this.now = this.patience.now
    this.environment = environment
  }

  /** Follows redirects; what authorizes goes to no other origin than the one it was meant for (RFC 9110, 15.4). */
  async send(request: HttpRequest): Promise<Result<HttpAnswer>> {
    for (let redirects = 0; ; redirects++) {
      const { url } = request
      const answer = await this.#hostOf(url).ask((timeoutMs) => this.#exchange(request, timeoutMs))
      if (!answer.ok) return answer
      const target = redirectOf(request, answer.value)
      if (target === undefined) return answer
      if (redirects === MOST_REDIRECTS || (url.protocol === 'https:' && target.protocol !== 'https:')) {
        const message = `${url.host} redirects ${redirects === MOST_REDIRECTS ? 'without end' : `to ${target.host} without TLS`}`
        return failed({ kind: 'registry-failed', message })
      }
      request = { ...request, url: target, headers: headersFor(request, target) }
    }
  }

  #hostOf({ host }: URL): RegistryHost {
    let found = this.#hosts.get(host)
    if (found === undefined) this.#hosts.set(host, (found = new RegistryHost(host, this.patience)))
    return found
  }

  /** Throws when there is no answer within the time, or when the environment names no usable proxy. */
  async #exchange(request: HttpRequest, timeoutMs: number): Promise<HttpAnswer> {
    const proxy = proxyOf(request.url, this.environment)
    // Not `AbortSignal.timeout`: within `any`, garbage collection takes it away (nodejs/node#57736).
    const late = new AbortController()
    const timer = setTimeout(() => {
      late.abort(new Error('The operation was aborted due to timeout'))
    }, timeoutMs)
    const signal = AbortSignal.any([late.signal, this.patience.signal])
    const ours = { ...request, headers: { ...OURS, ...request.headers } }
    try {
      return await (proxy === undefined
        ? this.#direct.exchange(ours, signal)
        : this.#proxied.exchange(proxy, ours, signal))
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Where the answer sends us; a write goes on only where method and body are to be kept (307, 308). */
function redirectOf({ method, url }: HttpRequest, { status, headers }: HttpAnswer): URL | undefined {
  const isRead = method === 'GET' || method === 'HEAD'
  const location = headers.get('location') ?? ''
  if (!(isRead ? [301, 302, 303, 307, 308] : [307, 308]).includes(status)) return undefined
  return location !== '' && URL.canParse(location, url.href) ? new URL(location, url) : undefined
}

function headersFor({ url, headers }: HttpRequest, target: URL): Readonly<Record<string, string>> {
  if (target.origin === url.origin) return headers
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'))
}
