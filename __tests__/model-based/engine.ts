import type { Promised } from './observation.js'

/** What the engine can be asked for so far. */
export type Ability = 'promote' | 'changed-since'
export const ABILITIES: ReadonlySet<Ability> = new Set<Ability>(['promote', 'changed-since'])

/** What the engine does not keep yet; an empty list is the goal. */
export const EXCUSED: ReadonlySet<Promised> = new Set<Promised>()
