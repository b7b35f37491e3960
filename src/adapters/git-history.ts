import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { attempt, demand, Failed } from '../model/failure.js'
import type { ObjectId, Order } from '../model/snapshot.js'
import type { Ancestor } from '../ports/git-tree.js'
import { type Bare, bareBeside, FETCH } from './git-apart.js'
import { textOf } from './git-output.js'
import { GitProgram } from './git-program.js'

/** How many commits deep is looked, in turn; the last is git's own number for all of them (git-fetch(1), `--depth`). */
const DEPTHS = [64, 1024, 16_384, 2_147_483_647]

/** `git merge-base` ends so when there is no common ancestor. */
const NONE_IN_COMMON = 1

/** Commits with their parents, as far as one repository has them. */
interface Graph {
  /** Ids that git prints, one a line. Throws `Failed`. */
  readonly ask: (...args: readonly string[]) => Promise<readonly ObjectId[]>
  /** Commits whose parents were cut off. */
  readonly cut: ReadonlySet<ObjectId>
}

/** An answer that no commit beyond this graph could change, or `undefined`: more of the history is needed. */
type Question = (graph: Graph) => Promise<Ancestor | undefined>

export interface HistoryOptions {
  readonly head: ObjectId
  /** Where a repository may be made for commits that the clone lacks; without it none are fetched. */
  readonly fetchFolder: string | undefined
}

/**
 * How commits are related, whatever the depth of the clone. What a shallow clone shows may mislead: behind a commit
 * that was cut off may lie a nearer common ancestor, or the way from one commit to the other. So an answer counts only
 * when every commit that was cut off is an ancestor of it; else the commits alone, without trees, are fetched deeper
 * and deeper into a repository of their own. The clone stays as it is.
 */
export class History {
  /** Knows nothing of the objects that were fetched apart: their parents are missing. */
  private readonly git: GitProgram
  private readonly options: HistoryOptions
  #made: Promise<Bare | undefined> | undefined
  /** Each fetch changes what the repository beside ours shows: one question at a time. */
  #last: Promise<unknown> = Promise.resolve()
  readonly #bases = new Map<ObjectId, Promise<Ancestor>>()

  constructor(git: GitProgram, options: HistoryOptions) {
    this.git = new GitProgram(git.folder, git.environment)
    this.options = options
  }

  mergeBase(other: ObjectId): Promise<Ancestor> {
    const { head } = this.options
    const known = this.#bases.get(other)
    if (known !== undefined) return known
    const found = this.#settle([head, other], (graph) => bestCommonAncestor(graph, head, other))
    this.#bases.set(other, found)
    return found
  }

  async order(commit: ObjectId): Promise<Order> {
    const { head } = this.options
    if (commit === head) return 'same'
    const base = await this.mergeBase(commit)
    if (base.kind === 'unknown') return 'unknown'
    if (base.kind === 'none') return 'beside'
    if (base.commit === commit) return 'before'
    return base.commit === head ? 'after' : 'beside'
  }

  async previousTag(): Promise<Ancestor> {
    const { head } = this.options
    const tags = await this.git.ask(['ls-remote', '--quiet', '--tags', '--', 'origin'])
    if (!tags.ok) return { kind: 'unknown', problem: new Failed(...tags.failures).message }
    // An annotated tag has a line of its own for its commit.
    const tagged = new Set(linesOf(tags.value).map((line) => line.split('\t', 1)[0] ?? ''))
    return this.#settle([head], (graph) => lastTagged(graph, head, tagged))
  }

