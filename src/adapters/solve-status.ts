/** One line of `--progress=rawjson`, as far as it is read (BuildKit's SolveStatus). */
export interface SolveStatus {
  readonly vertexes?: readonly Vertex[]
  readonly statuses?: readonly StatusLine[]
  readonly logs?: readonly Log[]
  readonly warnings?: readonly Warning[]
}

/** What a step printed, as it came. */
export interface Log {
  readonly vertex: string
  readonly stream: number
  /** In base64. */
  readonly data: string
  readonly timestamp: string
}

export interface Warning {
  readonly vertex: string
  /** In base64. */
  readonly short: string
}

/** A step. */
export interface Vertex {
  readonly digest: string
  readonly name: string
  readonly started?: string
  readonly completed?: string
  readonly cached?: boolean
  readonly error?: string
}

/** One of several things that a step does. */
export interface StatusLine {
  readonly id: string
  readonly vertex: string
  readonly current?: number
}

/** `undefined` for what is not JSON, such as the final error. */
export function parseSolveStatus(line: string): SolveStatus | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as SolveStatus
  } catch {
    return undefined
  }
}
