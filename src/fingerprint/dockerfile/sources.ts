import { normalize } from 'node:path/posix'

const SCP_STYLE = /^[a-zA-Z0-9-_]+@[a-zA-Z0-9-.]+:[^\n?]*$/
/** Only what every URL parser takes; anything else counts as a path, which costs nothing if there is no such file. */
const GIT_URL =
  /^(?:ssh|git):\/\/[A-Za-z0-9._~@-]+(?::[0-9]+)?(?:\/[A-Za-z0-9._~@/-]*)?(?:#[A-Za-z0-9._~@:/-]*)?$/i

/** Whether ADD fetches a source from elsewhere: a URL or a git reference, as BuildKit tells them from paths. */
export function isRemote(source: string): boolean {
  return /^https?:\/\//.test(source) || GIT_URL.test(source) || SCP_STYLE.test(source)
}

/** A path within a context, without slashes around it; what leads out of the context is held back at its root. */
export function contextPath(source: string): string {
  return normalize(`/${source}`).replace(/^\/+|\/+$/g, '')
}

/** The part of a source of `COPY --parents` before `/./` is not kept in the copy; the path is the same. */
export function parentsPath(source: string): string {
  const pivot = source.indexOf('/./')
  if (pivot === -1) return contextPath(source)
  const [parent, pattern] = [contextPath(source.slice(0, pivot)), contextPath(source.slice(pivot + 3))]
  return contextPath(`${parent}/${pattern}`)
}

/** The part before `/./` when it is a pattern. */
export function openPivot(source: string): string | undefined {
  const parent = source.slice(0, Math.max(source.indexOf('/./'), 0))
  return /[*?[]/.test(parent) ? contextPath(parent) : undefined
}
