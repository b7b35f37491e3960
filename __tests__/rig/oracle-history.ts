import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { type Exported, Exporter, type ExportRequest } from './oracle-export.js'
import { fingerprintsOf } from './oracle-fingerprints.js'
import { differencesOf, type Observation, Verdicts } from './oracle-judge.js'
import { reduce } from './oracle-reduce.js'
import { CONFIGURATION } from './oracle-world.js'
import { TempRepository } from './temp-repository.js'

export interface HistoryOptions {
  readonly repository: string
  /** How many commits are compared with the one before, the newest ones, by first parent. */
  readonly commits: number
  /** All unless said otherwise. */
  readonly services: readonly string[]
  /** Text of a configuration for commits that have none. */
  readonly configuration?: string
}

/** One commit and what it changed. */
export interface Step {
  readonly commit: string
  readonly subject: string
  readonly inExport: readonly string[]
  readonly inFingerprint: readonly string[]
}

interface Settings {
  readonly context: string
  readonly file?: string
  readonly target?: string
  readonly 'build-args'?: Readonly<Record<string, string>>
}

interface Seen extends Observation {
  /** Whatever changes a fingerprint besides files. */
  readonly definition: string
}

/**
 * Judges the fingerprints of a real history: at every commit the real BuildKit exports what each Dockerfile takes,
 * reduced as `reduce` says, and the command plans the commit as it is.
 */
export class History {
  readonly verdicts = new Verdicts()
  readonly #options: HistoryOptions
  readonly #planned: TempRepository
  readonly #folder: string
  readonly #exporter: Exporter

  private constructor(
    options: HistoryOptions,
    parts: { planned: TempRepository; folder: string; exporter: Exporter },
  ) {
    this.#options = options
    this.#planned = parts.planned
    this.#folder = parts.folder
    this.#exporter = parts.exporter
  }

  static async open(options: HistoryOptions): Promise<History> {
    const planned = await TempRepository.create()
    // Its objects are read where they are: a history need not be whole as long as what is judged is there.
    const source = (...args: string[]) => planned.git('-C', options.repository, ...args)
    const objects = await source('rev-parse', '--path-format=absolute', '--git-path', 'objects')
    await writeFile(join(planned.folder, '.git/objects/info/alternates'), `${objects}\n`)
    await planned.git('update-ref', 'refs/heads/judged', await source('rev-parse', 'HEAD'))
    const folder = await mkdtemp(join(tmpdir(), 'oracle-history-'))
    // Apart, as what a COPY of all takes must not hold what the plan needs.
    await planned.git('worktree', 'add', '--quiet', '--detach', join(folder, 'tree'), 'judged')
    return new History(options, { planned, folder, exporter: await Exporter.open(join(folder, 'tree')) })
  }

  async close(): Promise<void> {
    await this.#exporter.close()
    await rm(this.#folder, { recursive: true, force: true })
    await this.#planned.dispose()
  }

  /** From the oldest commit to the newest, one at a time. */
  async *steps(): AsyncGenerator<Step> {
    const log = ['log', '--first-parent', '--reverse', '--format=%H %s', `-${this.#options.commits + 1}`]
    const commits = (await this.#planned.git(...log, 'judged')).split('\n')
    let before = new Map<string, Seen>()
    for (const line of commits) {
      const [commit, subject] = [line.slice(0, 40), line.slice(41)]
      const after = await this.#observe(commit)
      yield this.#compare({ commit, subject }, before, after)
      before = after
    }
  }

  #compare(
    of: { commit: string; subject: string },
    before: ReadonlyMap<string, Seen>,
    after: ReadonlyMap<string, Seen>,
  ): Step {
    const [inExport, inFingerprint]: [string[], string[]] = [[], []]
    for (const [service, is] of after) {
      const was = before.get(service)
      if (!was) continue
      if (differencesOf(was.exported, is.exported).length > 0) inExport.push(service)
      if (was.fingerprint !== is.fingerprint) inFingerprint.push(service)
      const mutation = `${of.commit.slice(0, 10)} ${of.subject}`
      const countsMore = was.definition !== is.definition
      this.verdicts.add({ service, mutation, kind: 'files', before: was, after: is, countsMore })
    }
    return { ...of, inExport, inFingerprint }
  }

  async #observe(commit: string): Promise<Map<string, Seen>> {
    const tree = join(this.#folder, 'tree')
    await this.#planned.git('-C', tree, 'checkout', '--quiet', '--force', '--detach', commit)
    await this.#planned.git('checkout', '--quiet', '--force', '--detach', commit)
    const settings = await this.#settings(tree)
    const requests = new Map<string, ExportRequest>()
    const definitions = new Map<string, string>()
    for (const [name, service] of settings) {
      const { request, definition } = await this.#reduced(name, service)
      requests.set(name, request)
      definitions.set(name, definition)
    }
    await this.#planned.write(
      CONFIGURATION,
      JSON.stringify({ services: Object.fromEntries(settings) as object }),
    )
    await this.#planned.git('add', '--force', CONFIGURATION)
    await this.#planned.commit('Configuration')
    const [exports, fingerprints] = await Promise.all([
      this.#exporter.export(requests),
      fingerprintsOf(this.#planned.folder, 'commit'),
    ])
    if (fingerprints.kind === 'refused')
      throw new Error(`the plan of ${commit} is refused: ${fingerprints.message}`)
    return new Map(
      [...exports].map(([name, exported]: [string, Exported]) => [
        name,
        { exported, fingerprint: fingerprints.of.get(name), definition: definitions.get(name)! },
      ]),
    )
  }

  /** Of the services that are asked for and whose Dockerfile is there. */
  async #settings(tree: string): Promise<Map<string, Settings>> {
    const own = await readFile(join(tree, CONFIGURATION), 'utf8').catch(() => undefined)
    const text = own ?? this.#options.configuration
    if (text === undefined) throw new Error(`there is no ${CONFIGURATION}; give one with --config`)
    const { services, defaults = {} } = parse(text) as {
      services: Record<string, Settings>
      defaults?: Partial<Settings>
    }
    const found = new Map<string, Settings>()
    for (const [name, service] of Object.entries(services)) {
      const wanted = this.#options.services
      const merged = { ...defaults, ...service }
      const isThere = (await this.#read(tree, dockerfileOf(merged))) !== undefined
      if (isThere && (wanted.length === 0 || wanted.includes(name))) found.set(name, merged)
    }
    return found
  }

  async #reduced(name: string, service: Settings): Promise<{ request: ExportRequest; definition: string }> {
    const tree = join(this.#folder, 'tree')
    const dockerfile = (await this.#read(tree, dockerfileOf(service)))!
    const rules = await this.#read(tree, `${dockerfileOf(service)}.dockerignore`)
    const file = join(this.#folder, 'reduced', `${name}.Dockerfile`)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, reduce(dockerfile))
    await rm(`${file}.dockerignore`, { force: true })
    if (rules !== undefined) await writeFile(`${file}.dockerignore`, rules)
    const { context, target, 'build-args': args } = service
    const request = { context, file, ...(target !== undefined && { target }), ...(args && { args }) }
    return { request, definition: JSON.stringify([dockerfile, service]) }
  }

  async #read(tree: string, file: string): Promise<string | undefined> {
    return readFile(join(tree, file), 'utf8').catch(() => undefined)
  }
}

function dockerfileOf({ file, context }: Settings): string {
  return file ?? join(context, 'Dockerfile')
}
