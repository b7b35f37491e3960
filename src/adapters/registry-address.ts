import type { ImageName } from '../model/service.js'

const DOCKER_HUB = 'docker.io'

/** The names under which Docker Hub is known. */
const DOCKER_HUB_HOSTS = [DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io']

/** The registry's host and port, by the one name that Docker has for it. */
export function hostOf(image: ImageName): string {
  return canonicalHost(image.registry ?? DOCKER_HUB)
}

export function canonicalHost(host: string): string {
  return DOCKER_HUB_HOSTS.includes(host) ? DOCKER_HUB : host
}

/** Path of the repository in its registry; official images of Docker Hub are in `library`. */
export function repositoryOf(image: ImageName): string {
  const isOfficial = hostOf(image) === DOCKER_HUB && !image.repository.includes('/')
  return isOfficial ? `library/${image.repository}` : image.repository
}

/** Docker speaks plain http to the machine's own registries and https to all others. */
export function urlOf(image: ImageName, path: string): URL {
  const host = hostOf(image)
  const scheme = isLoopback(host) ? 'http' : 'https'
  const address = host === DOCKER_HUB ? 'registry-1.docker.io' : host
  return new URL(`${scheme}://${address}/v2/${repositoryOf(image)}/${path}`)
}

/** Whether a host, with or without a port, is this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host)
}
