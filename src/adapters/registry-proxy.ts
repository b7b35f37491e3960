import { BlockList, isIP } from 'node:net'
import type { ProxyAgent } from 'undici'
import { isLoopback } from './registry-address.js'

/** `fetch` through the proxies of an environment; the code for proxies is loaded when the first one is used. */
export class ProxiedFetch {
  private readonly environment: NodeJS.ProcessEnv
  readonly #agents = new Map<string, ProxyAgent>()

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment
  }

  /** Throws when there is no answer, or when the environment names no usable proxy. */
  async fetch(url: URL, init: RequestInit): Promise<Response> {
    const proxy = proxyOf(url, this.environment)
    if (proxy === undefined) return fetch(url, init)
    const { fetch: fetchThrough, ProxyAgent } = await import('undici')
    let dispatcher = this.#agents.get(proxy.href)
    if (dispatcher === undefined) this.#agents.set(proxy.href, (dispatcher = new ProxyAgent(proxy.href)))
    // Not Node's own `fetch`, which may be of another major version and not take these agents. The types are twins.
    const options = { ...init, dispatcher } as unknown as Parameters<typeof fetchThrough>[1]
    return (await fetchThrough(url, options)) as unknown as Response
  }
}

/**
 * The proxy for an address, by the rules of Go's `golang.org/x/net/http/httpproxy`, and so of Docker and BuildKit.
 * Throws when the variable holds no address of an http or https proxy; the message does not show it, as it may hold a
 * password.
 */
export function proxyOf(url: URL, environment: NodeJS.ProcessEnv): URL | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const value = valueOf(environment, name)
  if (value === '' || isLoopback(url.host) || isExcluded(url, valueOf(environment, 'NO_PROXY')))
    return undefined
  const address = value.includes('://') ? value : `http://${value}`
  if (/^https?:/i.test(address) && URL.canParse(address)) return new URL(address)
  throw new Error(`${name} is no address of an http or https proxy`)
}

function valueOf(environment: NodeJS.ProcessEnv, name: string): string {
  return (environment[name] || environment[name.toLowerCase()] || '').trim()
}

function isExcluded(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  return noProxy
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => entry === '*' || (entry !== '' && isMatch(entry, { host, port })))
}

/** `example.com` is that name and all below it, `.example.com` and `*.example.com` only those below it. */
function isMatch(entry: string, { host, port }: { host: string; port: string }): boolean {
  const [, bracketed, bare = entry, wanted] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? ([] as (string | undefined)[])
  const name = bracketed ?? bare
  if (wanted !== undefined && wanted !== port) return false
  const [network = '', prefix] = name.split('/')
  if (isIP(network) !== 0) return isIP(network) === isIP(host) && isWithin(host, network, prefix)
  const domain = name.replace(/^\*\./, '.')
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
}

function isWithin(host: string, network: string, prefix: string | undefined): boolean {
  const [family, size] = isIP(network) === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const)
  const bits = Number(prefix ?? size)
  if (!(bits >= 0 && bits <= size)) return false
  const list = new BlockList()
  list.addSubnet(network, bits, family)
  return list.check(host, family)
}
