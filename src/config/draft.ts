import type { Notice } from '../model/failure.js'
import type { BuildOptions, Draft, NamedContext, Service } from '../model/service.js'
import { type RegistryPrefix, withRegistry } from './image.js'
import { fill, type Template } from './interpolate.js'
import type { ConfiguredImage } from './parse.js'
import { joinPath } from './paths.js'
import type { BuildArg, Settings } from './settings.js'

/** What a build has when nothing is configured. */
export const PLAIN_BUILD: BuildOptions = {
  buildArgs: {},
  contexts: {},
  labels: {},
  annotations: [],
  secrets: [],
  secretIds: [],
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

export interface Surroundings {
  readonly defaults: Settings
  readonly registry: RegistryPrefix | undefined
  readonly images: readonly ConfiguredImage[]
}

/** An image with all that the configuration says of it, but the values of environment variables. */
export function draftImage(
  configured: ConfiguredImage,
  around: Surroundings,
): { readonly draft: Draft; readonly notices: readonly Notice[] } {
  const settings = settingsOf(configured, around)
  const { context, buildArgs, labels } = settings
  if (context === undefined) throw new Error(`\`${configured.name}\` has no context`)
  const args = [...buildArgs]
  const service: Service = {
    ...{ kind: configured.kind, name: configured.name, place: configured.place },
    image: withRegistry(configured.image, around.registry),
    ...(configured.loadAs !== undefined && { loadAs: configured.loadAs }),
    context,
    file: settings.file ?? joinPath(context, 'Dockerfile'),
    tags: configured.kind === 'base' ? [] : (settings.tags ?? []),
    paths: settings.paths ?? [],
    ignore: settings.ignore ?? [],
    generated: recordOf([...settings.generated]),
    ...(settings.lockfiles !== undefined && { lockfiles: settings.lockfiles }),
    needs: settings.needs?.map(({ name }) => name) ?? [],
    trackUpstream: settings.trackUpstream ?? 'never',
    ...(settings.maxAgeMs !== undefined && { maxAgeMs: settings.maxAgeMs }),
    ...(settings.health !== undefined && configured.kind === 'service' && { health: settings.health }),
    build: {
      ...PLAIN_BUILD,
      ...settings.build,
      contexts: recordOf([
        ...settings.contexts,
        ...ownContexts(configured, { settings, images: around.images }),
      ]),
      secrets: [...settings.secrets.values()],
      labels: recordOf([...labels]),
      buildArgs: recordOf(
        args.flatMap(([arg, { template }]) => {
          const filled = fill(template.parts, {})
          return isOpen(template) || !('value' in filled) ? [] : [[arg, filled.value] as const]
        }),
      ),
    },
    matrix: recordOf(configured.kind === 'base' ? [] : [...settings.matrix]),
  }
  const open = args
    .filter(([, { template }]) => isOpen(template))
    .map(([arg, { template, place }]) => ({ name: arg, parts: template.parts, place }))
  return { draft: { service, open }, notices: args.flatMap(unbracedVariables) }
}

/** With those of `defaults`, and with those of the service whose stage it is. */
function settingsOf({ settings }: ConfiguredImage, { defaults, images }: Surroundings): Settings {
  const { stageOf } = settings
  const service = stageOf && images.find(({ name }) => name === stageOf.name)
  if (service === undefined) return overlaid(defaults, settings)
  // What the service needs besides is not for its stage.
  return overlaid(overlaid(defaults, { ...service.settings, needs: [] }), settings)
}

/** Images of ours that it takes by name, and stages of its own that are images of their own. */
function ownContexts(
  { name, settings: { stageOf } }: ConfiguredImage,
  { settings, images }: { readonly settings: Settings; readonly images: readonly ConfiguredImage[] },
): (readonly [string, NamedContext])[] {
  const contexts = [...settings.bases].map(([context, base]) => [context, imageContext(base.name)] as const)
  const service = stageOf?.name ?? name
  for (const image of images) {
    // A stage is made without itself, and without those that are named after it.
    if (image.name === name) break
    const { target } = image.settings.build
    if (image.settings.stageOf?.name === service && target !== undefined)
      contexts.push([target.toLowerCase(), imageContext(image.name)])
  }
  return contexts
}

function imageContext(image: string): NamedContext {
  return { kind: 'image', image }
}

/** What the upper ones say counts; maps are merged. */
function overlaid(under: Settings, over: Settings): Settings {
  return {
    ...under,
    ...over,
    generated: new Map([...under.generated, ...over.generated]),
    contexts: new Map([...under.contexts, ...over.contexts]),
    bases: new Map([...under.bases, ...over.bases]),
    labels: new Map([...under.labels, ...over.labels]),
    buildArgs: new Map([...under.buildArgs, ...over.buildArgs]),
    secrets: new Map([...under.secrets, ...over.secrets]),
    matrix: new Map([...under.matrix, ...over.matrix]),
    build: { ...under.build, ...over.build },
  }
}

function isOpen({ parts }: Template): boolean {
  return parts.some((part) => typeof part !== 'string')
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
export function recordOf<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>
  for (const [key, value] of entries) record[key] = value
  return record
}
