import { fullName, type Service } from '../model/service.js'
import { familiar } from './dockerfile/context-names.js'

/** The name that every reference of an image has, without its tag → name of that image of ours. */
export type OwnImages = ReadonlyMap<string, string>

/** Of one word it may be an image of Docker Hub's that is meant, and not ours. */
export function ownImages(all: readonly Service[]): OwnImages {
  const named = all.filter(({ image }) => image.registry !== undefined || image.repository.includes('/'))
  return new Map(named.map(({ name, image }) => [familiar(fullName(image)), name]))
}

/** The image of ours that a reference means; one with a digest means a fixed one, whoever built it. */
export function ownImage(reference: string, images: OwnImages): string | undefined {
  const name = familiar(reference)
  return name.includes('@') ? undefined : images.get(name.replace(/:[^/:]*$/, ''))
}
