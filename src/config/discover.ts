import { failed, type Failure, type Notice, type Result, unless } from '../model/failure.js'
import type { Service } from '../model/service.js'
import { withRegistry } from './image.js'
import { PLAIN_BUILD } from './draft.js'
import { registryOf, type ResolvedServices, sameImages } from './resolve.js'

export interface DiscoverOptions {
  /** Names the Dockerfile at the root: the repository's name, or its folder's. */
  readonly rootName: string
  /** The input or flag `registry`. */
  readonly registry?: string | undefined
}

interface Dockerfile {
  readonly path: string
  /** `''` is the root. */
  readonly folder: string
  /** What its name adds: `worker` of `Dockerfile.worker` and `worker.Dockerfile`. */
  readonly variant?: string
}

/** `Dockerfile`, `api.Dockerfile`, `Dockerfile.api`; Containerfile likewise. Small letters as docker takes them. */
const NAMES = [
  /^(?:Docker|Container)file$|^dockerfile$/,
  /^(.+)\.(?:[Dd]ocker|[Cc]ontainer)file$/,
  /^(?:Docker|Container)file\.(.+)$/,
]

/** What stands beside Dockerfiles and is none: ignore files, notes, templates, copies. */
const OTHER_FILES =
  /(?:^|\.)(?:dockerignore|md|txt|rst|j2|jinja2?|tmpl|tpl|template|erb|mustache|hbs|in|bak|backup|orig|old|rej|swp|sample|example)$/i

/** Folders of other people's code and of tools, whose images nobody deploys. */
const OTHER_FOLDERS = new Set(['node_modules', 'vendor', '.git', '.github', '.devcontainer'])

const LONGEST_NAME = 100

/**
 * The services of a repository without a configuration: one for each Dockerfile among `paths` (relative to the
 * repository root), named after its folder, which is its context. Two of one name are named after their whole path.
 */
export function discoverServices(
  paths: readonly string[],
  options: DiscoverOptions,
): Result<ResolvedServices> {
  const registry = registryOf(options.registry, undefined)
  if (!registry.ok) return registry
  const found = paths.flatMap((path) => dockerfileAt(path) ?? []).sort((a, b) => (a.path < b.path ? -1 : 1))
  const { dockerfiles, notices } = withoutTwins(found)
  if (dockerfiles.length === 0) {
    const places = '`.github/smart-image-build.yml` nor `smart-image-build.yml`'
    const message = `there is neither a configuration (${places}) nor a Dockerfile in the repository; add a Dockerfile, or a configuration that names the images under \`services:\``
    return failed({ kind: 'config-invalid', message })
  }
  const names = namesOf(dockerfiles, options.rootName)
  const services = dockerfiles.map((dockerfile, index): Service => {
    const name = names[index] ?? ''
    const image = withRegistry({ repository: name }, registry.value)
    return {
      name,
      context: dockerfile.folder,
      file: dockerfile.path,
      image,
      tags: [],
      paths: [],
      ignore: [],
      generated: {},
      build: PLAIN_BUILD,
      trackUpstream: 'never',
      kind: 'service',
      needs: [],
      matrix: {},
    }
  })
  const failures = sameImages(services).map(({ service, earlier }): Failure => {
    const message = `\`${earlier.file}\` and \`${service.file}\` would both be named \`${service.name}\`; name them in \`.github/smart-image-build.yml\``
    return { kind: 'config-invalid', message }
  })
  return unless(failures, { services, notices })
}

function dockerfileAt(path: string): Dockerfile | undefined {
  const folders = path.split('/')
  const file = folders.pop() ?? ''
  if (OTHER_FILES.test(file) || folders.some((folder) => OTHER_FOLDERS.has(folder))) return undefined
  const match = NAMES.map((name) => name.exec(file)).find((found) => found !== null)
  if (!match) return undefined
  const variant = match[1]
  return { path, folder: folders.join('/'), ...(variant === undefined ? {} : { variant }) }
}

/** Of a Dockerfile and a Containerfile for the same image the first counts, as docker looks for it alone. */
function withoutTwins(found: readonly Dockerfile[]): { dockerfiles: Dockerfile[]; notices: Notice[] } {
  const kept = new Map<string, Dockerfile>()
  const notices: Notice[] = []
  for (const dockerfile of found.toSorted((a, b) => preference(a) - preference(b))) {
    const key = `${dockerfile.folder}\n${dockerfile.variant ?? ''}`
    const twin = kept.get(key)
    if (twin === undefined) kept.set(key, dockerfile)
    else
      notices.push({ message: `\`${dockerfile.path}\` is not built: \`${twin.path}\` is for the same image` })
  }
  return { dockerfiles: found.filter((dockerfile) => [...kept.values()].includes(dockerfile)), notices }
}

function preference({ path }: Dockerfile): number {
  const file = path.slice(path.lastIndexOf('/') + 1)
  return /container/i.test(file) ? 2 : file.includes('Dockerfile') ? 0 : 1
}

/** In the order of `dockerfiles`. Taking the whole path may meet a name that was alone before: it takes its own then. */
function namesOf(dockerfiles: readonly Dockerfile[], rootName: string): string[] {
  const whole = new Set<Dockerfile>()
  for (;;) {
    const names = dockerfiles.map((dockerfile) => nameOf(dockerfile, rootName, whole.has(dockerfile)))
    const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
    const known = whole.size
    for (const [index, dockerfile] of dockerfiles.entries())
      if (twice.has(names[index] ?? '')) whole.add(dockerfile)
    if (whole.size === known) return names
  }
}

function nameOf({ folder, variant }: Dockerfile, rootName: string, isWhole: boolean): string {
  const base = folder === '' ? rootName : isWhole ? folder : folder.slice(folder.lastIndexOf('/') + 1)
  return imageWord(variant === undefined ? base : `${base}-${variant}`)
}

/** Text as a name that a service and its image can have. */
function imageWord(text: string): string {
  const word = text.toLowerCase().replace(/[^a-z\d]+/g, (run) => (/^(?:\.|_|__|-+)$/.test(run) ? run : '-'))
  const trimmed = word.replace(/^[^a-z\d]+/, '').slice(0, LONGEST_NAME)
  return trimmed.replace(/[^a-z\d]+$/, '') || 'image'
}
