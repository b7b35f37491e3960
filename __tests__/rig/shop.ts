import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CacheService, startCacheService } from './cache-service.js'
import { type ActionResult, type PhaseOptions, runPhases, type WorkflowEvent } from './run-action.js'
import { TempRepository } from './temp-repository.js'

const project = join(import.meta.dirname, '../..')

export const MAIN = join(project, 'dist/main/index.js')
export const POST = join(project, 'dist/post/index.js')
export const CLI = join(project, 'dist/cli/index.js')
export const SHOP = join(project, 'examples/shop')

export const SHOP_SERVICES = [
  ...['backend', 'backend-migrations', 'auth-handler', 'store-deployer', 'template-registry'],
]

export const NO_COMMIT = '0'.repeat(40)

/** Where tests push to; set by `npm test`. */
export function testRegistry(): string {
  const registry = process.env['SMART_IMAGE_BUILD_TEST_REGISTRY']
  if (registry === undefined) throw new Error('these tests need an engine and a registry: run `npm test`')
  return registry
}

export interface PushOptions extends Partial<
  Pick<PhaseOptions, 'inputs' | 'env' | 'signalAfter' | 'nodeBinary' | 'between'>
> {
  /** Commit before the push; the one of the last push unless said otherwise. */
  readonly before?: string
  readonly ref?: string
  readonly runId?: string
  readonly runAttempt?: number
  /** Checkout to run in, other than the repository itself. */
  readonly folder?: string
  readonly event?: WorkflowEvent
}

/** One run of the action: what its main and its post step did. */
export interface ShopRun {
  readonly main: ActionResult
  readonly post: ActionResult
  /** Names in the output `rebuilt`, sorted. */
  readonly rebuilt: readonly string[]
  readonly reused: readonly string[]
  readonly failed: readonly string[]
  readonly matrix: readonly { readonly service: string; readonly action: string; readonly digest?: string }[]
  /** Command lines that Docker was called with, a bake's with its definition. */
  readonly docker: readonly string[]
}

/**
 * The example shop as a repository of its own, whose commits are pushed as events: real dist, engine and registry, and
 * a stand-in for the Actions cache service. Every shop pushes to repositories that nobody else uses.
 */
export class Shop {
  readonly repository: TempRepository
  readonly cache: CacheService
  readonly registry: string
  /** Registry prefix of this shop's images. */
  readonly prefix: string
  readonly #tools: string
  #before = NO_COMMIT
  #runs = 0

  private constructor(parts: {
    repository: TempRepository
    cache: CacheService
    tools: string
    registry: string
  }) {
    this.repository = parts.repository
    this.cache = parts.cache
    this.#tools = parts.tools
    this.registry = parts.registry
    this.prefix = `${this.registry}/shop-${randomBytes(6).toString('hex')}`
  }

  /** `from: 'nothing'`: an empty repository without a commit in place of the example. */
  static async open(from: 'example' | 'nothing' = 'example'): Promise<Shop> {
    const registry = testRegistry()
    const repository = await TempRepository.create()
    if (from === 'example') await repository.copyFrom(SHOP)
    const tools = await mkdtemp(join(tmpdir(), 'shop-tools-'))
    const shop = new Shop({ repository, cache: await startCacheService(), tools, registry })
    await shop.#logDocker()
    return shop
  }

