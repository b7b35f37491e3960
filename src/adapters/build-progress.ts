import type { ProgressLine } from '../ports/image-builder.js'

/** One line of `--progress=rawjson`, as far as it is read (BuildKit's SolveStatus). */
interface SolveStatus {
  readonly vertexes?: readonly Vertex[]
  readonly logs?: readonly { readonly vertex: string; readonly data: string }[]
  readonly warnings?: readonly { readonly short: string }[]
}

interface Vertex {
  readonly digest: string
  readonly name: string
  readonly started?: string
  readonly completed?: string
  readonly cached?: boolean
}

/** How many lines of a build's log are kept for the case that it fails. */
const KEPT = 300

/**
 * Turns buildx's rawjson progress into lines for people: a step when it starts, its output, a word when it is cached,
 * warnings. What is not JSON, such as the final error, comes through as it is.
 */
export class BuildProgress {
  readonly log: string[] = []
  readonly #started = new Set<string>()
  /** Bytes after a step's last line end: a chunk may end within a character. */
  readonly #partial = new Map<string, Buffer>()
  private readonly onLine: (line: ProgressLine) => void

  constructor(onLine: (line: ProgressLine) => void) {
    this.onLine = onLine
  }

  /** Takes one line of buildx's standard error. */
  take(line: string): void {
    const status = parse(line)
    if (status === undefined) {
      if (line.trim() !== '') this.#emit(line)
      return
    }
    for (const vertex of status.vertexes ?? []) this.#step(vertex)
    for (const { vertex, data } of status.logs ?? []) this.#output(vertex, Buffer.from(data, 'base64'))
    for (const warning of status.warnings ?? [])
      this.#emit(`warning: ${Buffer.from(warning.short, 'base64').toString('utf8')}`)
  }

  #step(vertex: Vertex): void {
    if (vertex.completed !== undefined) this.#flush(vertex.digest)
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
    for (const line of bytes.toString('utf8', 0, end).split('\n')) this.#emit(line.replace(/\r$/, ''), true)
  }

  #flush(vertex: string): void {
    const rest = this.#partial.get(vertex)?.toString('utf8') ?? ''
    this.#partial.delete(vertex)
    if (rest !== '') this.#emit(rest, true)
  }

  #emit(line: string, isOutput = false): void {
    const text = isOutput ? `  ${line}` : line
    this.log.push(text)
    if (this.log.length > KEPT) this.log.shift()
    this.onLine({ text, isOutput })
  }
}

function parse(line: string): SolveStatus | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as SolveStatus
  } catch {
    return undefined
  }
}
