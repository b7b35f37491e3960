import { decodeDefinition } from '../../src/config/from/definition.js'
import { type Found, foundImages } from '../../src/config/from/found.js'
import { parseConfig } from '../../src/config/parse.js'
import { draftServices } from '../../src/config/resolve.js'
import type { Service } from '../../src/model/service.js'

/** A target as bake prints it. */
export type Json = Readonly<Record<string, unknown>>

export interface Read {
  readonly asked?: readonly string[]
  readonly folder?: string
  readonly project?: string
  /** What Compose calls the image of each service. */
  readonly composed?: Readonly<Record<string, string>>
}

/** The images of targets that bake prints; all of them are asked for unless `asked` says which. */
export function found(
  target: Readonly<Record<string, Json>>,
  { asked, folder = '', project, composed = {} }: Read = {},
): Found {
  const place = { file: 'compose.yaml', line: 1, column: 1 }
  const group = { default: { targets: asked ?? Object.keys(target) } }
  const definition = decodeDefinition(JSON.stringify({ group, target }), place)
  if (!definition.ok) throw new Error(JSON.stringify(definition.failures))
  return foundImages(definition.value, {
    place,
    folder,
    projectOf: () => project,
    imageOf: (name) => composed[name],
  })
}

/** The services of a configuration that takes them in; no build argument is open. */
export function services({ images }: Found, text = '{}', registry?: string): readonly Service[] {
  const config = parseConfig(text, 'images.yml', images)
  const drafts = config.ok ? draftServices(config.value, registry) : config
  if (!drafts.ok) throw new Error(drafts.failures.map(({ message }) => message).join('\n'))
  if (drafts.value.drafts.some(({ open }) => open.length > 0)) throw new Error('a variable is open')
  return drafts.value.drafts.map(({ service }) => service)
}

/** Of a single target. */
export function service(target: Json, read: Read = {}): Service {
  const [only] = services(found({ a: target }, read))
  if (only === undefined) throw new Error('no service was found')
  return only
}

export function problems({ images }: Found, text = '{}'): string[] {
  const config = parseConfig(text, 'images.yml', images)
  return config.ok ? [] : config.failures.map(({ message }) => message)
}

export const messages = ({ notices }: Found) => notices.map(({ message }) => message)
