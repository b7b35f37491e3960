import { BlockList, isIP } from 'node:net'
import type { ProxyAgent } from 'undici'
import { isLoopback } from './registry-address.js'
import type { HttpRequest } from './registry-connection.js'
import type { HttpAnswer } from './registry-host.js'

/** HTTP through proxies, whose code is loaded when the first one is used. */
export class ProxiedConnections {
  readonly #agents = new Map<string, ProxyAgent>()

  /** Throws when there is no whole answer. */
  async exchange(proxy: URL, { url, ...init }: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    // Not Node's own `fetch`, which may be of another major version and not take these agents.
    const { fetch, ProxyAgent } = await import('undici')
    let dispatcher = this.#agents.get(proxy.href)
    if (dispatcher === undefined) this.#agents.set(proxy.href, (dispatcher = new ProxyAgent(proxy.href)))
    const response = await fetch(url, { ...init, redirect: 'manual', dispatcher, signal })
    const body = Buffer.from(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, body }
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
