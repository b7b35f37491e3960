import { fullName, type Service } from '../model/service.js'
import { familiar } from './dockerfile/context-names.js'

/** The name that every reference of an image has, without its tag → name of that image of ours. */
export type OwnImages = ReadonlyMap<string, string>

export function ownImages(all: readonly Service[]): OwnImages {
  return new Map(all.map(({ name, image }) => [familiar(fullName(image)), name]))
}

/**
 * The image of ours that a reference means; one with a digest means a fixed one, whoever built it. A single word with a tag
 * is an image of Docker Hub's; without one Docker takes what it has under that name, which is ours once it is built.
 */
export function ownImage(reference: string, images: OwnImages): string | undefined {
  const name = familiar(reference)
  const repository = name.replace(/:[^/:]*$/, '')
  const isTold = repository.includes('/') || repository === name
  return name.includes('@') || !isTold ? undefined : images.get(repository)
}
