import { failed, ok, unless, type Failure, type Notice, type Result } from '../model/failure.js'
import { type BuildOptions, type Draft, fullName, type OpenArgument, type Service } from '../model/service.js'
import { invalid } from './invalid.js'
import { familiarName, parseRegistry, type RegistryPrefix, withRegistry } from './image.js'
import { fill, type Template } from './interpolate.js'
import type { Config, ConfiguredService } from './parse.js'
import type { BuildArg, Settings } from './settings.js'

export interface ResolvedServices {
  /** In the order of the configuration, without two of one image. */
  readonly services: readonly Service[]
  readonly notices: readonly Notice[]
}

/** What a build has when nothing is configured. */
export const PLAIN_BUILD: BuildOptions = {
  buildArgs: {},
  contexts: {},
  labels: {},
  annotations: [],
  ssh: [],
  attests: [],
  addHosts: [],
  ulimit: [],
  allow: [],
  volatileArgs: [],
  noCache: false,
  noCacheFilters: [],
  cacheFrom: [],
  cacheTo: [],
}

/** Drafts in the order of the configuration, without two of one image. */
export interface Drafts {
  readonly drafts: readonly Draft[]
  /** Whether other runs may take images that pull requests built. */
  readonly reusePullRequests: boolean
  readonly notices: readonly Notice[]
}

/**
 * The services with `defaults` and the registry put in. Failures: `config-invalid` for two services with one image,
 * `usage` for a registry option that cannot be understood.
 */
export function draftServices(config: Config, registryOption: string | undefined): Result<Drafts> {
  const registry = registryOf(registryOption, config.registry)
  if (!registry.ok) return registry
  const around = { defaults: config.defaults, registry: registry.value }
  const drafted = config.services.map((service) => draftService(service, around))
  const drafts = drafted.map(({ draft }) => draft)
  const failures = duplicateImages(
    config.services,
    drafts.map(({ service }) => service),
  )
  const { reusePullRequests } = config
  const notices = distinct(drafted.flatMap(({ notices }) => notices))
  return unless(failures, { drafts, reusePullRequests, notices })
}

/** The services with environment variables put in; `config-invalid` for each that is missing. */
export function fillDrafts(
  drafts: readonly Draft[],
  variables: Readonly<Record<string, string | undefined>>,
): Result<readonly Service[]> {
  const failures: Failure[] = []
  const services = drafts.map(({ service, open }) => {
    if (open.length === 0) return service
    const buildArgs = new Map(Object.entries(service.build.buildArgs))
    for (const argument of open) {
      const filled = fill(argument.parts, variables)
      if ('value' in filled) buildArgs.set(argument.name, filled.value)
      else failures.push(...missingVariables(argument, filled.missing))
    }
    return { ...service, build: { ...service.build, buildArgs: recordOf([...buildArgs]) } }
  })
  return unless(distinct(failures), services)
}

/** The registry that counts: the option when it is given and not empty, else what is configured. */
export function registryOf(
  option: string | undefined,
  configured: RegistryPrefix | undefined,
): Result<RegistryPrefix | undefined> {
  if (option === undefined || option === '') return ok(configured)
  const checked = parseRegistry(option)
  return 'value' in checked
    ? ok(checked.value)
    : failed({ kind: 'usage', message: `\`registry\`: ${checked.problem}` })
}

/** Each service whose image an earlier one has already, with that one. */
export function sameImages(services: readonly Service[]): { service: Service; earlier: Service }[] {
  const owners = new Map<string, Service>()
  return services.flatMap((service) => {
    const name = familiarName(service.image)
    const earlier = owners.get(name)
    if (earlier === undefined) owners.set(name, service)
    return earlier === undefined ? [] : [{ service, earlier }]
  })
}

function duplicateImages(configured: readonly ConfiguredService[], services: readonly Service[]): Failure[] {
  const places = new Map(services.map((service, index) => [service, configured[index]?.place]))
  return sameImages(services).flatMap(({ service, earlier }) => {
    const [place, first] = [places.get(service), places.get(earlier)]
    if (place === undefined || first === undefined) return []
    const where = `${first.file}:${first.line}:${first.column}`
    const message = `duplicate images: \`${service.name}\` and \`${earlier.name}\` (${where}) are both \`${fullName(service.image)}\`; give one of them another \`image\``
    return [invalid(message, place)]
  })
}

interface Surroundings {
  readonly defaults: Settings
  readonly registry: RegistryPrefix | undefined
}

function draftService(
  configured: ConfiguredService,
  { defaults, registry }: Surroundings,
): { readonly draft: Draft; readonly notices: readonly Notice[] } {
  const { name, place, context, file, settings } = configured
  const args = [...new Map([...defaults.buildArgs, ...settings.buildArgs])]
  const maxAgeMs = settings.maxAgeMs ?? defaults.maxAgeMs
  const service: Service = {
    name,
    context,
    file,
    image: withRegistry(configured.image, registry),
    tags: settings.tags ?? defaults.tags ?? [],
    paths: settings.paths ?? defaults.paths ?? [],
    ignore: settings.ignore ?? defaults.ignore ?? [],
    generated: recordOf([...defaults.generated, ...settings.generated]),
    build: {
      ...PLAIN_BUILD,
      ...defaults.build,
      ...settings.build,
      contexts: recordOf([...defaults.contexts, ...settings.contexts]),
      labels: recordOf([...defaults.labels, ...settings.labels]),
      buildArgs: recordOf(
        args.flatMap(([arg, { template }]) => {
          const filled = fill(template.parts, {})
          return isOpen(template) || !('value' in filled) ? [] : [[arg, filled.value] as const]
        }),
      ),
    },
    trackUpstream: settings.trackUpstream ?? defaults.trackUpstream ?? 'never',
    ...(maxAgeMs !== undefined && { maxAgeMs }),
    matrix: recordOf([...defaults.matrix, ...settings.matrix]),
    place,
  }
  const open = args
    .filter(([, { template }]) => isOpen(template))
    .map(([arg, { template, place }]) => ({ name: arg, parts: template.parts, place }))
  return { draft: { service, open }, notices: args.flatMap(unbracedVariables) }
}

function isOpen({ parts }: Template): boolean {
  return parts.some((part) => typeof part !== 'string')
}

function missingVariables({ name, place }: OpenArgument, missing: readonly string[]): Failure[] {
  return missing.map((variable) => {
    const problem = `needs the environment variable \`${variable}\`, which is not set`
    return invalid(
      `build argument \`${name}\` ${problem}; set it, or write \`\${${variable}:-default}\``,
      place,
    )
  })
}

function unbracedVariables([name, { template, place }]: readonly [string, BuildArg]): Notice[] {
  return template.unbraced.map((variable) => {
    const mend = `write \`\${${variable}}\` for the variable, or \`$$${variable}\` to say so`
    return {
      message: `build argument \`${name}\` holds \`$${variable}\`, which is passed as it stands; ${mend}`,
      place,
    }
  })
}

/** Without a prototype, so that a key `__proto__` is a key like any other; later entries win. */
function recordOf<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>
  for (const [key, value] of entries) record[key] = value
  return record
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}
