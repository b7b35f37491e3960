import type { Notice } from '../model/failure.js'
import type { Fingerprint } from '../model/fingerprint.js'
import type { RunContext } from '../model/request.js'
import type { Service } from '../model/service.js'
import type { ObjectId } from '../model/snapshot.js'
import { listed } from './notices.js'

/** What tells a run from others. */
export interface RunFacts extends Pick<RunContext, 'trigger' | 'ref' | 'defaultBranch' | 'runId'> {
  /** What is checked out. */
  readonly commit: ObjectId
  /** When the run began, in milliseconds since 1970. */
  readonly startedAt: number
}

/** Names the arguments that count although they only tell which run, commit or day it is: each rebuilds for nothing. */
export function volatileArgNotices(
  services: readonly Service[],
  fingerprints: ReadonlyMap<string, Fingerprint>,
  run: RunFacts,
): readonly Notice[] {
  const tellTales = tellTalesOf(run)
  const tellers = new Map<string, Service[]>()
  for (const service of services) {
    for (const name of Object.keys(fingerprints.get(service.name)?.document.buildArgs ?? {})) {
      const value = service.build.buildArgs[name] ?? ''
      const what = tellTales.find(({ isTold }) => isTold(value))?.what
      if (what === undefined) continue
      const told = `build argument \`${name}\` is ${what}`
      tellers.set(told, [...(tellers.get(told) ?? []), service])
    }
  }
  return [...tellers].map(([told, those]) => {
    const names = listed(those.map((service) => `\`${service.name}\``))
    const message = `${names}: ${told}, so that another one rebuilds the image; if it need not, list it under \`volatile-args\``
    const place = those[0]?.place
    return { message, ...(place && { place }) }
  })
}

/** Fewer digits can be something else. */
const SHORTEST_COMMIT = 7

interface TellTale {
  readonly what: string
  readonly isTold: (value: string) => boolean
}

/** Of a branch that all images are built from, the short name alone may well be a setting that happens to be alike. */
function tellTalesOf({ commit, trigger, ref, defaultBranch, runId, startedAt }: RunFacts): TellTale[] {
  const commits = trigger.kind === 'pull-request' ? [commit, trigger.head] : [commit]
  const short = ref?.replace(/^refs\/(?:heads|tags|pull)\//, '')
  const refs = short === defaultBranch ? [ref] : [ref, short]
  const today = new Date(startedAt).toISOString().slice(0, 'YYYY-MM-DD'.length)
  const day = new RegExp(`^${today.replaceAll('-', '-?')}`)
  return [
    {
      what: 'the commit',
      isTold: (value) => value.length >= SHORTEST_COMMIT && commits.some((each) => each.startsWith(value)),
    },
    { what: 'the branch or tag', isTold: (value) => refs.includes(value) },
    { what: 'the id of the run', isTold: (value) => value === runId },
    { what: "today's date", isTold: (value) => day.test(value) },
  ]
}
