import { failed, ok, unless, type Failure, type Notice, type Result } from '../model/failure.js'
import { type Draft, fullName, type OpenArgument, type Service } from '../model/service.js'
import { invalid } from './invalid.js'
import { draftImage, recordOf } from './draft.js'
import { familiarName, parseRegistry, type RegistryPrefix } from './image.js'
import { fill } from './interpolate.js'
import type { Config, ConfiguredImage } from './parse.js'
import { unknownImages } from './references.js'

export interface ResolvedServices {
  /** In the order of the configuration, without two of one image. */
  readonly services: readonly Service[]
  readonly notices: readonly Notice[]
}

/** Drafts in the order of the configuration, without two of one image. */
export interface Drafts {
  readonly drafts: readonly Draft[]
  /** Whether other runs may take images that pull requests built. */
  readonly reusePullRequests: boolean
  readonly notices: readonly Notice[]
}

/**
 * The images with `defaults` and the registry put in. Failures: `config-invalid` for two images of one name in the
 * registry and for names of others that are not there, `usage` for a registry option that cannot be understood.
 */
export function draftServices(config: Config, registryOption: string | undefined): Result<Drafts> {
  const registry = registryOf(registryOption, config.registry)
  if (!registry.ok) return registry
  const unknown = unknownImages(config.images)
  if (unknown.length > 0) return unless(unknown, { drafts: [], reusePullRequests: true, notices: [] })
  const around = { defaults: config.defaults, registry: registry.value, images: config.images }
  const drafted = config.images.map((image) => draftImage(image, around))
  const drafts = drafted.map(({ draft }) => draft)
  const failures = duplicateImages(
    config.images,
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

function duplicateImages(configured: readonly ConfiguredImage[], services: readonly Service[]): Failure[] {
  const places = new Map(services.map((service, index) => [service, configured[index]?.place]))
  return sameImages(services).flatMap(({ service, earlier }) => {
    const [place, first] = [places.get(service), places.get(earlier)]
    if (place === undefined || first === undefined) return []
    const where = `${first.file}:${first.line}:${first.column}`
    const message = `duplicate images: \`${service.name}\` and \`${earlier.name}\` (${where}) are both \`${fullName(service.image)}\`; give one of them another \`image\``
    return [invalid(message, place)]
  })
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

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}
