import { failed, ok, unless, type Failure, type Notice, type Result } from '../model/failure.js'
import { type BuildOptions, fullName, type Service } from '../model/service.js'
import { invalid } from './document.js'
import { parseRegistry, type RegistryPrefix, withRegistry } from './image.js'
import { type Filled, fill } from './interpolate.js'
import type { Config, ConfiguredService } from './parse.js'
import type { BuildArg, Settings } from './settings.js'

export interface ResolveOptions {
  /** The input or flag `registry`, which takes the place of the configuration's. */
  readonly registry?: string | undefined
  /** Environment variables for build arguments. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

export interface ResolvedServices {
  /** In the order of the configuration, without two of one image. */
  readonly services: readonly Service[]
  readonly notices: readonly Notice[]
}

/** What a build has when nothing is configured. */
export const PLAIN_BUILD: BuildOptions = {
  buildArgs: {},
  labels: {},
  annotations: [],
  ssh: [],
  attests: [],
  addHosts: [],
  ulimit: [],
  allow: [],
  noCache: false,
  noCacheFilters: [],
  cacheFrom: [],
  cacheTo: [],
}

/**
 * The services with `defaults`, environment variables and the registry put in. Failures: `config-invalid` for two
 * services with one image and for variables that are missing, `usage` for a registry option that cannot be understood.
 */
export function resolveConfig(config: Config, options: ResolveOptions): Result<ResolvedServices> {
  const registry = registryOf(options.registry, config.registry)
  if (!registry.ok) return registry
  const resolved = config.services.map((service) =>
    resolveService(service, {
      defaults: config.defaults,
      registry: registry.value,
      variables: options.variables,
    }),
  )
  const services = resolved.map(({ service }) => service)
  const failures = distinct([
    ...resolved.flatMap(({ failures }) => failures),
    ...duplicateImages(config.services, services),
  ])
  return unless(failures, { services, notices: distinct(resolved.flatMap(({ notices }) => notices)) })
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
    const image = fullName(service.image)
    const earlier = owners.get(image)
    if (earlier === undefined) owners.set(image, service)
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
  readonly variables: ResolveOptions['variables']
}

interface Resolved {
  readonly service: Service
  readonly failures: readonly Failure[]
  readonly notices: readonly Notice[]
}

function resolveService(
  configured: ConfiguredService,
  { defaults, registry, variables }: Surroundings,
): Resolved {
  const { name, place, context, file, settings } = configured
  const args = [...new Map([...defaults.buildArgs, ...settings.buildArgs])].map(
    ([arg, { template, place }]) => {
      return { name: arg, place, template, filled: fill(template, variables) }
    },
  )
  const service: Service = {
    name,
    context,
    file,
    image: withRegistry(configured.image, registry),
    tags: settings.tags ?? defaults.tags ?? [],
    build: {
      ...PLAIN_BUILD,
      ...defaults.build,
      ...settings.build,
      labels: recordOf([...defaults.labels, ...settings.labels]),
      buildArgs: recordOf(
        args.flatMap(({ name, filled }) => ('value' in filled ? [[name, filled.value]] : [])),
      ),
    },
    matrix: recordOf([...defaults.matrix, ...settings.matrix]),
    place,
  }
  return { service, failures: args.flatMap(missingVariables), notices: args.flatMap(unbracedVariables) }
}

interface FilledArg extends BuildArg {
  readonly name: string
  readonly filled: Filled
}

function missingVariables({ name, place, filled }: FilledArg): Failure[] {
  if ('value' in filled) return []
  return filled.missing.map((variable) => {
    const problem = `needs the environment variable \`${variable}\`, which is not set`
    return invalid(
      `build argument \`${name}\` ${problem}; set it, or write \`\${${variable}:-default}\``,
      place,
    )
  })
}

function unbracedVariables({ name, place, template }: FilledArg): Notice[] {
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
