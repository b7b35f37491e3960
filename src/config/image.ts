import type { ImageName } from '../model/service.js'
import type { Checked } from './checked.js'

/** The configuration's `registry`: where images without a registry of their own go. */
export interface RegistryPrefix {
  /** Host and optional port. */
  readonly host: string
  /** Path before every image's own, without slashes at its ends; may be empty. */
  readonly path: string
}

/** A path component, after the grammar of distribution's `reference` package. */
const COMPONENT = /^[a-z\d]+(?:(?:\.|_|__|-+)[a-z\d]+)*$/

const HOST =
  /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|\[[\da-f:]+\])(?::\d{1,5})?$/

const GRAMMAR = 'small letters and digits, single `.`, `_` or `-` between them, `/` between parts'

export function parseRegistry(text: string): Checked<RegistryPrefix> {
  const prefix = text.toLowerCase().replace(/\/+$/, '')
  const scheme = schemeOf(prefix)
  if (scheme !== undefined)
    return { problem: `remove \`${scheme}\`: write \`${prefix.slice(scheme.length)}\`` }
  const [host = '', ...path] = prefix.split('/')
  const tag = versionOf(path)
  if (tag !== undefined) return { problem: `remove \`${tag}\`: a registry prefix has no tag and no digest` }
  if (!isHost(host)) {
    return { problem: `\`${host}\` is no registry host; for Docker Hub write \`docker.io/${prefix}\`` }
  }
  if (!HOST.test(host)) return { problem: `\`${host}\` is not a valid registry host` }
  const wrong = path.find((part) => !COMPONENT.test(part))
  if (wrong !== undefined) return { problem: `\`${wrong}\` is not a valid part of an image name: ${GRAMMAR}` }
  return { value: { host, path: path.join('/') } }
}

/** An image as a person writes it; it has a registry of its own when its first part looks like a host, as in Docker. */
export function parseImage(text: string): Checked<ImageName> {
  const name = text.toLowerCase()
  const scheme = schemeOf(name)
  if (scheme !== undefined) return { problem: `remove \`${scheme}\`: write \`${name.slice(scheme.length)}\`` }
  const parts = name.split('/')
  const [first = ''] = parts
  const registry = parts.length > 1 && isHost(first) ? first : undefined
  const path = registry === undefined ? parts : parts.slice(1)
  const version = versionOf(path)
  if (version !== undefined)
    return { problem: `remove \`${version}\`: tags are said by \`tags\`, not in the name` }
  if (registry !== undefined && !HOST.test(registry))
    return { problem: `\`${registry}\` is not a valid registry host` }
  const wrong = path.find((part) => !COMPONENT.test(part))
  if (wrong !== undefined) return { problem: `\`${text}\` is not a valid image name: ${GRAMMAR}` }
  return { value: { ...(registry === undefined ? {} : { registry }), repository: path.join('/') } }
}

/** Where the image is pushed to: an image with a registry of its own stays there. */
export function withRegistry(image: ImageName, prefix: RegistryPrefix | undefined): ImageName {
  if (image.registry !== undefined || prefix === undefined) return image
  const repository = prefix.path === '' ? image.repository : `${prefix.path}/${image.repository}`
  return { registry: prefix.host, repository }
}

/** What Docker Hub is called in names of images; an image without a registry is there, too. */
const DOCKER_HUB = [undefined, 'docker.io', 'index.docker.io']

/**
 * The one name among all that an image has, after distribution's `reference.FamiliarName`: `docker.io/library/alpine`
 * is `alpine`.
 */
export function familiarName({ registry, repository }: ImageName): string {
  if (!DOCKER_HUB.includes(registry)) return `${registry}/${repository}`
  return repository.replace(/^library\/(?=[^/]+$)/, '')
}

function isHost(part: string): boolean {
  return part.includes('.') || part.includes(':') || part === 'localhost'
}

function schemeOf(name: string): string | undefined {
  return /^[a-z][a-z\d+.-]*:\/\//.exec(name)?.[0]
}

/** The `:tag` or `@digest` at the end of a path. */
function versionOf(path: readonly string[]): string | undefined {
  return /(?:@|:).*$/.exec(path.join('/'))?.[0]
}
