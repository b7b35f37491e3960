import { parseImage } from '../config/image.js'
import { withUpstream } from '../fingerprint/compute.js'
import { type OwnImages, ownImage, ownImages } from '../fingerprint/own-images.js'
import { failed, type Failure, ok, type Result, unless, textOf } from '../model/failure.js'
import { isUpkeep } from '../model/request.js'
import type { Service } from '../model/service.js'
import type { Snapshot } from '../model/snapshot.js'
import { decodeDigests, type Digests, encodeDigests } from '../state/upstream.js'
import { notify, type Run } from './job.js'

/** Where all runs of a repository share the digests. No input `state` can be this: GitHub trims inputs. */
const SCOPE = ' upstream'

type Gathered = Pick<Snapshot, 'inputs' | 'fingerprints'>
type Fingerprints = Snapshot['fingerprints']
/** Image of others -> the services that track it; each has at least one. */
type Users = ReadonlyMap<string, readonly Service[]>

/**
 * Digests of the images of others that services track. Each is found once: in one run an image has one digest, for the
 * commit and for those that it is compared with.
 */
export class Upstream {
  readonly #run: Run
  readonly #digests: Map<string, string>
  /** What legs went by, as long as it is not recorded. */
  #handed: Digests
  #recorded: Promise<Digests> | undefined

  constructor(run: Run) {
    this.#run = run
    this.#handed = run.upstream ?? new Map()
    this.#digests = new Map(this.#handed)
  }

