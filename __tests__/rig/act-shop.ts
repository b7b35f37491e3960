import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ActRun, runWorkflow } from './act.js'
import { type CacheService, READ, startCacheService, WRITE } from './cache-service.js'
import { NO_COMMIT, testRegistry } from './shop.js'
import { TempRepository } from './temp-repository.js'

const examples = join(import.meta.dirname, '../../examples')

const WORKFLOW = '.github/workflows/images.yml'
const CONFIG = '.github/smart-image-build.yml'

/** What the job `deploy` of a run did: service to the digest that it was given. */
export type Deploys = Readonly<Record<string, string>>

export interface ActShopOptions {
  /** See scripts/services/go-tools.ts. */
  readonly program: string
  /** Folder of `examples`. */
  readonly example: string
  readonly workflow: string
  /** Programs in its root: name to text. */
  readonly programs?: Readonly<Record<string, string>>
  /** Of every step. */
  readonly env?: Readonly<Record<string, string>>
}

interface Push {
  readonly workflow: string
  readonly ref: string
  readonly before: string
  readonly runAttempt: number
}

/** An example as a repository of its own with a workflow, whose pushes act runs. */
export class ActShop {
  readonly repository: TempRepository
  /** Registry prefix of this shop's images, which nobody else uses. */
  readonly prefix: string
  readonly #program: string
  readonly #env: Readonly<Record<string, string>>
  readonly #cache: CacheService
  #before = NO_COMMIT
  #runs = 0

  private constructor(parts: {
    program: string
    env: Readonly<Record<string, string>>
    repository: TempRepository
    cache: CacheService
    prefix: string
  }) {
    this.#program = parts.program
    this.#env = parts.env
    this.repository = parts.repository
    this.#cache = parts.cache
    this.prefix = parts.prefix
  }

  static async open({
    program,
    example,
    workflow,
    programs = {},
    env = {},
  }: ActShopOptions): Promise<ActShop> {
    const prefix = `${testRegistry()}/act-${randomBytes(6).toString('hex')}`
    const repository = await TempRepository.create()
    await repository.copyFrom(join(examples, example))
    await repository.git('remote', 'add', 'origin', 'https://github.com/acme/shop')
    await repository.write(WORKFLOW, workflow)
    for (const [name, text] of Object.entries(programs)) await repository.write(name, text, { mode: 0o755 })
    const shop = new ActShop({ program, env, repository, cache: await startCacheService(), prefix })
    await shop.change(CONFIG, (text) => text.replace('ghcr.io/acme', prefix))
    return shop
  }

  async close(): Promise<void> {
    await this.#cache.close()
    await this.repository.dispose()
  }

  /** Changes the text of a file and commits; text that stays the same is an error of the test. */
  async change(file: string, edit: (text: string) => string): Promise<void> {
    const text = await readFile(join(this.repository.folder, file), 'utf8')
    if (edit(text) === text) throw new Error(`${file} did not change`)
    await this.repository.write(file, edit(text))
    await this.repository.commit(`Change ${file}`)
  }

  /** The workflow's run for a push of what is checked out. */
  async push(): Promise<ActRun> {
    this.#runs += 1
    return await this.#pushed(1)
  }

  /** "Re-run all jobs" of the last run, which GitHub gives the same id. */
  async rerun(): Promise<ActRun> {
    return await this.#pushed(2)
  }

  /** The run of another workflow for the push of a tag of what is checked out. */
  async release(tag: string, workflow: string): Promise<ActRun> {
    const path = '.github/workflows/release.yml'
    await this.repository.write(path, workflow)
    await this.repository.git('tag', tag)
    this.#runs += 1
    return await this.#run({ workflow: path, ref: `refs/tags/${tag}`, before: NO_COMMIT, runAttempt: 1 })
  }

  /** The digest that a tag of a service points at in the registry. */
  async digest(service: string, tag: string): Promise<string | null> {
    const [host = '', ...path] = this.prefix.split('/')
    const url = `http://${host}/v2/${path.join('/')}/naytife/${service}/manifests/${tag}`
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
    const { headers } = await fetch(url, { method: 'HEAD', headers: { accept } })
    return headers.get('docker-content-digest')
  }

  async #pushed(runAttempt: number): Promise<ActRun> {
    const before = this.#before
    const run = await this.#run({ workflow: WORKFLOW, ref: 'refs/heads/main', before, runAttempt })
    if (runAttempt === 1) this.#before = await this.repository.git('rev-parse', 'HEAD')
    return run
  }

  async #run({ workflow, ref, before, runAttempt }: Push): Promise<ActRun> {
    const after = await this.repository.git('rev-parse', 'HEAD')
    const runId = 1000 + this.#runs
    const repository = {
      full_name: 'acme/shop',
      default_branch: 'main',
      html_url: 'https://github.com/acme/shop',
    }
    return await runWorkflow({
      ...{ program: this.#program, repository: this.repository, workflow, runId, runAttempt },
      event: { name: 'push', payload: { ref, before, after, repository } },
      env: { ...this.#cache.environment(this.#token(runId)), ...this.#env },
    })
  }

  /** Of the run, whose artifacts no other sees. */
  #token(runId: number): string {
    return this.#cache.token({
      scopes: [{ scope: 'refs/heads/main', permission: READ | WRITE }],
      run: String(runId),
    })
  }
}

/** From the lines `deploy SERVICE at DIGEST` of the legs of job `deploy`. */
export function deploysOf({ jobs }: ActRun): Deploys {
  const legs = jobs.filter(({ id }) => id === 'deploy')
  return Object.fromEntries(
    legs.map(({ log, name }) => {
      const [, service, digest] = /^deploy (\S+) at (\S+)$/m.exec(log) ?? []
      if (service === undefined || digest === undefined) throw new Error(`${name} did not deploy:\n${log}`)
      return [service, digest]
    }),
  )
}
