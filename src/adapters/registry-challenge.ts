/** How a registry wants to be logged in to. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: string; readonly service: string }

/** A scheme or a parameter: a token, and perhaps `=` with a quoted or a bare value (RFC 9110, 11.2 to 11.4). */
const PART = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g

/**
 * The challenge of a header `WWW-Authenticate` that can be met: the first for a bearer token, else a basic one.
 * The header may name several schemes, in any case, their parameters quoted or not.
 */
export function challengeOf(header: string): Challenge | undefined {
  const schemes: { name: string; parameters: Map<string, string> }[] = []
  for (const [, name = '', quoted, bare] of header.matchAll(PART)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare
    if (value === undefined) schemes.push({ name: name.toLowerCase(), parameters: new Map() })
    else schemes.at(-1)?.parameters.set(name.toLowerCase(), value)
  }
  for (const { name, parameters } of schemes) {
    const realm = parameters.get('realm')
    if (name === 'bearer' && realm !== undefined && URL.canParse(realm)) {
      return { scheme: 'bearer', realm, service: parameters.get('service') ?? '' }
    }
  }
  return schemes.some(({ name }) => name === 'basic') ? { scheme: 'basic' } : undefined
}