  /**
   * The fingerprints with the digests of all images that a requested service tracks. `services` are all that were
   * gathered: those who are not requested have a say in whether a digest is looked up.
   */
  async complete(
    gathered: Gathered,
    services: readonly Service[],
    requested: ReadonlySet<string>,
  ): Promise<Result<Fingerprints>> {
    const open = [...usersOf(services, gathered)].filter(
      ([reference, users]) => !this.#digests.has(reference) && users.some(({ name }) => requested.has(name)),
    )
    if (open.length === 0 && this.#handed.size === 0) return ok(this.known(gathered, services))
    const found = await this.#find(new Map(open))
    return found.ok ? ok(this.known(gathered, services)) : found
  }

  /** The fingerprints with the digests that this run has found already; asks nobody. */
  known({ inputs, fingerprints }: Gathered, services: readonly Service[]): Fingerprints {
    const completed = new Map(fingerprints)
    for (const { service, references } of trackedBy(services, inputs)) {
      const { name } = service
      const fingerprint = completed.get(name)
      if (fingerprint) completed.set(name, withUpstream(fingerprint, references, this.#digests))
    }
    return completed
  }

  async #find(users: Users): Promise<Result<void>> {
    const recorded = await (this.#recorded ??= loadRecorded(this.#run))
    const fresh = new Map<string, string>()
    const failures: Failure[] = []
    const search = async (reference: string, by: readonly Service[]) => {
      const before = recorded.get(reference)
      const isEnough = before !== undefined && !isLookedUp(by, this.#run)
      const answer = isEnough ? ok(before) : await digestNow(reference, this.#run)
      if (answer.ok && !isEnough) fresh.set(reference, answer.value)
      if (answer.ok) this.#digests.set(reference, answer.value)
      else if (before === undefined) failures.push(notKnown(reference, by, answer.failures))
      else {
        this.#digests.set(reference, before)
        notify(this.#run, outdated(reference, before, answer.failures))
      }
    }
    await Promise.all([...users].map(([reference, by]) => search(reference, by)))
    if (isRecording(this.#run))
      await keep(recorded, new Map([...recorded, ...this.#handed, ...fresh]), this.#run)
    this.#handed = new Map()
    return unless(failures, undefined)
  }
}

function usersOf(services: readonly Service[], { inputs }: Gathered): Users {
  const users = new Map<string, Service[]>()
  for (const { service, references } of trackedBy(services, inputs))
    for (const reference of references) users.set(reference, [...(users.get(reference) ?? []), service])
  return users
}

/** Services that track images of others, with these. */
function trackedBy(services: readonly Service[], inputs: Snapshot['inputs']) {
  const own = ownImages(services)
  return services
    .filter(({ trackUpstream }) => trackUpstream !== 'never')
    .map((service) => {
      const images = inputs.get(service.name)?.images ?? []
      return { service, references: images.filter((reference) => !isOwn(reference, service, own)) }
    })
}

function isOwn(reference: string, { name }: Service, own: OwnImages): boolean {
  return ![undefined, name].includes(ownImage(reference, own))
}

/** Whether the digest that was recorded is not good enough. A terminal has records of its own, which no schedule renews. */
function isLookedUp(users: readonly Service[], { job: { context } }: Run): boolean {
  const isOwn = context.trigger.kind === 'terminal'
  return isOwn || isUpkeep(context) || users.some(({ trackUpstream }) => trackUpstream === 'always')
}

/** Other branches go by what the default branch recorded, and a plan changes nothing. */
function isRecording({ request, job: { context } }: Run): boolean {
  const { trigger, ref, defaultBranch } = context
  // A leg leaves that to the job that collects all of them.
  const { mode, shard } = request
  if (mode !== 'collect' && (mode !== 'build' || shard !== undefined)) return false
  if (trigger.kind === 'terminal' || isUpkeep(context)) return true
  // A `pull_request_target` has the default branch as its ref.
  const isOnDefault = defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`
  return isOnDefault && trigger.kind !== 'pull-request'
}

async function digestNow(reference: string, { request, ports }: Run): Promise<Result<string>> {
  const tagAt =
    reference.lastIndexOf(':') > reference.lastIndexOf('/') ? reference.lastIndexOf(':') : undefined
  const image = parseImage(reference.slice(0, tagAt))
  if ('problem' in image) return unanswered(image.problem)
  if (request.localOnly) return unanswered('no registry may be asked')
  const tag = tagAt === undefined ? 'latest' : reference.slice(tagAt + 1)
  const found = await ports.registry.find(image.value, tag)
  if (!found.ok) return found
  switch (found.value.kind) {
    case 'exists':
      return ok(found.value.digest)
    case 'missing':
      return unanswered('its registry has no such image')
    case 'unknown':
      return unanswered(found.value.problem)
  }
}

function unanswered(message: string): Result<never> {
  return failed({ kind: 'registry-failed', message })
}

function notKnown(reference: string, users: readonly Service[], why: readonly Failure[]): Failure {
  const names = users.map(({ name }) => `\`${name}\``).join(', ')
  const message = `the digest of \`${reference}\`, which ${names} cannot be compared without, is not known, nor is one recorded: ${textOf(why)}; correct the name, log in to its registry or run again when that answers, or set \`track-upstream: false\``
  return { kind: 'registry-failed', message }
}

function outdated(reference: string, digest: string, why: readonly Failure[]): { readonly message: string } {
  return { message: `\`${reference}\` counts as it was recorded last, as ${digest}: ${textOf(why)}` }
}

/** What cannot be read is not recorded: that costs questions, and the notice says so. */
async function loadRecorded(run: Run): Promise<Digests> {
  const stored = await run.ports.store.load(SCOPE)
  if (stored.kind === 'none') return new Map()
  const decoded = stored.kind === 'found' ? decodeDigests(stored.text) : stored
  if ('digests' in decoded) return decoded.digests
  notify(run, { message: `Recorded digests of images of others are not used: ${decoded.problem}` })
  return new Map()
}

async function keep(before: Digests, now: Digests, run: Run): Promise<void> {
  const text = encodeDigests(now)
  if (text === encodeDigests(before)) return
  const problem = await run.ports.store.save(SCOPE, text)
  if (problem === undefined) return
  notify(run, { message: `The digests of images of others could not be recorded: ${problem}` })
}
