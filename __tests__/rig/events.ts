import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { READ, WRITE } from './cache-service.js'
import type { WorkflowEvent } from './run-action.js'
import { NO_COMMIT, type PushOptions, Shop, type ShopRun } from './shop.js'
import type { TempRepository } from './temp-repository.js'

export const SERVICES = ['api', 'db', 'web'] as const
export type Service = (typeof SERVICES)[number]

/** Of every service. */
const DOCKERFILE = 'FROM scratch\nCOPY data /\n'
const INDEX = 'application/vnd.oci.image.index.v1+json'
const MAIN = 'refs/heads/main'
const REPOSITORY = { full_name: 'acme/shop', default_branch: 'main' }

/** What happened to the repository, and the commit that GitHub checks out for it. */
export interface HostedEvent extends WorkflowEvent {
  readonly ref: string
  readonly commit: string
}

export interface RunOptions extends Pick<
  PushOptions,
  'inputs' | 'runId' | 'runAttempt' | 'signalAfter' | 'between' | 'env'
> {
  /** Name of the workflow, whose file is named alike; `images` unless said otherwise. */
  readonly workflow?: string
}

/**
 * A small monorepo as GitHub hosts it. What happens to it gives an event, and for an event workflows run: each on a
 * clone of its own, as actions/checkout makes it by default, with the access to caches that GitHub gives to its ref.
 */
export class HostedRepository {
  readonly #shop: Shop
  readonly #pushed = new Map<string, string>()

  private constructor(shop: Shop) {
    this.#shop = shop
  }

  static async open(): Promise<HostedRepository> {
    const hosted = new HostedRepository(await Shop.open('nothing'))
    const { repository } = hosted
    // In a list, `api` comes last: what is built one by one is built in this order.
    const services = SERVICES.toReversed().map(
      (name) => `  ${name}: { context: ${name}, image: naytife/${name} }\n`,
    )
    await repository.write('smart-image-build.yml', `services:\n${services.join('')}`)
    for (const name of SERVICES) await repository.write(`${name}/Dockerfile`, DOCKERFILE)
    await hosted.commit(...SERVICES)
    return hosted
  }

  async close(): Promise<void> {
    await this.#shop.close()
  }

  get repository(): TempRepository {
    return this.#shop.repository
  }

  get cache(): Shop['cache'] {
    return this.#shop.cache
  }

  /** Registry prefix of the images. */
  get prefix(): string {
    return this.#shop.prefix
  }

  /** Changes services on the branch that is checked out; without any of them a file that no image takes. */
  async commit(...services: readonly Service[]): Promise<string> {
    const files = services.length > 0 ? services.map((name) => `${name}/data`) : ['README.md']
    for (const file of files) await this.repository.write(file, randomBytes(8).toString('hex'))
    return this.repository.commit(`Change ${files.join(', ')}`)
  }

  /** The branch is pushed as it is, whatever the hosted one was before. */
  async push(branch = 'main'): Promise<HostedEvent> {
    const ref = `refs/heads/${branch}`
    const commit = await this.repository.git('rev-parse', branch)
    const before = this.#pushed.get(ref) ?? NO_COMMIT
    this.#pushed.set(ref, commit)
    return { name: 'push', ref, commit, payload: { repository: REPOSITORY, ref, before, after: commit } }
  }

  async tag(name: string): Promise<HostedEvent> {
    await this.repository.git('tag', name)
    const [ref, commit] = [`refs/tags/${name}`, await this.repository.git('rev-parse', 'HEAD')]
    const payload = { repository: REPOSITORY, ref, before: NO_COMMIT, after: commit }
    return { name: 'push', ref, commit, payload }
  }

  /** The branch is proposed for `main`, from this repository unless another one is named. */
  async pullRequest(number: number, branch: string, from = REPOSITORY.full_name): Promise<HostedEvent> {
    const { commit, base, head } = await this.#merged(branch)
    await this.repository.git('update-ref', `refs/pull/${number}/head`, head)
    const payload = {
      repository: REPOSITORY,
      pull_request: {
        ...{ number, user: { login: 'alice' } },
        base: { sha: base, ref: 'main' },
        head: { sha: head, ref: branch, repo: { full_name: from } },
      },
    }
    return { name: 'pull_request', ref: `refs/pull/${number}/merge`, commit, payload }
  }

  /** The branch waits in the merge queue of `main`. */
  async queue(number: number, branch: string): Promise<HostedEvent> {
    const { commit, base } = await this.#merged(branch)
    const ref = `refs/heads/gh-readonly-queue/main/pr-${number}-${base}`
    await this.repository.git('update-ref', ref, commit)
    const group = { head_sha: commit, head_ref: ref, base_sha: base, base_ref: MAIN }
    return { name: 'merge_group', ref, commit, payload: { repository: REPOSITORY, merge_group: group } }
  }

