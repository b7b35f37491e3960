import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Listing, listTar } from './oracle-tar.js'

/** What BuildKit is asked to export; paths are relative to the exporter's root, or absolute. */
export interface ExportRequest {
  readonly context: string
  readonly file: string
  readonly target?: string
  readonly args?: Readonly<Record<string, string>>
  /** Named contexts: folders of the repository. */
  readonly contexts?: Readonly<Record<string, string>>
}

export type Exported =
  | { readonly kind: 'exported'; readonly listing: Listing }
  | { readonly kind: 'failed'; readonly message: string }

export type Exports = ReadonlyMap<string, Exported>

const ENVIRONMENT = {
  BUILDX_BAKE_ENTITLEMENTS_FS: '0',
  BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
  BUILDX_GIT_INFO: 'false',
}

/** Longer than any of these builds takes, so that one that hangs is named instead of waited for. */
const DEADLINE_MILLISECONDS = 120_000

/** Lets the real BuildKit export the file system of every request; nothing is pushed or loaded. */
export class Exporter {
  readonly #folder: string
  readonly #root: string
  /** Those that failed the last time are built alone: in a bake they would stop the others. */
  readonly #doubtful = new Set<string>()

  private constructor(folder: string, root: string) {
    this.#folder = folder
    this.#root = root
  }

  /** `root` is the folder that paths of requests are relative to. */
  static async open(root: string): Promise<Exporter> {
    return new Exporter(await mkdtemp(path.join(tmpdir(), 'oracle-')), root)
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  async export(requests: ReadonlyMap<string, ExportRequest>): Promise<Exports> {
    const exports = new Map<string, Exported>()
    const together = new Map([...requests].filter(([name]) => !this.#doubtful.has(name)))
    const alone = new Map([...requests].filter(([name]) => this.#doubtful.has(name)))
    while (together.size > 0) {
      const failure = await this.#build(together)
      const culprit = failure === undefined ? undefined : culpritOf(failure, [...together.keys()])
      for (const name of together.keys()) {
        const listing = await this.#listing(name)
        if (listing) exports.set(name, { kind: 'exported', listing })
        else if (failure === undefined) throw new Error(`${name} was built and not exported`)
        if (listing) together.delete(name)
      }
      if (culprit === undefined) continue
      // The first failure cancels the others: it is built once more alone, what it cancelled once more without it.
      if (!together.delete(culprit)) throw new Error(`${culprit} was exported and failed: ${failure ?? ''}`)
      alone.set(culprit, requests.get(culprit)!)
    }
    for (const [name, request] of alone) exports.set(name, await this.#exportAlone(name, request))
    return exports
  }

  async #exportAlone(name: string, request: ExportRequest): Promise<Exported> {
    const failure = await this.#build(new Map([[name, request]]))
    this.#doubtful[failure === undefined ? 'delete' : 'add'](name)
    if (failure !== undefined) return { kind: 'failed', message: failure }
    const listing = await this.#listing(name)
    if (!listing) throw new Error(`${name} was built and not exported`)
    return { kind: 'exported', listing }
  }

  /** What went wrong, if something did. */
  async #build(requests: ReadonlyMap<string, ExportRequest>): Promise<string | undefined> {
    await rm(this.#out, { recursive: true, force: true })
    await mkdir(this.#out)
    const target = Object.fromEntries(
      [...requests].map(([name, request]) => [name, this.#target(name, request)]),
    )
    const file = path.join(this.#folder, 'bake.json')
    await writeFile(file, JSON.stringify({ group: { default: { targets: [...requests.keys()] } }, target }))
    return docker(['buildx', 'bake', '--progress=quiet', '--file', file], this.#root)
  }

  #target(name: string, { context, file, target, args = {}, contexts = {} }: ExportRequest) {
    const escaped = Object.entries(args).map(([key, value]) => [key, value.replaceAll(/[$%](?=\{)/g, '$&$&')])
    return {
      context: path.resolve(this.#root, context),
      dockerfile: path.resolve(this.#root, file),
      ...(target !== undefined && { target }),
      args: Object.fromEntries(escaped) as Record<string, string>,
      contexts: Object.fromEntries(
        Object.entries(contexts).map(([key, folder]) => [key, path.resolve(this.#root, folder)]),
      ),
      output: [`type=tar,dest=${this.#archive(name)}`],
    }
  }

  /** `undefined` for an export that was stopped, or never started. */
  async #listing(name: string): Promise<Listing | undefined> {
    const archive = await readFile(this.#archive(name)).catch(() => undefined)
    return archive && listTar(archive)
  }

  get #out(): string {
    return path.join(this.#folder, 'out')
  }

  #archive(name: string): string {
    return path.join(this.#out, `${name}.tar`)
  }
}

/** The target that a bake failed for; a bake of one does not name it. */
function culpritOf(failure: string, targets: readonly string[]): string {
  const target = targets.length === 1 ? targets[0] : /ERROR: target (\S+):/.exec(failure)?.[1]
  if (target === undefined) throw new Error(`the bake failed for no target: ${failure}`)
  return target
}

/** What it wrote to its error output if it did not end with 0. */
export async function docker(args: readonly string[], cwd: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, {
      cwd,
      env: { ...process.env, ...ENVIRONMENT },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: DEADLINE_MILLISECONDS,
    })
    const said: Buffer[] = []
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes))
    child.once('error', reject)
    child.once('close', (code) => {
      resolve(code === 0 ? undefined : Buffer.concat(said).toString('utf8') || `ended with ${String(code)}`)
    })
  })
}
