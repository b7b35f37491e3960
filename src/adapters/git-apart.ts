import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { ObjectId } from '../model/snapshot.js'
import type { GitProgram } from './git-program.js'

/** A fetch brings what it is asked for and nothing besides. */
export const FETCH = ['--no-tags', '--no-recurse-submodules', '--no-auto-maintenance', '--quiet']

/**
 * A repository beside ours for what is fetched of other commits: ours stays as it is, not shallower and without a
 * filter. It is made when it is first needed, and its objects count as ours then.
 */
export class Apart {
  private readonly git: GitProgram
  private readonly folder: string
  #made: Promise<Bare | undefined> | undefined
  /** git locks a shallow repository while it fetches: one at a time. */
  #last: Promise<unknown> = Promise.resolve()

  /** `folder`: where repositories may be made. */
  constructor(git: GitProgram, folder: string) {
    this.git = git
    this.folder = folder
  }

  get isMade(): boolean {
    return this.#made !== undefined
  }

  /** Fetches one commit from `origin` with its trees and without its blobs; nothing happens when it cannot be had. */
  async fetchCommit(commit: string): Promise<void> {
    // A folder that cannot be written costs a comparison, not the run.
    this.#made ??= this.#make(commit).catch(() => undefined)
    await this.#fetch(['--depth=1', '--'], { what: commit })
  }

  /** Fetches blobs of the commits that it has; nothing happens when they cannot be had, or there is no such commit. */
  async fetchBlobs(blobs: readonly string[]): Promise<void> {
    await this.#fetch(['--stdin'], { input: blobs.map((blob) => `${blob}\n`).join('') })
  }

  async #fetch(options: readonly string[], of: { what?: string; input?: string }): Promise<void> {
    const repository = await this.#made
    if (repository === undefined) return
    const { directory, url } = repository
    const args = [`--git-dir=${directory}`, 'fetch', ...FETCH, '--filter=blob:none', ...options, url]
    const fetching = this.#last.then(() =>
      this.git.text(of.what === undefined ? args : [...args, of.what], of.input),
    )
    this.#last = fetching
    await fetching
  }

  async #make(commit: string): Promise<Bare | undefined> {
    const made = await bareBeside(this.git, this.folder, commit)
    if (made !== undefined) this.git.addObjects(join(made.directory, 'objects'))
    return made
  }
}

/** A repository without a work tree. */
export interface Bare {
  readonly directory: string
  /** Where `origin` is fetched from. */
  readonly url: string
}

/** Makes an empty one in a folder, for ids like the given one; `undefined` when ours has no `origin`. */
export async function bareBeside(git: GitProgram, folder: string, id: ObjectId): Promise<Bare | undefined> {
  const url = await git.text(['remote', 'get-url', 'origin'])
  if (url === undefined) return undefined
  await mkdir(folder, { recursive: true })
  const directory = await mkdtemp(join(folder, 'commits-'))
  const format = id.length === 40 ? 'sha1' : 'sha256'
  const made = await git.text(['init', '--bare', '--quiet', `--object-format=${format}`, directory])
  return made === undefined ? undefined : { directory, url: url.trim() }
}
