import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

export interface Task {
  readonly name: string
  readonly section: string
  readonly isCritical: boolean
  /** Milliseconds after the first one began. */
  readonly start: number
  readonly durationMs: number
}

export interface Flow {
  readonly nodes: readonly { readonly label: string; readonly style: string | undefined }[]
  /** By labels; the stroke is mermaid's word for the kind of an arrow. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly stroke: string }[]
}

/** What mermaid understands of a Gantt chart; it throws where it understands nothing. */
export async function ganttTasks(diagram: string): Promise<Task[]> {
  const read = await understood(diagram)
  if (!('tasks' in read)) throw new Error('not a Gantt chart')
  const first = Math.min(...read.tasks.map(({ start }) => start))
  return read.tasks.map(({ name, start, end, ...others }) => ({
    ...{ ...others, name: decoded(name), start: start - first, durationMs: end - start },
  }))
}

/** What mermaid understands of a flowchart. */
export async function flow(diagram: string): Promise<Flow> {
  const read = await understood(diagram)
  if (!('nodes' in read)) throw new Error('not a flowchart')
  const labels = new Map(read.nodes.map(({ id, label }) => [id, decoded(label)]))
  return {
    nodes: read.nodes.map(({ label, style }) => ({ label: decoded(label), style })),
    edges: read.edges.map(({ from, to, stroke }) => ({
      ...{ from: labels.get(from) ?? '', to: labels.get(to) ?? '', stroke },
    })),
  }
}

/** What mermaid makes of escapes such as `#58;` until it has drawn a diagram. */
function decoded(label: string): string {
  return label.replace(/ﬂ°°(\d+)¶ß/gu, (_, code: string) => String.fromCodePoint(Number(code)))
}

/** Of a timeline or a flowchart, labels as mermaid has them until it has drawn it. */
export type Understood =
  | {
      readonly tasks: readonly (Pick<Task, 'name' | 'section' | 'isCritical'> & {
        readonly start: number
        readonly end: number
      })[]
    }
  | {
      readonly nodes: readonly {
        readonly id: string
        readonly label: string
        readonly style: string | undefined
      }[]
      readonly edges: Flow['edges']
    }

interface Answer {
  readonly id: number
  readonly value?: Understood
  readonly problem?: string
}

let worker: Worker | undefined
let asked = 0

function understood(diagram: string): Promise<Understood> {
  worker ??= new Worker(join(import.meta.dirname, 'mermaid-worker.mjs'))
  const { port, id } = { port: worker, id: ++asked }
  // A test that has its answers need not end it.
  port.ref()
  return new Promise((resolve, reject) => {
    const take = (answer: Answer) => {
      if (answer.id !== id) return
      port.off('message', take).off('error', reject).unref()
      if (answer.value === undefined) reject(new Error(answer.problem))
      else resolve(answer.value)
    }
    port.on('message', take).on('error', reject).postMessage({ id, diagram })
  })
}
