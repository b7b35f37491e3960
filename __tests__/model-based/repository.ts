import type { ObjectId, Order } from '../../src/model/snapshot.js'
import type { Ancestor } from '../../src/ports/git-tree.js'
import { FakeGitTree } from '../fakes/fake-git-tree.js'
import { objectId } from '../fakes/images.js'
import { committedFiles, type Sources } from './services.js'

export interface Commit {
  readonly id: ObjectId
  readonly parents: readonly ObjectId[]
  readonly sources: Sources
}

export const MAIN = 'main'

/** The remote repository: a graph of commits in which nothing is ever lost, and the refs that say what can be had of it. */
export class Repository {
  readonly branches = new Map<string, ObjectId>()
  readonly tags = new Map<string, ObjectId>()
  /** Registry prefix of the images. */
  readonly prefix: string
  readonly #commits = new Map<ObjectId, Commit>()

  constructor(prefix: string, first: Sources) {
    this.prefix = prefix
    this.branches.set(MAIN, this.commit([], first))
  }

  commit(parents: readonly ObjectId[], sources: Sources): ObjectId {
    const id = objectId(`${this.#commits.size} ${parents.join(' ')}`)
    this.#commits.set(id, { id, parents, sources })
    return id
  }

  at(id: ObjectId): Commit {
    const commit = this.#commits.get(id)
    if (commit === undefined) throw new Error(`no commit ${id}`)
    return commit
  }

  headOf(branch: string): ObjectId {
    return this.branches.get(branch) ?? this.headOf(MAIN)
  }

  /** Oldest first, the commit itself last. */
  history(of: ObjectId): readonly ObjectId[] {
    const seen = new Set<ObjectId>()
    const open = [of]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      open.push(...this.at(id).parents)
    }
    return [...this.#commits.keys()].filter((id) => seen.has(id))
  }

  /** Whether a commit is another one or lies before it. */
  isBehind(commit: ObjectId, other: ObjectId): boolean {
    return this.history(other).includes(commit)
  }

  /** The common ancestor that was made last. */
  mergeBase(one: ObjectId, other: ObjectId): ObjectId | undefined {
    const ancestors = new Set(this.history(one))
    return this.history(other).findLast((id) => ancestors.has(id))
  }

  /** What a fetch can get: a force push leaves commits behind that no ref leads to. */
  isReachable(commit: ObjectId): boolean {
    return [...this.branches.values(), ...this.tags.values()].some((head) => this.isBehind(commit, head))
  }

  /** A source that only one side changed since the merge-base is that side's, else the second's. */
  merged(into: ObjectId, from: ObjectId): Sources {
    const base = this.at(this.mergeBase(into, from) ?? into).sources
    const [ours, theirs] = [this.at(into).sources, this.at(from).sources]
    const changed = Object.entries(theirs).filter(([path, value]) => base[path as keyof Sources] !== value)
    return { ...ours, ...Object.fromEntries(changed) }
  }
}

/** A clean checkout of a commit. */
export class Checkout extends FakeGitTree {
  readonly #repository: Repository
  readonly #roots = new Map<ObjectId, Promise<ObjectId>>()

  constructor(repository: Repository, commit: ObjectId) {
    super({ committed: committedFiles(repository.at(commit).sources, repository.prefix) })
    this.head = commit
    this.#repository = repository
  }

  override root(commit: ObjectId = this.head): Promise<ObjectId> {
    const { sources } = this.#repository.at(commit)
    this.earlier.set(commit, { committed: committedFiles(sources, this.#repository.prefix) })
    const root = this.#roots.get(commit) ?? super.root(commit)
    this.#roots.set(commit, root)
    return root
  }

  override obtain(commit: string): Promise<ObjectId | undefined> {
    const isAtHand = this.#repository.isBehind(commit, this.head)
    return Promise.resolve(isAtHand || this.#repository.isReachable(commit) ? commit : undefined)
  }

  override mergeBase(other: ObjectId): Promise<Ancestor> {
    const commit = this.#repository.mergeBase(this.head, other)
    return Promise.resolve(commit === undefined ? { kind: 'none' } : { kind: 'found', commit })
  }

  override order(commit: ObjectId): Promise<Order> {
    if (commit === this.head) return Promise.resolve('same')
    if (this.#repository.isBehind(commit, this.head)) return Promise.resolve('before')
    if (!this.#repository.isReachable(commit)) return Promise.resolve('unknown')
    return Promise.resolve(this.#repository.isBehind(this.head, commit) ? 'after' : 'beside')
  }

  override previousTag(): Promise<Ancestor> {
    const tagged = new Set(this.#repository.tags.values())
    const before = this.#repository.history(this.head).slice(0, -1)
    const commit = before.findLast((id) => tagged.has(id))
    return Promise.resolve(commit === undefined ? { kind: 'none' } : { kind: 'found', commit })
  }

  override remoteHead(ref: string): Promise<Ancestor> {
    const commit = this.#repository.branches.get(ref.replace('refs/heads/', ''))
    return Promise.resolve(commit === undefined ? { kind: 'none' } : { kind: 'found', commit })
  }

  override parents(): Promise<readonly ObjectId[]> {
    return Promise.resolve(this.#repository.at(this.head).parents)
  }
}
