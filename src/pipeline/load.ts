import { discoverServices } from '../config/discover.js'
import { fillDrafts } from '../config/resolve.js'
import { DEFINITION_FILES, definitionFiles } from '../config/from/discover.js'
import { committedFiles } from '../fingerprint/committed.js'
import { digestOf } from '../fingerprint/encode.js'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { RememberedConfig } from '../model/memo.js'
import type { Service } from '../model/service.js'
import { type ConfigFile, keyOf, textAt } from './basis.js'
import { notify, type Run } from './job.js'

/** Where the configuration is looked for when no input names it, in this order. */
export const CONFIG_PATHS = [
  ...['.github/smart-image-build.yml', '.github/smart-image-build.yaml'],
  ...['smart-image-build.yml', 'smart-image-build.yaml'],
]

export interface Loaded {
  readonly services: readonly Service[]
  /** The configuration, for the next run; absent where there is none. */
  readonly config?: RememberedConfig
  /** Whether other runs use again what pull requests built. */
  readonly reusePullRequests: boolean
  /** Stands for the services as a whole; absent where no configuration names them. */
  readonly key?: string
  /** What the services are of where there is no configuration. */
  readonly found?: string
}

/** The services of the configuration, else of bake or Compose files, else those that the repository's Dockerfiles make. */
export async function loadServices(run: Run, known: RememberedConfig | undefined): Promise<Result<Loaded>> {
  const found = await readConfig(run)
  if (!found.ok) return found
  const loaded =
    found.value === undefined ? await discovered(run, known) : await configured(run, found.value, known)
  const { push, mode } = run.request
  if (!loaded.ok || !(push || mode === 'promote')) return loaded
  const failure = withoutRegistry(loaded.value.services, found.value?.path)
  return failure === undefined ? loaded : failed(failure)
}

/** The configuration; `undefined` when there is none, and no input names one. */
export async function readConfig(run: Run): Promise<Result<ConfigFile | undefined>> {
  const { config } = run.request
  for (const path of config === undefined ? CONFIG_PATHS : [config]) {
    const text = await textAt(path, run)
    if (!text.ok) return text
    if (text.value !== undefined) return ok({ path, text: text.value })
  }
  if (config === undefined) return ok(undefined)
  const message = `configuration \`${config}\` does not exist; \`config\` is a path from the repository root`
  return failed({ kind: 'usage', message })
}

async function configured(
  run: Run,
  file: ConfigFile,
  known: RememberedConfig | undefined,
): Promise<Result<Loaded>> {
  const knownKey = known && (await keyOf(file, known.files ?? [], run))
  const isKnown = known !== undefined && known.key === knownKey
  // Loaded only then: reading YAML takes longer to load than all the rest.
  const understood = isKnown ? ok(known) : await (await import('./understand.js')).understand(file, run)
  if (!understood.ok) return understood
  for (const notice of understood.value.notices) notify(run, notice)
  const { drafts, key } = understood.value
  const services = fillDrafts(drafts, run.job.context.variables)
  if (!services.ok) return services
  const filled = services.value.filter((_, index) => drafts[index]?.open.length !== 0)
  const whole = digestOf([key, ...filled.map(({ build }) => JSON.stringify(build.buildArgs))])
  return ok({
    ...{ services: services.value, config: understood.value },
    ...(key !== '' && { key: whole }),
    reusePullRequests: understood.value.reusePullRequests,
  })
}

/** What Compose or bake files define is as good as a configuration that says no more than `from` them. */
async function discovered(run: Run, known: RememberedConfig | undefined): Promise<Result<Loaded>> {
  const defined = await definitionFile(run)
  if (!defined.ok) return defined
  const loaded = defined.value && (await configured(run, defined.value, known))
  if (loaded?.ok === false) return loaded
  if (loaded !== undefined && loaded.value.services.length > 0)
    return ok({ ...loaded.value, found: (defined.value?.found ?? []).join(', ') })
  const { git } = run.ports
  const files = run.withDisk ? await git.files() : await committedFiles(git)
  if (!files.ok) return files
  const { rootName } = run.job
  const resolved = discoverServices(files.value, { rootName, registry: run.request.registry })
  if (!resolved.ok) return resolved
  for (const notice of resolved.value.notices) notify(run, notice)
  const config = loaded?.value.config
  return ok({
    ...{ services: resolved.value.services, reusePullRequests: true, found: 'the Dockerfiles' },
    ...(config && { config }),
  })
}

/** The Compose or bake files of a repository without a configuration. */
export async function definitionFile(run: Run): Promise<Result<ConfigFile | undefined>> {
  const texts = new Map<string, string>()
  for (const path of DEFINITION_FILES) {
    const text = await textAt(path, run)
    if (!text.ok) return text
    if (text.value !== undefined) texts.set(path, text.value)
  }
  const found = definitionFiles(texts)
  const [path] = found
  return ok(path === undefined ? undefined : { path, text: JSON.stringify({ from: found }), found })
}

/** Whoever pushes must say where to: Docker would take a name without a registry for Docker Hub's. */
function withoutRegistry(services: readonly Service[], file: string | undefined): Failure | undefined {
  const homeless = services.filter((service) => service.image.registry === undefined)
  const [first] = homeless
  if (first === undefined) return undefined
  const names = homeless.map((service) => `\`${service.name}\``).join(', ')
  const where =
    file === undefined
      ? '`registry` (input or flag)'
      : `\`registry:\` in ${file}, or input or flag \`registry\``
  const message = `a push needs a registry for ${names}; set ${where}, such as \`ghcr.io/acme\``
  return { kind: 'config-invalid', message, ...(first.place && { place: first.place }) }
}
