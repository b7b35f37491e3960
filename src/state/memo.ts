import type { Memo, Remembered, RememberedConfig } from '../model/memo.js'
import type { BuildOptions, Draft, Service } from '../model/service.js'
import { type Seal, seal, unseal } from './sealed.js'

const HEADER = 'smart-image-build-memo'

/** Of the form below; rises with it. */
const FORM = 1

const NOTHING: Memo = { answers: new Map() }

type Settings = Remembered['fingerprint']['settings']

/** With a thousand services most of the time goes into making objects: what many have alike is kept once. */
interface Stored {
  readonly settings: readonly Settings[]
  readonly builds: readonly BuildOptions[]
  readonly answers: readonly (readonly [question: string, answer: StoredAnswer])[]
  readonly config?: Omit<RememberedConfig, 'drafts'> & { readonly drafts: readonly StoredDraft[] }
}

interface StoredAnswer extends Omit<Remembered, 'fingerprint'> {
  readonly fingerprint: { readonly digest: string; readonly settings: number }
}

interface StoredDraft extends Pick<Draft, 'open'> {
  readonly service: Omit<Service, 'build'> & { readonly build: number }
}

/** `version`: of the software, as another one may find something else in the same files. */
export function encodeMemo({ answers, config }: Memo, version: string): string {
  const settings = new Shared<Settings>()
  const builds = new Shared<BuildOptions>()
  const stored: Stored = {
    settings: settings.values,
    builds: builds.values,
    answers: [...answers].map(([question, answer]) => {
      const { digest, settings: own } = answer.fingerprint
      return [question, { ...answer, fingerprint: { digest, settings: settings.place(own) } }]
    }),
    ...(config && {
      config: {
        ...config,
        drafts: config.drafts.map(({ service, open }) => ({
          service: { ...service, build: builds.place(service.build) },
          open,
        })),
      },
    }),
  }
  return seal(JSON.stringify(stored), sealOf(version))
}

/** A memo that cannot be read is an empty one: that costs time, and nobody needs to know. */
export function decodeMemo(text: string | undefined, version: string): Memo {
  const unsealed = text === undefined ? undefined : unseal(text, sealOf(version))
  if (unsealed === undefined || 'problem' in unsealed) return NOTHING
  // The seal tells that the very software that reads it has written it.
  const { answers, config, builds, settings } = unsealed.value as Stored
  return {
    answers: new Map(answers.map(([question, answer]) => [question, answerOf(answer, settings)])),
    ...(config && { config: { ...config, drafts: config.drafts.map((draft) => draftOf(draft, builds)) } }),
  }
}

function sealOf(version: string): Seal {
  return { header: HEADER, version: `${FORM}-${version}` }
}

function answerOf(stored: StoredAnswer, all: readonly Settings[]): Remembered {
  const { digest, settings } = stored.fingerprint
  return { ...stored, fingerprint: { digest, settings: at(all, settings) } }
}

function draftOf({ service, open }: StoredDraft, builds: readonly BuildOptions[]): Draft {
  return { service: { ...service, build: at(builds, service.build) }, open }
}

/** Values by their places, each once. */
class Shared<T> {
  readonly values: T[] = []
  readonly #places = new Map<string, number>()

  place(value: T): number {
    const text = JSON.stringify(value)
    const known = this.#places.get(text)
    if (known !== undefined) return known
    this.#places.set(text, this.values.length)
    return this.values.push(value) - 1
  }
}

function at<T>(values: readonly T[], place: number): T {
  const value = values[place]
  if (value === undefined) throw new Error('a memo names what it does not hold')
  return value
}
