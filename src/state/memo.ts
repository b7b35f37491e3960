import type { Answers, Memo, Remembered, RememberedConfig } from '../model/memo.js'
import type { BuildOptions, Draft, Service } from '../model/service.js'
import { type Seal, seal, unseal } from './sealed.js'

const HEADER = 'smart-image-build-memo'

/** Of the form below; rises with it. */
const FORM = 4

const NOTHING: Memo = { answers: new Map() }

type Settings = Remembered['fingerprint']['settings']

/** With a thousand services most of the time goes into making objects: what many have alike is kept once. */
interface StoredAnswers {
  readonly settings: readonly Settings[]
  readonly answers: readonly (readonly [question: string, answer: StoredAnswer])[]
}

interface StoredAnswer extends Omit<Remembered, 'fingerprint'> {
  readonly fingerprint: { readonly digest: string; readonly settings: number }
}

/** What every run looks at. */
interface StoredHead extends Pick<Memo, 'whole'> {
  readonly builds: readonly BuildOptions[]
  readonly config?: Omit<RememberedConfig, 'drafts'> & { readonly drafts: readonly StoredDraft[] }
}

interface StoredDraft extends Pick<Draft, 'open'> {
  readonly service: Omit<Service, 'build'> & { readonly build: number }
}

/**
 * Two sealed texts, one after the other: that of the answers is large and often not needed. `version`: of the software,
 * as another one may find something else in the same files.
 */
export function encodeMemo({ answers, config, whole }: Memo, version: string): string {
  const settings = new Shared<Settings>()
  const builds = new Shared<BuildOptions>()
  const storedAnswers: StoredAnswers = {
    settings: settings.values,
    answers: [...answers].map(([question, answer]) => {
      const { digest, settings: own } = answer.fingerprint
      return [question, { ...answer, fingerprint: { digest, settings: settings.place(own) } }]
    }),
  }
  const head: StoredHead = {
    builds: builds.values,
    ...(whole && { whole }),
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
  return [head, storedAnswers].map((part) => seal(JSON.stringify(part), sealOf(version))).join('\n')
}

/** A memo that cannot be read is an empty one: that costs time, and nobody needs to know. */
export function decodeMemo(text: string | undefined, version: string): Memo {
  const { first, rest } = parts(text ?? '')
  const unsealed = unseal(first, sealOf(version))
  if ('problem' in unsealed) return NOTHING
  // The seal tells that the very software that reads it has written it.
  const { config, builds, whole } = unsealed.value as StoredHead
  let answers: Answers | undefined
  return {
    get answers() {
      return (answers ??= decodeAnswers(rest, version))
    },
    ...(config && { config: { ...config, drafts: config.drafts.map((draft) => draftOf(draft, builds)) } }),
    ...(whole && { whole }),
  }
}

/** A sealed text has two lines. */
function parts(text: string): { readonly first: string; readonly rest: string } {
  const end = text.indexOf('\n', text.indexOf('\n') + 1)
  return end === -1 ? { first: text, rest: '' } : { first: text.slice(0, end), rest: text.slice(end + 1) }
}

function decodeAnswers(text: string, version: string): Answers {
  const unsealed = unseal(text, sealOf(version))
  if ('problem' in unsealed) return NOTHING.answers
  const { answers, settings } = unsealed.value as StoredAnswers
  return new Map(answers.map(([question, answer]) => [question, answerOf(answer, settings)]))
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
