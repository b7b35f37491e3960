import type { Notice, Place } from '../../model/failure.js'
import type { Definition, Target } from './definition.js'
import { type FoundImage, isAddress, targetOf, writtenOf } from './image.js'

export interface Found {
  readonly images: readonly FoundImage[]
  readonly notices: readonly Notice[]
}

export interface Origin {
  readonly place: Place
  /** Folder that paths are relative to; `''` is the root. */
  readonly folder: string
  /** Name of the project that a target is a service of; `undefined` for a bake file's. */
  readonly projectOf: (target: string) => string | undefined
  /** Name under which that project looks for its image; `printed`: the tag that bake gives it. */
  readonly imageOf: (target: string, printed: string | undefined) => string | undefined
}

type Targets = ReadonlyMap<string, Target>

/**
 * The images of what bake has printed. A target that nobody asked for, but that another one takes as a build context, is
 * an image as well. Names and values are checked where a configuration's own are.
 */
export function foundImages({ targets, asked }: Definition, origin: Origin): Found {
  const linked = new Set([...targets.values()].flatMap(linksOf))
  // By convention a name with `_` in front is for others to inherit from (buildx, `bake --list`).
  const wanted = [...targets].filter(([name]) => linked.has(name) || !name.startsWith('_'))
  const [remote, local] = parted(
    wanted,
    ([, { context }]) => isAddress(context) || targetOf(context) !== undefined,
  )
  const names = new Map(local.map(([name, target]) => [name, imageName(name, target, origin)]))
  const twins = twinsOf(local)
  const shared = sharedNames(
    local.filter(([name]) => !twins.has(name)),
    names,
  )
  const nameOf = (name: string) => twins.get(name) ?? name
  const images = local.flatMap(([name, target]): FoundImage[] => {
    if (twins.has(name)) return []
    const repository = names.get(name) ?? name
    const image = shared.has(name) ? `${repository}-${name}` : repository
    const isService = asked.has(name) || target.tags.length > 0
    const composeImage = origin.imageOf(name, target.tags[0])
    const loadAs = composeImage === undefined ? undefined : taggedName(composeImage)
    return [
      {
        ...{ kind: isService ? 'service' : 'base', name, place: origin.place },
        ...(loadAs !== undefined && { loadAs }),
        written: writtenOf(target, { image, folder: origin.folder, nameOf }),
        isInline: target['dockerfile-inline'] !== undefined,
      },
    ]
  })
  const messages = [
    ...(images.length === 0 ? ['there is no image to build in it'] : []),
    ...remote.map(
      ([name, { context }]) =>
        `\`${name}\` is left out: it is built from ${context}, no folder of this repository`,
    ),
    ...[...twins].map(
      ([name, first]) => `\`${name}\` is not built apart: it is the same image as \`${first}\``,
    ),
    ...sharedMessages(shared, names),
    ...unusedMessages(new Map(local), origin),
  ]
  const notices = messages.map((message) => ({ message, place: origin.place }))
  return { images, notices }
}

function linksOf({ contexts }: Target): string[] {
  return Object.values(contexts).flatMap((source) => targetOf(source) ?? [])
}

/** Its first tag without the tag itself, else the name that Compose or bake would give it. */
function imageName(name: string, { tags: [tag] }: Target, { projectOf }: Origin): string {
  if (tag !== undefined) return tag.replace(/@.*$/s, '').replace(/:[^/]*$/, '')
  const project = projectOf(name)
  return project === undefined ? name : `${project}-${name}`
}

/** With its tag; `undefined` for a digest and for what else no engine takes as a name. */
function taggedName(image: string): string | undefined {
  const tagged = /:[^/]*$/.test(image) ? image : `${image}:latest`
  return /^[^A-Z@]+:[A-Za-z\d_][A-Za-z\d._-]{0,127}$/.test(tagged) ? tagged : undefined
}

/** Name → name of an earlier one that is built alike, under the same tag: Compose has one image for several services. */
function twinsOf(targets: readonly (readonly [string, Target])[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  const twins = new Map<string, string>()
  for (const [name, target] of targets) {
    if (target.tags.length === 0) continue
    const text = JSON.stringify(target)
    const earlier = first.get(text)
    if (earlier === undefined) first.set(text, name)
    else twins.set(name, earlier)
  }
  return twins
}

/** Those whose tags are in one repository, but are others: fingerprints would push each other's tags there. */
function sharedNames(
  targets: readonly (readonly [string, Target])[],
  names: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const repositories = new Map<string, Set<string>>()
  for (const [
    name,
    {
      tags: [tag],
    },
  ] of targets) {
    if (tag === undefined) continue
    const repository = names.get(name) ?? ''
    repositories.set(repository, (repositories.get(repository) ?? new Set()).add(tag))
  }
  const isShared = (name: string) => (repositories.get(names.get(name) ?? '')?.size ?? 0) > 1
  return new Set(targets.flatMap(([name, { tags }]) => (tags.length > 0 && isShared(name) ? [name] : [])))
}

function sharedMessages(shared: ReadonlySet<string>, names: ReadonlyMap<string, string>): string[] {
  const repositories = new Set([...shared].map((name) => names.get(name) ?? ''))
  return [...repositories].map((repository) => {
    const members = [...shared].filter((name) => names.get(name) === repository)
    const mend = `each gets its own, such as \`${repository}-${members[0] ?? ''}\`; \`image\` under \`services:\` names another`
    return `${listed(members)} are told apart in \`${repository}\` by their tags alone: ${mend}`
  })
}

/** Keys that have no meaning here, with those that have them. */
function unusedMessages(targets: Targets, { projectOf }: Origin): string[] {
  const unused: Readonly<Record<string, (target: Target, name: string) => boolean>> = {
    tags: ({ tags }, name) => projectOf(name) === undefined && tags.some((tag) => /:[^/]*$/.test(tag)),
    'cache-from': (target) => target['cache-from'].length > 0,
    'cache-to': (target) => target['cache-to'].length > 0,
    // What is only a build context of others has `cacheonly` from bake itself.
    output: ({ output }) => output.some((one) => !JSON.stringify(one).includes('cacheonly')),
    pull: ({ pull }) => pull,
    call: ({ call = 'build' }) => call !== 'build',
  }
  const said = Object.entries(unused).flatMap(([key, isUnused]) => {
    const having = [...targets].flatMap(([name, target]) => (isUnused(target, name) ? [name] : []))
    return having.length === 0 ? [] : [`\`${key}\` of ${listed(having)}`]
  })
  if (said.length === 0) return []
  return [
    `${said.join(', ')}: not used, as tags, caches and outputs come from this run's inputs and configuration`,
  ]
}

const SHOWN = 3

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``)
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

function parted<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}
