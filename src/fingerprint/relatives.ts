import type { Need } from '../model/memo.js'
import type { Service } from '../model/service.js'
import { ownImage, type OwnImages, ownImages } from './own-images.js'
import type { StandIns } from './inputs.js'
import { type Inspection, inspect, type Surroundings } from './inspect.js'
import { type Recipe, recipeOf, textPaths } from './recipe.js'
import { type Dependant, standInsOf } from './stand-ins.js'
import { readTexts } from './texts.js'

/** What others have to do with the bases among some images. */
export interface Relatives {
  readonly standIns: StandIns
  /** Base → what that rests on, besides the base itself. */
  readonly needs: ReadonlyMap<string, readonly Need[]>
}

const NONE: Relatives = { standIns: new Map(), needs: new Map() }

/** Looks for what starts from each base that has lockfiles; `all` are the images of the configuration. */
export async function relativesOf(
  inspections: ReadonlyMap<string, Inspection>,
  all: readonly Service[],
  surroundings: Surroundings,
): Promise<Relatives> {
  const bases = all.filter(({ name, lockfiles }) => lockfiles !== undefined && inspections.has(name))
  if (bases.length === 0) return NONE
  const { git, view, platform } = surroundings
  const { texts, needs } = await readTexts(all.flatMap(textPaths), view, git)
  const images = ownImages(all)
  const recipes = all.map((service) => ({ service, recipe: recipeOf(service, texts, [platform]) }))
  const standIns = new Map<string, readonly string[]>()
  for (const base of bases) {
    // What cannot be built starts from nothing; where that matters it is reported.
    const users = recipes.flatMap(({ service, recipe }) => {
      const names = recipe.ok ? namesOf(base, { service, recipe: recipe.value, images }) : new Set<string>()
      return names.size > 0 ? [{ service, names }] : []
    })
    const lacking = users.flatMap(({ service }) => (inspections.has(service.name) ? [] : [service]))
    const found = await inspect(lacking, surroundings)
    const dependants = users.flatMap(({ service, names }): Dependant[] => {
      const result = found.get(service.name)
      const inspection = inspections.get(service.name) ?? (result?.ok ? result.value : undefined)
      return inspection ? [{ service, names, inspection }] : []
    })
    const inspection = inspections.get(base.name)
    if (inspection) standIns.set(base.name, standInsOf({ service: base, inspection }, dependants))
  }
  const rested = [...needs.values()].flat()
  return { standIns, needs: new Map(bases.map(({ name }) => [name, rested])) }
}

interface Named {
  readonly service: Service
  readonly recipe: Recipe
  readonly images: OwnImages
}

/** How a Dockerfile says a base: build contexts, and images as BuildKit shortens their names. */
function namesOf(base: Service, { service, recipe, images }: Named): ReadonlySet<string> {
  const contexts = Object.entries(service.build.contexts).flatMap(([name, context]) =>
    context.kind === 'image' && context.image === base.name ? [name] : [],
  )
  const addresses = recipe.images.filter((name) => ownImage(name, images) === base.name)
  return new Set([...contexts, ...addresses])
}
