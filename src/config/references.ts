import type { Failure } from '../model/failure.js'
import { invalid } from './invalid.js'
import type { ConfiguredImage } from './parse.js'
import type { Named } from './settings.js'
import { closest } from './suggest.js'

/** A failure for each name of another image under which there is none, or one of the wrong kind. */
export function unknownImages(images: readonly ConfiguredImage[]): Failure[] {
  const all = images.map(({ name }) => name)
  const bases = images.filter(({ kind }) => kind === 'base').map(({ name }) => name)
  const services = images.filter(({ kind }) => kind === 'service').map(({ name }) => name)
  return images.flatMap(({ name, place, settings }) => {
    const contexts = [...settings.contexts.values()].flatMap((context) =>
      context.kind === 'image' ? [{ name: context.image, place }] : [],
    )
    const others = [...settings.bases.values(), ...(settings.needs ?? []), ...contexts]
    return [
      ...unknown([...settings.bases.values()], bases, 'base'),
      ...unknown(settings.stageOf ? [settings.stageOf] : [], services, 'service'),
      ...unknown([...(settings.needs ?? []), ...contexts], all, 'image'),
      ...others
        .filter((other) => other.name === name)
        .map((other) => invalid(`\`${name}\` cannot be built from itself`, other.place)),
    ]
  })
}

function unknown(named: readonly Named[], known: readonly string[], what: string): Failure[] {
  return named.flatMap(({ name, place }) => {
    if (known.includes(name)) return []
    const near = closest(name, known)
    const those = known.length === 0 ? `there is no ${what} at all` : `there are ${known.join(', ')}`
    return [invalid(`there is no ${what} \`${name}\`; ${near ? `did you mean \`${near}\`?` : those}`, place)]
  })
}
