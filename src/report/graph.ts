import type { Decision, Plan, PlannedImage } from '../model/plan.js'
import { mermaidText } from './mermaid-text.js'

/** `to` is built after `from`; `isSource`: it is also built from it. */
export interface Edge {
  readonly from: string
  readonly to: string
  readonly isSource: boolean
}

/** mermaid renders no more than that by default, and so GitHub (`maxTextSize`, `maxEdges`); some room is left. */
const MOST_CHARACTERS = 45_000
const MOST_EDGES = 450

/** Readable on light and on dark ground. */
const CLASSES: Readonly<Record<Decision['kind'], string>> = {
  rebuild: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
  reuse: 'fill:#ddf4ff,stroke:#0969da,color:#0a3069',
  skip: 'fill:#f6f8fa,stroke:#8c959f,color:#57606a',
}

const RANK: Readonly<Record<Decision['kind'], number>> = { rebuild: 0, reuse: 1, skip: 2 }

/** The plan without what was not asked for; a base that no image needs this time is part of the picture. */
export function asked(plan: Plan): Plan {
  const images = plan.images.filter(
    ({ decision }) => decision.kind !== 'skip' || decision.isUnneeded === true,
  )
  return { ...plan, images }
}

/** Every relation between images of the plan, once. */
export function edgesOf({ images }: Plan): Edge[] {
  const names = new Set(images.map(({ service }) => service.name))
  return images.flatMap(({ parents, service: { name: to, needs } }) => {
    const sources = new Set(Object.values(parents))
    return [...new Set([...sources, ...needs])]
      .filter((from) => names.has(from))
      .map((from) => ({ from, to, isSource: sources.has(from) }))
  })
}

/**
 * The images and what they are built from, as a flowchart in mermaid's words, coloured by decision. Of more images than are
 * rendered, those that are to be rebuilt come first, and the others are counted.
 */
export function graphDiagram(whole: Plan): string {
  const plan = asked(whole)
  const touching = edgesByName(plan)
  const ids = new Map<string, string>()
  const nodes: string[] = []
  const arrows: string[] = []
  let size = 0
  for (const image of [...plan.images].sort((a, b) => RANK[a.decision.kind] - RANK[b.decision.kind])) {
    const { name } = image.service
    ids.set(name, `n${nodes.length}`)
    const node = nodeLine(image, `n${nodes.length}`)
    const drawn = (touching.get(name) ?? []).flatMap((edge) => arrowLine(edge, ids))
    const added = [node, ...drawn].reduce((sum, line) => sum + line.length + 1, 0)
    if (size + added > MOST_CHARACTERS || arrows.length + drawn.length > MOST_EDGES) {
      ids.delete(name)
      continue
    }
    size += added
    nodes.push(node)
    arrows.push(...drawn)
  }
  const left = plan.images.length - nodes.length
  const more = left === 0 ? [] : [`  more["… and ${left} more"]`]
  const classes = Object.entries(CLASSES).map(([name, style]) => `  classDef ${name} ${style}`)
  return `${['flowchart LR', ...nodes, ...more, ...arrows, ...classes].join('\n')}\n`
}

function edgesByName(plan: Plan): ReadonlyMap<string, readonly Edge[]> {
  const byName = new Map<string, Edge[]>()
  for (const edge of edgesOf(plan))
    for (const name of [edge.from, edge.to]) byName.set(name, [...(byName.get(name) ?? []), edge])
  return byName
}

/** A base has round ends. */
function nodeLine({ service, decision }: PlannedImage, id: string): string {
  const label = `"${mermaidText(service.name)}<br/>${decision.kind}"`
  return `  ${id}${service.kind === 'base' ? `([${label}])` : `[${label}]`}:::${decision.kind}`
}

/** Dotted for what is only built after the other; none yet where one of the two is not drawn. */
function arrowLine({ from, to, isSource }: Edge, ids: ReadonlyMap<string, string>): string[] {
  const [start, end] = [ids.get(from), ids.get(to)]
  return start === undefined || end === undefined ? [] : [`  ${start} ${isSource ? '-->' : '-.->'} ${end}`]
}