  async close(): Promise<void> {
    await this.cache.close()
    await this.repository.dispose()
    await rm(this.#tools, { recursive: true, force: true })
  }

  /** Appends a line to a file, commits and returns the commit. */
  async touch(...files: readonly string[]): Promise<string> {
    for (const file of files) {
      const text = await readFile(join(this.repository.folder, file), 'utf8')
      const word = randomBytes(4).toString('hex')
      // A comment in a Dockerfile is no change.
      const line = file.endsWith('Dockerfile') ? `LABEL touched=${word}` : `# ${word}`
      await this.repository.write(file, `${text}\n${line}\n`)
    }
    return this.repository.commit(`Touch ${files.join(', ')}`)
  }

  /** Runs the action as GitHub would for a push of what is checked out. */
  async push(options: PushOptions = {}): Promise<ShopRun> {
    const folder = options.folder ?? this.repository.folder
    const sha = await this.repository.git('-C', folder, 'rev-parse', 'HEAD')
    const ref = options.ref ?? 'refs/heads/main'
    const log = join(this.#tools, 'docker.log')
    await writeFile(log, '')
    this.#runs += 1
    const { main, post } = await runPhases({
      main: MAIN,
      post: POST,
      // There is no GitHub to comment on.
      inputs: { push: 'true', registry: this.prefix, comment: 'never', ...options.inputs },
      event: options.event ?? this.#pushEvent(options.before ?? this.#before, sha, ref),
      repository: {
        ...{ folder, sha, ref, runId: options.runId ?? String(1000 + this.#runs) },
        ...(options.runAttempt !== undefined && { runAttempt: options.runAttempt }),
      },
      env: { ...this.cache.environment(), ...this.#environment(log), ...options.env },
      ...(options.between && { between: options.between }),
      ...(options.signalAfter && { signalAfter: options.signalAfter }),
      ...(options.nodeBinary !== undefined && { nodeBinary: options.nodeBinary }),
    })
    this.#before = sha
    return {
      ...summaryOf(main),
      main,
      post,
      docker: (await readFile(log, 'utf8')).split('\n').filter(Boolean),
    }
  }

  /** Status of a manifest in the registry, and its digest. */
  async manifest(service: string, reference: string): Promise<{ status: number; digest: string | null }> {
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
    const response = await fetch(this.#url(service, reference), { method: 'HEAD', headers: { accept } })
    return { status: response.status, digest: response.headers.get('docker-content-digest') }
  }

  async deleteManifest(service: string, digest: string): Promise<void> {
    const response = await fetch(this.#url(service, digest), { method: 'DELETE' })
    if (response.status !== 202) throw new Error(`the registry answered ${response.status}`)
  }

  #url(service: string, reference: string): string {
    const path = this.prefix.slice(this.registry.length + 1)
    return `http://${this.registry}/v2/${path}/naytife/${service}/manifests/${reference}`
  }

  #pushEvent(before: string, after: string, ref: string): WorkflowEvent {
    const repository = {
      full_name: 'acme/shop',
      default_branch: 'main',
      html_url: 'https://github.com/acme/shop',
    }
    return { name: 'push', payload: { ref, before, after, repository } }
  }

  #environment(log: string): Record<string, string> {
    return { PATH: `${this.#tools}:${process.env['PATH'] ?? ''}`, SHOP_DOCKER_LOG: log }
  }

  /** A `docker` before the real one on the PATH, which writes down each call and hands it on. */
  async #logDocker(): Promise<void> {
    const wrapper = join(this.#tools, 'docker')
    const real = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== this.#tools)
    const script = `#!/bin/sh
line="$*"
for arg; do case $arg in */bake.json) line="$line $(cat "$arg")" ;; esac; done
printf '%s\\n' "$line" >>"$SHOP_DOCKER_LOG"
PATH='${real.join(':')}' exec docker "$@"
`
    await writeFile(wrapper, script)
    await chmod(wrapper, 0o755)
  }
}

function summaryOf({ outputs }: ActionResult): Pick<ShopRun, 'rebuilt' | 'reused' | 'failed' | 'matrix'> {
  const list = (name: string) => (JSON.parse(outputs[name] ?? '[]') as string[]).sort()
  const { include } = JSON.parse(outputs['matrix'] ?? '{"include":[]}') as { include: ShopRun['matrix'] }
  return { rebuilt: list('rebuilt'), reused: list('reused'), failed: list('failed'), matrix: include }
}
