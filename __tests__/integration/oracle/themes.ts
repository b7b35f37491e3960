import type { Mutation, Service } from '../../rig/oracle-world.js'
import { EXPAND_MUTATIONS, STAGE_MUTATIONS } from './mutations-definitions.js'
import { COPY_MUTATIONS, NAME_MUTATIONS } from './mutations-files.js'
import { LINK_MUTATIONS } from './mutations-links.js'
import { RULE_MUTATIONS } from './mutations-rules.js'
import { COPY_SERVICES, NAME_SERVICES } from './services-copy.js'
import { EXPAND_SERVICES } from './services-expand.js'
import { LINK_SERVICES } from './services-links.js'
import { RULE_SERVICES } from './services-rules.js'
import { STAGE_SERVICES } from './services-stages.js'

/** Services and what befalls their contexts. */
export interface Theme {
  readonly services: Readonly<Record<string, Service>>
  readonly mutations: readonly Mutation[]
}

/** Their contexts are apart, so the first mutation of each is judged in one go, then the second, and so on. */
export const THEMES: readonly Theme[] = [
  { services: COPY_SERVICES, mutations: COPY_MUTATIONS },
  { services: NAME_SERVICES, mutations: NAME_MUTATIONS },
  { services: LINK_SERVICES, mutations: LINK_MUTATIONS },
  { services: EXPAND_SERVICES, mutations: EXPAND_MUTATIONS },
  { services: STAGE_SERVICES, mutations: STAGE_MUTATIONS },
  { services: RULE_SERVICES, mutations: RULE_MUTATIONS },
]
