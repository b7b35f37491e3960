import type { Plan } from '../model/plan.js'
import { asked, edgesOf, type Edge } from './graph.js'
import { nameText, VERDICT_COLOR } from './terminal.js'
import { type Cell, type TerminalOptions, textTable } from './text-table.js'
import { planRows, planSummary, type Row } from './view.js'

/** What stands before a child and before what hangs from it, by whether others follow. */
const BRANCHES = {
  source: { more: '├── ', last: '└── ' },
  order: { more: '├┄┄ ', last: '└┄┄ ' },
}
const [GOES_ON, ENDS] = ['│   ', '    ']

const LEGEND = '┄ built after it, not from it'
const SEEN = 'see above'

interface Place {
  /** The lines of the tree that go by it. */
  readonly indent: string
  readonly branch: string
}

/** The images, each below every image that it is built from; what hangs from one that has several stands below the first. */
export function graphLines(whole: Plan, options: TerminalOptions): string[] {
  const plan = asked(whole)
  const edges = edgesOf(plan)
  const tree = new Tree(plan, edges)
  const legend = edges.some(({ isSource }) => !isSource) ? [LEGEND] : []
  return [...textTable(tree.rows(), options), ...legend, planSummary(whole)]
}

class Tree {
  /** By name, in the plan's order. */
  readonly #images: ReadonlyMap<string, Row>
  readonly #children = new Map<string, Edge[]>()
  readonly #seen = new Set<string>()
  readonly #roots: readonly string[]

  constructor(plan: Plan, edges: readonly Edge[]) {
    const rows = planRows(plan)
    this.#images = new Map(
      plan.images.flatMap(({ service }, index) => {
        const row = rows[index]
        return row === undefined ? [] : [[service.name, row] as const]
      }),
    )
    for (const edge of edges) this.#children.set(edge.from, [...(this.#children.get(edge.from) ?? []), edge])
    const below = new Set(edges.map(({ to }) => to))
    const roots = [...this.#images.keys()].filter((name) => !below.has(name))
    const isAlone = (name: string) => !this.#children.has(name)
    this.#roots = [...roots.filter((name) => !isAlone(name)), ...roots.filter(isAlone)]
  }

  rows(): Cell[][] {
    return this.#roots.flatMap((name) => this.#below(name, { indent: '', branch: '' }))
  }

  /** The image and what hangs from it. */
  #below(name: string, { indent, branch }: Place): Cell[][] {
    const row = this.#images.get(name)
    if (row === undefined) return []
    const isSeen = this.#seen.has(name)
    this.#seen.add(name)
    const children = this.#children.get(name) ?? []
    const own = rowCells(row, { label: `${indent}${branch}${nameText(name)}`, isSeen })
    if (isSeen) return [own]
    const inner = branch === '' ? '' : indent + (branch.startsWith('└') ? ENDS : GOES_ON)
    return [
      own,
      ...children.flatMap(({ to, isSource }, index) => {
        const { more, last } = isSource ? BRANCHES.source : BRANCHES.order
        return this.#below(to, { indent: inner, branch: index === children.length - 1 ? last : more })
      }),
    ]
  }
}

function rowCells({ verdict, isBase, result, why }: Row, at: { label: string; isSeen: boolean }): Cell[] {
  return [
    { text: at.label },
    { text: isBase ? 'base' : '' },
    { text: result, color: VERDICT_COLOR[verdict] },
    { text: at.isSeen ? SEEN : why },
  ]
}
