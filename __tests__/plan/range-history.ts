import { type CloneOptions, TempRepository } from '../rig/temp-repository.js'

/**
 * A repository in which every event has happened:
 *
 *   start ─ m1 ─ m2 ─ m3 ─ m4 ─ m5     main; v1 on m1, v2 on m3
 *            │    │
 *            │    └─ c1 ─ X ─ c3       criss-cross: X merges m3, and main's m4 merges c1
 *            ├─ f1 ─ f2 ─ f3           feature; `pull` merges it into m4, `lost` was f1's child before a forced push
 *            │
 *   m5 ─ q1 ─ q2                       merge queue
 */
export class History {
  readonly #origin: TempRepository
  readonly #commits = new Map<string, string>()
  readonly #clones = new Map<string, TempRepository>()

  private constructor(origin: TempRepository) {
    this.#origin = origin
  }

  static async create(): Promise<History> {
    const history = new History(await TempRepository.create({ files: { file: 'start' } }))
    await history.#make()
    return history
  }

  id(name: string): string {
    const commit = this.#commits.get(name)
    if (commit === undefined) throw new Error(`no commit ${name}`)
    return commit
  }

  treeOf(commit: string): Promise<string> {
    return this.#origin.git('rev-parse', `${commit}^{tree}`)
  }

  /** A clone of one branch, the same one whenever it is asked for. */
  async cloneOf(branch: string, options: CloneOptions): Promise<TempRepository> {
    const key = `${branch} ${JSON.stringify(options)}`
    const known = this.#clones.get(key)
    if (known !== undefined) return known
    await this.#origin.git('symbolic-ref', 'HEAD', `refs/heads/${branch}`)
    const made = await this.#origin.cloneShallow(options)
    this.#clones.set(key, made)
    return made
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#origin, ...this.#clones.values()].map((one) => one.dispose()))
  }

  async #make(): Promise<void> {
    const origin = this.#origin
    await this.#on('main', 'm1')
    await origin.git('tag', 'v1')
    await this.#on('feature', 'f1', 'lost')
    await origin.git('reset', '--quiet', '--hard', this.id('f1'))
    await this.#on('feature', 'f2', 'f3')
    await this.#on('main', 'm2')
    await this.#on('criss-cross', 'c1')
    await this.#on('main', 'm3')
    await origin.git('tag', '--annotate', '--message=t', 'v2')
    await this.#merge('criss-cross', 'm3', 'X')
    await this.#on('criss-cross', 'c3')
    await this.#merge('main', 'c1', 'm4')
    await this.#merge('pull', 'f3', 'pull')
    await this.#on('main', 'm5')
    await this.#on('queue', 'q1', 'q2')
    await origin.git('branch', 'first-tag', 'v1')
    await origin.git('branch', 'second-tag', 'v2')
    await origin.git('switch', '--quiet', '--orphan', 'orphan')
    await this.#commit('o1')
  }

  async #on(branch: string, ...names: readonly string[]): Promise<void> {
    await this.#origin.branch(branch)
    for (const name of names) await this.#commit(name)
  }

  async #commit(name: string): Promise<void> {
    await this.#origin.write(name, name)
    this.#commits.set(name, await this.#origin.commit(name))
  }

  async #merge(into: string, other: string, name: string): Promise<void> {
    await this.#origin.branch(into)
    await this.#origin.git('merge', '--quiet', '--no-ff', `--message=${name}`, this.id(other))
    this.#commits.set(name, await this.#origin.git('rev-parse', 'HEAD'))
  }
}
