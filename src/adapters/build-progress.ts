import type { BuildStatus } from '../model/build-status.js'
import type { BuildWatch } from '../ports/image-builder.js'
import type { BuildError } from './build-fault.js'
import { BuildCounts } from './build-counts.js'
import { parseSolveStatus, type SolveStatus, type Vertex } from './solve-status.js'

/** How many lines of a build's log are kept for the case that it fails. */
const KEPT = 300
/** How many of those that one step printed. */
const KEPT_OF_STEP = 40

type Listeners = Pick<BuildWatch, 'onLine' | 'onStatus'>

/**
 * Turns buildx's rawjson progress into lines for people: a step when it starts, its output, a word when it is cached,
 * warnings. What is not JSON, such as the final error, comes through as it is. Counts steps and bytes besides.
 */
export class BuildProgress {
  readonly log: string[] = []
  readonly #started = new Set<string>()
  /** Bytes after a step's last line end: a chunk may end within a character. */
  readonly #partial = new Map<string, Buffer>()
  /** The last lines that each step printed. */
  readonly #printed = new Map<string, string[]>()
  readonly #counts: BuildCounts
  /** The step that failed: BuildKit cancels others for it, and says so of them afterwards. */
  #failed: Vertex | undefined
  /** What buildx itself said, from its last `ERROR:` on. */
  #error: string[] = []
  private readonly listeners: Listeners

  /** `ran`: names of steps that an earlier try ran: what the builder kept of them is no merit of earlier builds. */
  constructor(listeners: Listeners, ran?: ReadonlySet<string>) {
    this.listeners = listeners
    this.#counts = new BuildCounts(ran)
  }

  /** Names of the steps that ran to their end. */
  get ran(): ReadonlySet<string> {
    return this.#counts.ran
  }

  get status(): BuildStatus {
    return this.#counts.status
  }

  get error(): BuildError {
    const { digest = '', name = '', error = '' } = this.#failed ?? {}
    const text = [...this.#error, error].join('\n').trim()
    return { text, step: name, tail: this.#printed.get(digest) ?? [] }
  }

  /** Takes one line of buildx's standard error. */
  take(line: string): void {
    const status = parseSolveStatus(line)
    if (status === undefined) this.#say(line)
    else this.takeStatus(status)
  }

  takeStatus(status: SolveStatus): void {
    for (const vertex of status.vertexes ?? []) this.#step(vertex)
    for (const { vertex, data } of status.logs ?? []) this.#output(vertex, Buffer.from(data, 'base64'))
    for (const { digest, completed } of status.vertexes ?? [])
      if (completed !== undefined) this.#flush(digest)
    for (const warning of status.warnings ?? [])
      this.#emit(`warning: ${Buffer.from(warning.short, 'base64').toString('utf8')}`)
    if (this.#counts.take(status.vertexes ?? [], status.statuses ?? [])) this.listeners.onStatus(this.status)
  }

  #say(line: string): void {
    if (line.trim() === '') return
    if (line.startsWith('ERROR:')) this.#error = [line]
    else if (this.#error.length > 0) this.#error.push(line)
    this.#emit(line, true)
  }

  #step(vertex: Vertex): void {
    if (vertex.error && this.#failed === undefined && !/context canceled$/.test(vertex.error))
      this.#failed = vertex
    if (vertex.started === undefined || this.#started.has(vertex.digest)) return
    this.#started.add(vertex.digest)
    if (!vertex.name.startsWith('[internal]'))
      this.#emit(vertex.cached === true ? `${vertex.name} (cached)` : vertex.name)
  }

  #output(vertex: string, chunk: Buffer): void {
    const bytes = Buffer.concat([this.#partial.get(vertex) ?? Buffer.alloc(0), chunk])
    const end = bytes.lastIndexOf('\n')
    this.#partial.set(vertex, bytes.subarray(end + 1))
    if (end === -1) return
    for (const line of bytes.toString('utf8', 0, end).split('\n'))
      this.#print(vertex, line.replace(/\r$/, ''))
  }

  #flush(vertex: string): void {
    const rest = this.#partial.get(vertex)?.toString('utf8') ?? ''
    this.#partial.delete(vertex)
    if (rest !== '') this.#print(vertex, rest)
  }

  #print(vertex: string, line: string): void {
    const printed = this.#printed.get(vertex) ?? []
    this.#printed.set(vertex, printed)
    printed.push(line)
    if (printed.length > KEPT_OF_STEP) printed.shift()
    this.#emit(`  ${line}`, true)
  }

  #emit(text: string, isOutput = false): void {
    this.log.push(text)
    if (this.log.length > KEPT) this.log.shift()
    this.listeners.onLine({ text, isOutput })
  }
}
