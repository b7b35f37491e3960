import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { Existence } from '../model/plan.js'
import type { ImageEngine } from '../ports/image-engine.js'
import { type ProcessEnd, run } from './process.js'

/** The images of the Docker engine that the client of this machine talks to. */
export class DockerEngine implements ImageEngine {
  private readonly environment: NodeJS.ProcessEnv

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment
  }

  async find(references: readonly string[]): Promise<Result<ReadonlyMap<string, Existence>>> {
    if (references.length === 0) return ok(new Map())
    // Listing all images would take seconds where there are hundreds.
    const format = '{{.Id}} {{json .RepoTags}}'
    const end = await run('docker', ['image', 'inspect', '--format', format, ...references], {
      env: this.environment,
    })
    if (end.kind !== 'exited' || (end.exitCode !== 0 && !isOnlyMissing(end.stderr)))
      return failed(failureOf('inspect', end))
    const digests = new Map<string, string>()
    for (const line of end.stdout.toString('utf8').split('\n').filter(Boolean)) {
      const space = line.indexOf(' ')
      for (const tag of JSON.parse(line.slice(space)) as string[]) digests.set(tag, line.slice(0, space))
    }
    const found = references.map((reference): [string, Existence] => {
      const digest = digests.get(familiar(reference))
      return [reference, digest === undefined ? { kind: 'missing' } : { kind: 'exists', digest }]
    })
    return ok(new Map(found))
  }

  async pull(reference: string): Promise<Result<void>> {
    return this.#docker(['pull', '--quiet', reference])
  }

  async tag(source: string, targets: readonly string[]): Promise<Result<void>> {
    for (const target of targets) {
      const tagged = await this.#docker(['image', 'tag', source, target])
      if (!tagged.ok) return tagged
    }
    return ok(undefined)
  }

  async remove(reference: string): Promise<Result<void>> {
    const end = await run('docker', ['image', 'rm', reference], { env: this.environment })
    const isGone = end.kind === 'exited' && (end.exitCode === 0 || isOnlyMissing(end.stderr))
    return isGone ? ok(undefined) : failed(failureOf('image rm', end))
  }

  async #docker(args: readonly string[]): Promise<Result<void>> {
    const end = await run('docker', args, { env: this.environment })
    return end.kind === 'exited' && end.exitCode === 0 ? ok(undefined) : failed(failureOf(args[0] ?? '', end))
  }
}

/** Why a call of Docker did not end well. */
export function failureOf(command: string, end: ProcessEnd): Failure {
  if (end.kind === 'missing') return noDocker()
  const stderr = end.stderr.trim()
  if (
    /(?:cannot|denied while trying to) connect to the docker|is the docker daemon running|failed to connect/i.test(
      stderr,
    )
  ) {
    return { kind: 'environment-missing', message: `the Docker engine does not answer; start it (${stderr})` }
  }
  return { kind: 'engine-failed', message: `docker ${command} failed: ${stderr}` }
}

/** `docker image inspect` ends with 1 for images that are not there, and says so of each. */
function isOnlyMissing(stderr: string): boolean {
  return stderr.split('\n').every((line) => line.trim() === '' || /No such image: /i.test(line))
}

/** Docker lists the images of Docker Hub without its address. */
function familiar(reference: string): string {
  return reference.replace(/^docker\.io\/(?:library\/)?/, '')
}

export function noDocker(): Failure {
  const message =
    'Docker is not installed or not on the PATH; install Docker with buildx (docker/setup-buildx-action, or docs.docker.com/get-docker)'
  return { kind: 'environment-missing', message }
}
