import { select } from '../config/select.js'
import { familiar } from '../fingerprint/dockerfile/context-names.js'
import { failed, type Failure, ok, type Result } from '../model/failure.js'
import { FINGERPRINT, REVISION } from '../model/labels.js'
import type { ServiceUrl } from '../model/request.js'
import { fullName, type Service } from '../model/service.js'
import type { Running, VerificationResult } from '../model/verification.js'
import { judge } from '../plan/freshness.js'
import type { Container } from '../ports/containers.js'
import { committedFingerprints } from './committed.js'
import { notify, type Run } from './job.js'
import { loadServices } from './load.js'
import { loadStored } from './stored.js'

/** Labels that Compose gives the containers of a service. */
const COMPOSE_SERVICE = 'com.docker.compose.service'

/** Compares what runs with what the commit gives. Nothing is built, and nothing is asked of a registry but upstreams. */
export async function verify(run: Run): Promise<Result<VerificationResult>> {
  const stored = await loadStored(run)
  const loaded = await loadServices(run, stored.memo.config)
  if (!loaded.ok) return loaded
  const services = requested(loaded.value.services, run)
  if (!services.ok) return services
  const known = await committedFingerprints(services.value, { run, loaded: loaded.value, stored })
  if (!known.ok) return known
  const running = await runningOf(services.value, run)
  if (!running.ok) return running
  const verifications = services.value.map(({ name }) => {
    const fingerprint = known.value.get(name)
    if (fingerprint === undefined) throw new Error(`no fingerprint of ${name}`)
    return judge(name, fingerprint.digest, running.value.get(name) ?? [])
  })
  if (verifications.every(({ state }) => state === 'not-running')) notify(run, { message: NOTHING_RUNS })
  return ok({ commit: run.ports.git.head, verifications, notices: run.notices })
}

const NOTHING_RUNS =
  'None of these services runs in this Docker: a container belongs to a service by the name of its image, or with a Compose project by the name of its Compose service'

/** Those that are asked for; with addresses that say whose they are, these alone unless others are named. */
function requested(all: readonly Service[], { request }: Run): Result<readonly Service[]> {
  const { urls = [], services } = request
  const named = urls.flatMap(({ service }) => service ?? [])
  const known = select(all, named, 'url')
  if (!known.ok) return known
  const names = services.length > 0 ? select(all, services, 'services') : known
  if (!names.ok) return names
  const chosen = all.filter(({ kind, name }) => kind === 'service' && names.value.has(name))
  const stranger = named.find((name) => chosen.every((service) => service.name !== name))
  if (stranger !== undefined)
    return failed({
      kind: 'usage',
      message: `\`url\` is of \`${stranger}\`, which is no service that is asked for`,
    })
  if (urls.length === named.length || chosen.length === 1) return ok(chosen)
  const message = '`url` does not say whose it is; name one service with `services`, or write SERVICE=ADDRESS'
  return failed({ kind: 'usage', message })
}

type RunningByService = ReadonlyMap<string, readonly Running[]>

async function runningOf(services: readonly Service[], run: Run): Promise<Result<RunningByService>> {
  const { urls = [], composeProject } = run.request
  if (urls.length > 0) return askedFor(urls, services, run)
  const containers = await run.ports.containers.running(composeProject)
  if (!containers.ok) return containers
  const isInProject = composeProject !== undefined
  if (isInProject && containers.value.length === 0) return failed(nothingIn(composeProject))
  return ok(
    new Map(
      services.map((service) => [
        service.name,
        containers.value.filter((one) => isOf(one, service, isInProject)).map(ofContainer),
      ]),
    ),
  )
}

function nothingIn(project: string): Failure {
  return { kind: 'verification-failed', message: `nothing runs in the Compose project \`${project}\`` }
}

/** Outside of a named project another project's service may have the same name, and is none of ours. */
function isOf({ image, labels }: Container, service: Service, isInProject: boolean): boolean {
  const names = [fullName(service.image), ...(service.loadAs === undefined ? [] : [service.loadAs])]
  if (names.map(repositoryOf).includes(repositoryOf(image))) return true
  // Names of services from Compose files are those of bake's targets, which have no dots.
  const composeService = labels[COMPOSE_SERVICE]
  return isInProject && [composeService, composeService?.replaceAll('.', '_')].includes(service.name)
}

/** Without tag and digest, in the form that every name of the repository has. */
function repositoryOf(reference: string): string {
  return familiar(reference.replace(/@.*$/s, '').replace(/:[^/:]*$/, ''))
}

function ofContainer({ name, labels }: Container): Running {
  return running(name, labels[FINGERPRINT], labels[REVISION])
}

/** Every address is asked; one that does not tell is a failure, as what runs there may be anything. */
async function askedFor(
  urls: readonly ServiceUrl[],
  services: readonly Service[],
  { ports }: Run,
): Promise<Result<RunningByService>> {
  const answers = await Promise.all(urls.map(({ url }) => ports.buildInfo.read(url)))
  const found = new Map<string, Running[]>()
  const failures: Failure[] = []
  for (const [index, { url, service = services[0]?.name ?? '' }] of urls.entries()) {
    const answer = answers[index]
    if (answer?.ok !== true) failures.push(...(answer?.failures ?? []))
    else {
      const { fingerprint, revision } = answer.value
      found.set(service, [...(found.get(service) ?? []), running(url, fingerprint, revision)])
    }
  }
  const [first, ...more] = failures
  return first === undefined ? ok(found) : failed(first, ...more)
}

const DIGEST = /^[0-9a-f]{64}$/

/** An empty text is what a build argument that nobody passed leaves. */
function running(where: string, fingerprint: unknown, revision: unknown): Running {
  return {
    where,
    ...(typeof fingerprint === 'string' && DIGEST.test(fingerprint) && { fingerprint }),
    ...(typeof revision === 'string' && revision !== '' && { revision }),
  }
}
