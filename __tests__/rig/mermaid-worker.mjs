// @ts-check
/* mermaid in a thread of its own: it needs a global browser, and jest would take that apart at the end of a test. */
import { JSDOM } from 'jsdom'
import { parentPort } from 'node:worker_threads'

/**
 * What is used of what mermaid understood, which its types keep to themselves.
 * @typedef {{
 *   getTasks(): { task: string, type: string, crit?: boolean, startTime: Date, endTime: Date }[]
 * }} Gantt
 * @typedef {{
 *   getVertices(): Map<string, { text: string, classes: string[] }>
 *   getEdges(): { start: string, end: string, stroke: string }[]
 * }} Flowchart
 */

const { window } = new JSDOM('')
// It looks for these when it is loaded.
Object.assign(globalThis, { window, document: window.document })
const { default: mermaid } = await import('mermaid')

parentPort?.on('message', (/** @type {{ id: number, diagram: string }} */ { id, diagram }) => {
  read(diagram).then(
    (value) => parentPort?.postMessage({ id, value }),
    (/** @type {unknown} */ error) => parentPort?.postMessage({ id, problem: String(error) }),
  )
})

/** @param {string} diagram */
async function read(diagram) {
  const { diagramType } = await mermaid.parse(diagram)
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else says what was understood
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(diagram)
  /** @type {unknown} */
  const understood = db
  return diagramType === 'gantt'
    ? tasks(/** @type {Gantt} */ (understood))
    : graph(/** @type {Flowchart} */ (understood))
}

/** @param {Gantt} db */
function tasks(db) {
  return {
    tasks: db.getTasks().map(({ task, type, crit, startTime, endTime }) => ({
      ...{ name: task, section: type, isCritical: crit === true },
      ...{ start: startTime.getTime(), end: endTime.getTime() },
    })),
  }
}

/** @param {Flowchart} db */
function graph(db) {
  return {
    nodes: [...db.getVertices()].map(([id, { text, classes }]) => ({ id, label: text, style: classes[0] })),
    edges: db.getEdges().map(({ start, end, stroke }) => ({ from: start, to: end, stroke })),
  }
}
