import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** 2024-01-01T00:00:00Z. Every commit of one repository is a minute younger than the one before. */
const FIRST_COMMIT_SECONDS = 1_704_067_200
const SECONDS_BETWEEN_COMMITS = 60
const LARGEST_OUTPUT_BYTES = 256 * 1024 * 1024

export interface RepositoryOptions {
  /** Path to content. With at least one file the repository starts with a commit, else it is unborn. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** The first branch, `main` unless said otherwise. */
  readonly branch?: string
}

export interface CloneOptions {
  /** Number of commits; left out, the clone has the whole history. */
  readonly depth?: number
  /** `true` leaves out every blob the checkout does not need (`--filter=blob:none`). */
  readonly blobless?: boolean
}

/**
 * A throw-away git repository.
 *
 * The same calls give the same object ids on every machine: author, committer and dates are fixed, and neither the
 * user's nor the system's git configuration is read. Calls on one repository must be awaited one after the other.
 */
export class TempRepository {
  readonly folder: string
  #commits: number

  private constructor(folder: string, commits: number) {
    this.folder = folder
    this.#commits = commits
  }

  static async create(options: RepositoryOptions = {}): Promise<TempRepository> {
    const repository = new TempRepository(await temporaryFolder(), 0)
    await repository.git('init', '--quiet', `--initial-branch=${options.branch ?? 'main'}`)
    // A clone over file:// may then ask for a filter, and fetch by sha what its history does not reach, as with GitHub.
    await repository.git('config', 'uploadpack.allowFilter', 'true')
    await repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
    const files = Object.entries(options.files ?? {})
    for (const [file, content] of files) await repository.write(file, content)
    if (files.length > 0) await repository.commit('Start')
    return repository
  }

  /** The address that clones use; only over a URL does git honour depth and filter. */
  get url(): string {
    return pathToFileURL(this.folder).href
  }

  /** Writes a file and its folders. Without a mode an existing file keeps its own, a new one is not executable. */
  async write(
    file: string,
    content: string | Uint8Array,
    options: { readonly mode?: number } = {},
  ): Promise<void> {
    const target = this.#inside(file)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, content)
    // Not writeFile's mode: that applies to new files only and is cut by the umask.
    if (options.mode !== undefined) await chmod(target, options.mode)
  }

  /** Deletes a file or a folder; one that is not there is an error. */
  async remove(file: string): Promise<void> {
    await rm(this.#inside(file), { recursive: true })
  }

  /** Copies the content of a folder (`.git` excepted) over the working tree. */
  async copyFrom(folder: string): Promise<void> {
    await cp(folder, this.folder, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => path.relative(folder, source).split(path.sep)[0] !== '.git',
    })
  }

  /** Commits the whole working tree, also when nothing changed, and gives the sha. */
  async commit(message: string): Promise<string> {
    await this.git('add', '--all')
    this.#commits += 1
    await this.git('commit', '--quiet', '--allow-empty', `--message=${message}`)
    return this.git('rev-parse', 'HEAD')
  }

  /** Switches to a branch and creates it from HEAD if it does not exist. */
  async branch(name: string): Promise<void> {
    const known = await this.git('branch', '--list', name)
    await this.git('switch', '--quiet', ...(known === '' ? ['--create'] : []), name)
  }

  /** A clone of the checked-out branch, with this repository as its `origin`. It must be disposed of, too. */
  async cloneShallow(options: CloneOptions = {}): Promise<TempRepository> {
    const clone = new TempRepository(await temporaryFolder(), this.#commits)
    const limits = [
      ...(options.depth === undefined ? [] : [`--depth=${String(options.depth)}`]),
      ...(options.blobless === true ? ['--filter=blob:none'] : []),
    ]
    await clone.git('clone', '--quiet', ...limits, this.url, clone.folder)
    return clone
  }

  /**
   * Runs git in the working tree and gives what it printed, without the last line break.
   * A non-zero exit rejects with the arguments, the code and what git said.
   */
  async git(...args: readonly string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.#environment(), maxBuffer: LARGEST_OUTPUT_BYTES }
    try {
      const { stdout } = await run('git', args, options)
      return stdout.replace(/\r?\n$/, '')
    } catch (error) {
      const { code, stderr } = error as { code?: number | string; stderr?: string }
      throw new Error(`git ${args.join(' ')} ended with ${String(code)}: ${stderr ?? ''}`, { cause: error })
    }
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  #inside(file: string): string {
    const target = path.resolve(this.folder, file)
    if (!target.startsWith(this.folder + path.sep)) throw new Error(`${file} is outside the repository`)
    return target
  }

  #environment(): NodeJS.ProcessEnv {
    const date = `${String(FIRST_COMMIT_SECONDS + this.#commits * SECONDS_BETWEEN_COMMITS)} +0000`
    return {
      PATH: process.env['PATH'],
      LC_ALL: 'C',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Test Author',
      GIT_AUTHOR_EMAIL: 'author@example.com',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'Test Committer',
      GIT_COMMITTER_EMAIL: 'committer@example.com',
      GIT_COMMITTER_DATE: date,
    }
  }
}

async function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'temp-repository-'))
}
