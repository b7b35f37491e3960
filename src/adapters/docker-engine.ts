import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { Existence } from '../model/plan.js'
import type { ImageEngine } from '../ports/image-engine.js'
import { run } from './process.js'

/** The images of the Docker engine that the client of this machine talks to. */
export class DockerEngine implements ImageEngine {
  private readonly environment: NodeJS.ProcessEnv

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment
  }

  async find(references: readonly string[]): Promise<Result<ReadonlyMap<string, Existence>>> {
    const found = new Map<string, Existence>()
    if (references.length === 0) return ok(found)
    const listed = await this.#docker([
      'image',
      'ls',
      '--no-trunc',
      '--format',
      '{{.Repository}}:{{.Tag}} {{.ID}}',
    ])
    if (!listed.ok) return listed
    const digests = new Map<string, string>()
    for (const line of listed.value.split('\n')) {
      const [reference = '', digest = ''] = line.trim().split(' ')
      digests.set(reference, digest)
    }
    for (const reference of references) {
      const digest = digests.get(familiar(reference))
      found.set(reference, digest === undefined ? { kind: 'missing' } : { kind: 'exists', digest })
    }
    return ok(found)
  }

  async pull(reference: string): Promise<Result<void>> {
    const pulled = await this.#docker(['pull', '--quiet', reference])
    return pulled.ok ? ok(undefined) : pulled
  }

  async tag(source: string, targets: readonly string[]): Promise<Result<void>> {
    for (const target of targets) {
      const tagged = await this.#docker(['image', 'tag', source, target])
      if (!tagged.ok) return tagged
    }
    return ok(undefined)
  }

  async #docker(args: readonly string[]): Promise<Result<string>> {
    const end = await run('docker', args, { env: this.environment })
    if (end.kind === 'missing') return failed(noDocker())
    if (end.kind === 'exited' && end.exitCode === 0) return ok(end.stdout.toString('utf8'))
    const { stderr } = end
    if (/cannot connect to the docker daemon|is the docker daemon running|failed to connect/i.test(stderr)) {
      return failed({
        kind: 'environment-missing',
        message: `the Docker engine does not answer; start it (${stderr.trim()})`,
      })
    }
    return failed({
      kind: 'engine-failed',
      message: `docker ${args.slice(0, 2).join(' ')} failed: ${stderr.trim()}`,
    })
  }
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
