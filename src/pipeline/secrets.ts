import { normalize } from 'node:path/posix'
import { type Failure, type Result, unless } from '../model/failure.js'
import type { Outcome } from '../model/outcome.js'
import type { PlannedImage } from '../model/plan.js'
import type { Secret } from '../model/secret.js'
import type { Planned } from './plan.js'
import type { Run } from './job.js'

/**
 * What each image is given if it is built: of the secrets that it and the run name those that its Dockerfile mounts, and
 * all where that cannot be told. Fails for one that is not there and that this plan needs, before anything is built.
 */
export async function secretsFor(
  { plan, snapshot }: Planned,
  run: Run,
): Promise<Result<ReadonlyMap<string, readonly Secret[]>>> {
  const failures: Failure[] = []
  const given = new Map<string, readonly Secret[]>()
  for (const image of plan.images) {
    const { name } = image.service
    const all = secretsOf(image, run)
    const mounted = snapshot.inputs.get(name)?.secrets
    const secrets = [...all.values()].filter(({ id }) => mounted?.includes(id) !== false)
    given.set(name, secrets)
    if (image.decision.kind !== 'rebuild') continue
    failures.push(...missing(image, all), ...(await unreadable(image, secrets, run)))
    for (const secret of image.service.build.secrets) mask(secret, run)
  }
  return unless(failures, given)
}

/** By id; what the configuration says of the image counts. */
function secretsOf({ service }: PlannedImage, { request }: Run): ReadonlyMap<string, Secret> {
  return new Map([...request.secrets, ...service.build.secrets].map((secret) => [secret.id, secret]))
}

function missing({ service }: PlannedImage, given: ReadonlyMap<string, Secret>): Failure[] {
  const { name, place, build } = service
  return build.secretIds
    .filter((id) => !given.has(id))
    .map((id) => ({
      kind: 'config-invalid',
      message: `\`${name}\` needs the secret \`${id}\`, which is not given; name it in \`secrets\`, \`secret-envs\` or \`secret-files\``,
      ...(place && { place }),
    }))
}

async function unreadable(
  { service }: PlannedImage,
  secrets: readonly Secret[],
  { job, ports }: Run,
): Promise<Failure[]> {
  // Docker itself looks for files elsewhere, when it builds.
  const files = secrets.flatMap((secret) =>
    secret.kind === 'file' && !/^(?:\/|\.\.(?:\/|$))/.test(secret.path) ? [secret] : [],
  )
  const paths = files.map(({ path }) => normalize(path))
  const found = paths.length === 0 ? new Map() : await ports.git.look(paths)
  return secrets.flatMap((secret): Failure[] => {
    const what = `the secret \`${secret.id}\` of \`${service.name}\` is to come from`
    if (secret.kind === 'variable' && job.context.variables[secret.variable] === undefined)
      return [
        { kind: 'usage', message: `${what} the variable \`${secret.variable}\`, which is not set; set it` },
      ]
    const isLost = secret.kind === 'file' && files.includes(secret) && !found.has(normalize(secret.path))
    return isLost
      ? [
          {
            kind: 'usage',
            message: `${what} ${JSON.stringify(secret.path)}, which does not exist; write it before`,
          },
        ]
      : []
  })
}

/** No log shows a value from now on. */
export function mask(secret: Secret, { job, ports }: Pick<Run, 'job' | 'ports'>): void {
  const text = valueOf(secret, job.context.variables)
  if (text !== undefined && text !== '') ports.host.mask(text)
}

/**
 * What is told of a failure elsewhere than in the log, where GitHub masks secrets: in artifacts, comments and summaries it
 * does not. A secret of several lines is hidden line by line, as a build prints it.
 */
export function withoutSecrets(outcome: Outcome, run: Run): Outcome {
  if (outcome.kind !== 'failed') return outcome
  const values = [...secretsOf(outcome.image, run).values()].flatMap(
    (secret) => valueOf(secret, run.job.context.variables)?.split('\n') ?? [],
  )
  // The longest first: one may be part of another.
  const texts = values
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .sort((a, b) => b.length - a.length)
  const hidden = (text: string) => texts.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  const { failure } = outcome
  const message = hidden(failure.message)
  return {
    ...outcome,
    failure:
      failure.kind === 'build-failed'
        ? { ...failure, message, log: failure.log.map(hidden), tail: failure.tail.map(hidden) }
        : { ...failure, message },
  }
}

/** What a file holds is read by Docker alone. */
function valueOf(
  secret: Secret,
  variables: Readonly<Record<string, string | undefined>>,
): string | undefined {
  switch (secret.kind) {
    case 'value':
      return secret.value
    case 'variable':
      return variables[secret.variable]
    case 'file':
      return undefined
  }
}
