import { createHash } from 'node:crypto'
import { Failed } from '../model/failure.js'
import type { ObjectId } from '../model/snapshot.js'
import type { FolderEntry } from '../ports/git-tree.js'
import type { Apart } from './git-apart.js'
import { fetchBlobs, promisorOf } from './git-fetch.js'
import { type GitObject, GitObjects, parseTreeObject } from './git-objects.js'
import type { GitProgram } from './git-program.js'
import { gitEnvironment } from './git-run.js'

export interface StoreOptions {
  /** Of any commit: tells the kind of ids. */
  readonly head: ObjectId
  /** Path of the folder in the role of the root, with a trailing slash; empty at the top. */
  readonly prefix: string
  readonly apart: Apart | undefined
}

/** What commits hold; see `GitTree` for what each answer means. */
export class GitStore {
  private readonly git: GitProgram
  private readonly options: StoreOptions
  readonly #trees = new Map<ObjectId, Promise<readonly FolderEntry[]>>()
  #objects: { readonly of: NodeJS.ProcessEnv; readonly ask: GitObjects } | undefined
  #promisor: Promise<string | undefined> | undefined

  constructor(git: GitProgram, options: StoreOptions) {
    this.git = git
    this.options = options
  }

  async root(commit: ObjectId): Promise<ObjectId> {
    let { id } = await this.#object(`${commit}^{tree}`)
    for (const part of this.options.prefix.split('/').filter(Boolean)) {
      const entry = (await this.tree(id)).find(({ name }) => name === part)
      // Absent at that commit: a folder without files, which git knows as this.
      if (entry?.mode !== '040000') return this.#emptyTree()
      id = entry.id
    }
    return id
  }

  tree(id: ObjectId): Promise<readonly FolderEntry[]> {
    const known = this.#trees.get(id)
    if (known !== undefined) return known
    const read = this.#readTree(id)
    this.#trees.set(id, read)
    // What is not there now may be fetched later.
    read.catch(() => this.#trees.delete(id))
    return read
  }

  async text(id: ObjectId): Promise<string> {
    return (await this.#object(id)).bytes.toString('utf8')
  }

  async prefetch(blobs: readonly ObjectId[]): Promise<void> {
    if (blobs.length === 0) return
    this.#promisor ??= promisorOf(this.git)
    const remote = await this.#promisor
    if (remote === undefined && this.options.apart?.isMade !== true) return
    const missing = await this.#missing(blobs)
    if (missing.length === 0) return
    if (remote === undefined) await this.options.apart?.fetchBlobs(missing)
    else await fetchBlobs(this.git, { remote, blobs: missing })
  }

  /** Those that are not at hand. Unlike any other question, this one makes git fetch nothing. */
  async #missing(blobs: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    const options = ['--objects', '--no-object-names', '--no-walk', '--ignore-missing', '--missing=allow-any']
    const input = blobs.map((blob) => `${blob}\n`).join('')
    const present = new Set((await this.git.text(['rev-list', ...options, '--stdin'], input))?.split('\n'))
    return blobs.filter((blob) => !present.has(blob))
  }

  async #readTree(id: ObjectId): Promise<readonly FolderEntry[]> {
    if (id === this.#emptyTree()) return []
    const { type, bytes } = await this.#object(id)
    if (type !== 'tree') throw unreadable(id, `it is a ${type}, not a tree`)
    return parseTreeObject(bytes, this.options.head.length / 2)
  }

  async #object(name: string): Promise<GitObject> {
    const object = await this.#batch()
      .ask(name)
      .catch((error: unknown) => {
        throw unreadable(name, (error as Error).message)
      })
    if (object !== undefined) return object
    throw new Failed({ kind: 'git-failed', message: `git has no object ${name}; fetch it` })
  }

  /** A git that is running does not hear of object folders that were added. */
  #batch(): GitObjects {
    const { folder, environment } = this.git
    if (this.#objects?.of !== environment) {
      this.#objects?.ask.close()
      this.#objects = { of: environment, ask: new GitObjects(folder, gitEnvironment(environment)) }
    }
    return this.#objects.ask
  }

  #emptyTree(): ObjectId {
    const algorithm = this.options.head.length === 40 ? 'sha1' : 'sha256'
    return createHash(algorithm).update('tree 0\0').digest('hex')
  }
}

function unreadable(name: string, why: string): Failed {
  return new Failed({ kind: 'git-failed', message: `git cannot read the object ${name}: ${why}` })
}