  /** A workflow run for an event; the same event again with the same `runId` is a re-run. */
  async run(event: HostedEvent, { workflow = 'images', ...options }: RunOptions = {}): Promise<ShopRun> {
    const folder = await this.#checkout(event)
    // A run reads its own ref's entries and those of the default branch, and writes its own (GitHub, "Dependency caching").
    const token = this.cache.token({
      run: options.runId ?? randomUUID(),
      scopes: [
        { scope: event.ref, permission: READ | WRITE },
        ...(event.ref === MAIN ? [] : [{ scope: MAIN, permission: READ }]),
      ],
    })
    try {
      return await this.#shop.push({
        ...options,
        ...{ folder, event, ref: event.ref },
        env: {
          ...this.cache.environment(token),
          GITHUB_WORKFLOW: workflow,
          GITHUB_WORKFLOW_REF: `acme/shop/.github/workflows/${workflow}.yml@${event.ref}`,
          ...options.env,
        },
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  /** The deploy of a service by a run that delivered it: `staging` is what has been deployed. */
  async deploy(event: HostedEvent, run: ShopRun, service: Service): Promise<ShopRun> {
    const from = digestsOf(run)[service] ?? ''
    return this.promote(event, { services: service, from, tags: 'staging' })
  }

  async promote(event: HostedEvent, inputs: Readonly<Record<string, string>>): Promise<ShopRun> {
    return this.run(event, { inputs: { mode: 'promote', push: '', ...inputs } })
  }

  /** What a tag points at, if it is there. */
  async digestAt(service: Service, tag: string): Promise<string | undefined> {
    const { status, digest } = await this.#shop.manifest(service, tag)
    return status === 200 ? (digest ?? undefined) : undefined
  }

  /** What a tag points at for each service that has it. */
  async digestsAt(tag: string): Promise<Partial<Record<Service, string>>> {
    const found = await Promise.all(
      SERVICES.map(async (service) => [service, await this.digestAt(service, tag)] as const),
    )
    return Object.fromEntries(found.filter(([, digest]) => digest !== undefined))
  }

  /** How many tags the repository of a service has. */
  async countTags(service: Service): Promise<number> {
    const [host = '', ...path] = this.prefix.split('/')
    const answer = await fetch(`http://${host}/v2/${path.join('/')}/naytife/${service}/tags/list`)
    const { tags } = (await answer.json()) as { readonly tags: readonly string[] }
    return tags.length
  }

  async delete(service: Service, digest: string): Promise<void> {
    await this.#shop.deleteManifest(service, digest)
  }

  /** Puts an index with an image as its only child under a tag, in place of the image, and gives its digest. */
  async wrap(service: Service, digest: string, tag: string): Promise<string> {
    const [host = '', ...path] = this.prefix.split('/')
    const url = `http://${host}/v2/${path.join('/')}/naytife/${service}/manifests`
    const accept =
      'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
    const child = await fetch(`${url}/${digest}`, { headers: { accept } })
    const size = (await child.arrayBuffer()).byteLength
    const platform = { os: 'linux', architecture: 'amd64' }
    const manifests = [{ mediaType: child.headers.get('content-type'), digest, size, platform }]
    const body = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests })
    const put = await fetch(`${url}/${tag}`, { method: 'PUT', headers: { 'content-type': INDEX }, body })
    if (put.status !== 201) throw new Error(`the registry answered ${put.status}`)
    return put.headers.get('docker-content-digest') ?? ''
  }

  /** GitHub's merge of a branch into `main`, which is on no branch. */
  async #merged(branch: string): Promise<{ commit: string; base: string; head: string }> {
    const { repository } = this
    const [base, head] = [
      await repository.git('rev-parse', 'main'),
      await repository.git('rev-parse', branch),
    ]
    await repository.git('switch', '--quiet', '--detach', 'main')
    await repository.git('merge', '--quiet', '--no-ff', '--message=Merge', branch)
    const commit = await repository.git('rev-parse', 'HEAD')
    await repository.git('switch', '--quiet', branch)
    return { commit, base, head }
  }

  /** actions/checkout v6, `src/ref-helper.ts` and `git-source-provider.ts`: depth 1, no tags, the one ref. */
  async #checkout({ ref, commit }: HostedEvent): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'checkout-'))
    const git = (...args: readonly string[]) => this.repository.git('-C', folder, ...args)
    const [, branch] = /^refs\/heads\/(.*)/.exec(ref) ?? []
    const local = ref.replace(
      /^refs\/(?:heads\/|(?=pull\/))/,
      branch ? 'refs/remotes/origin/' : 'refs/remotes/',
    )
    await git('init', '--quiet')
    await git('remote', 'add', 'origin', this.repository.url)
    await git('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', `+${commit}:${local}`)
    await git('checkout', '--quiet', '--force', ...(branch ? ['-B', branch] : ['--detach']), local)
    return folder
  }
}

export function digestsOf({ main }: ShopRun): Partial<Record<Service, string>> {
  return JSON.parse(main.outputs['digests'] ?? '{}') as Partial<Record<Service, string>>
}

/** Names in the matrix of a run, sorted. */
export function offered({ matrix }: ShopRun): readonly string[] {
  return matrix.map(({ service }) => service).sort()
}

/** The tag that `type=sha` gives a commit. */
export function commitTag(commit: string): string {
  return `sha-${commit.slice(0, 7)}`
}

/** Annotations of a kind that the runner shows. */
export function annotations({ main }: ShopRun, kind: 'error' | 'notice'): readonly string[] {
  return main.commands.filter(({ name }) => name === kind).map(({ message }) => message)
}
