import { failed, ok, type Result } from '../model/failure.js'
import type { BuildInfo } from '../ports/build-info.js'
import { RegistryTransport, type TransportOptions } from './registry-transport.js'

/** Asks over HTTP, with the patience, the proxies and the redirects that registries are asked with. */
export class HttpBuildInfo implements BuildInfo {
  readonly #transport: RegistryTransport

  constructor(options: TransportOptions) {
    this.#transport = new RegistryTransport(options)
  }

  async read(url: string): Promise<Result<Readonly<Record<string, unknown>>>> {
    const headers = { accept: 'application/json' }
    const answer = await this.#transport.send({ method: 'GET', url: new URL(url), headers })
    if (!answer.ok) return answer
    const { status, body } = answer.value
    if (status !== 200) return unusable(url, `it answered ${status}`)
    const value = jsonOf(body.toString('utf8'))
    return isObject(value) ? ok(value) : unusable(url, 'its answer is no JSON object')
  }
}

function unusable(url: string, problem: string): Result<never> {
  const message = `${url} does not say what runs there: ${problem}; it should answer {"fingerprint": "…", "revision": "…"}`
  return failed({ kind: 'verification-failed', message })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