  #settle(commits: readonly ObjectId[], question: Question): Promise<Ancestor> {
    const answer = this.#last.then(() => attempt(() => this.#answer(commits, question)))
    this.#last = answer.catch(() => undefined)
    return answer.then((end) =>
      end.ok ? end.value : { kind: 'unknown', problem: new Failed(...end.failures).message },
    )
  }

  async #answer(commits: readonly ObjectId[], question: Question): Promise<Ancestor> {
    const own = await this.#ofClone(commits)
    const answer = own && (await question(own))
    if (answer !== undefined) return answer
    const { fetchFolder, head } = this.options
    // A folder that cannot be written costs this answer, not the run.
    if (fetchFolder !== undefined)
      this.#made ??= bareBeside(this.git, fetchFolder, head).catch(() => undefined)
    const bare = await this.#made
    if (bare === undefined)
      return unknown('the clone holds too little of the history, and more cannot be fetched')
    for (const depth of DEPTHS) {
      const fetch = ['fetch', ...FETCH, '--filter=tree:0', `--depth=${depth}`, '--', bare.url, ...commits]
      demand(await this.git.ask([`--git-dir=${bare.directory}`, ...fetch]))
      const found = await question(await this.#graph(join(bare.directory, 'shallow'), bare.directory))
      if (found !== undefined) return found
    }
    return unknown('the history of the remote repository is cut off')
  }

  /** `undefined` when a commit is missing. A clone without blobs would fetch it with all of its history. */
  async #ofClone(commits: readonly ObjectId[]): Promise<Graph | undefined> {
    const options = ['--no-walk', '--ignore-missing', '--missing=allow-any', '--end-of-options']
    const present = demand(await this.git.ask(['rev-list', ...options, ...commits, '--']))
    if (linesOf(present).length !== new Set(commits).size) return undefined
    const path = await this.git.ask(['rev-parse', '--path-format=absolute', '--git-path', 'shallow'])
    const shallow = textOf(demand(path))
    return this.#graph(shallow)
  }

  async #graph(shallow: string, directory?: string): Promise<Graph> {
    const place = directory === undefined ? [] : [`--git-dir=${directory}`]
    const cut = await readFile(shallow).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
      throw new Failed({ kind: 'git-failed', message: `${shallow} cannot be read: ${String(error)}` })
    })
    const ask = async (...args: readonly string[]) => {
      const fine = args[0] === 'merge-base' ? [0, NONE_IN_COMMON] : [0]
      return linesOf(demand(await this.git.ask([...place, ...args], '', fine)))
    }
    return { ask, cut: new Set(linesOf(cut)) }
  }
}

async function bestCommonAncestor(
  graph: Graph,
  one: ObjectId,
  other: ObjectId,
): Promise<Ancestor | undefined> {
  const bases = await graph.ask('merge-base', '--all', one, other)
  // Of the several ones of a criss-cross history always the same, whatever git comes upon first.
  const [commit] = bases.toSorted()
  const isCertain = commit === one || commit === other || (await isWhole(graph, [one, other], bases))
  if (!isCertain) return undefined
  return commit === undefined ? { kind: 'none' } : { kind: 'found', commit }
}

/** The first tagged commit on the way back in which no commit comes before its descendants. */
async function lastTagged(
  graph: Graph,
  head: ObjectId,
  tagged: ReadonlySet<ObjectId>,
): Promise<Ancestor | undefined> {
  const [, ...earlier] = await graph.ask('rev-list', '--date-order', head)
  const commit = earlier.find((id) => tagged.has(id))
  if (!(await isWhole(graph, [head], commit === undefined ? [] : [commit]))) return undefined
  return commit === undefined ? { kind: 'none' } : { kind: 'found', commit }
}

/** Whether nothing was cut off between commits and their ancestors: all that is missing are ancestors of those. */
async function isWhole(
  { ask, cut }: Graph,
  commits: readonly ObjectId[],
  ancestors: readonly ObjectId[],
): Promise<boolean> {
  if (cut.size === 0) return true
  const between = await ask('rev-list', ...commits, '--not', ...ancestors)
  return !between.some((id) => cut.has(id))
}

function unknown(problem: string): Ancestor {
  return { kind: 'unknown', problem }
}

function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').split('\n').filter(Boolean)
}
