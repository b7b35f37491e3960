import { describe, expect, test } from '@jest/globals'
import { graphDiagram } from '../../src/report/graph.js'
import { flow } from '../rig/mermaid.js'
import { planned, planOf, reused, skipped } from './planned.js'
import { base } from './scenarios.js'

const DEPS = base('rust-deps')
const BACKEND = { ...planned('backend'), parents: { 'rust-deps': 'rust-deps' } }
const MIGRATIONS = {
  ...reused('migrations'),
  service: { ...reused('migrations').service, needs: ['backend'] },
}

test('has every image that was asked for with its decision, and what is built from what', async () => {
  const unneeded = base('web-deps', { decision: { kind: 'skip', isUnneeded: true } })
  const images = [DEPS, BACKEND, MIGRATIONS, unneeded, skipped('not-asked-for')]
  const diagram = graphDiagram(planOf(images).plan)
  expect(diagram).toBe(`\
flowchart LR
  n0(["rust-deps<br/>rebuild"]):::rebuild
  n1["backend<br/>rebuild"]:::rebuild
  n2["migrations<br/>reuse"]:::reuse
  n3(["web-deps<br/>skip"]):::skip
  n0 --> n1
  n1 -.-> n2
  classDef rebuild fill:#fff8c5,stroke:#9a6700,color:#4d2d00
  classDef reuse fill:#ddf4ff,stroke:#0969da,color:#0a3069
  classDef skip fill:#f6f8fa,stroke:#8c959f,color:#57606a
`)
  expect(await flow(diagram)).toEqual({
    nodes: [
      { label: 'rust-deps<br>rebuild', style: 'rebuild' },
      { label: 'backend<br>rebuild', style: 'rebuild' },
      { label: 'migrations<br>reuse', style: 'reuse' },
      { label: 'web-deps<br>skip', style: 'skip' },
    ],
    edges: [
      { from: 'rust-deps<br>rebuild', to: 'backend<br>rebuild', stroke: 'normal' },
      { from: 'backend<br>rebuild', to: 'migrations<br>reuse', stroke: 'dotted' },
    ],
  })
})

test('an image that takes another one twice, and waits for it, has one arrow', async () => {
  const twice = {
    ...BACKEND,
    parents: { deps: 'rust-deps', 'ghcr.io/acme/rust-deps': 'rust-deps' },
    service: { ...BACKEND.service, needs: ['rust-deps'] },
  }
  expect((await flow(graphDiagram(planOf([DEPS, twice]).plan))).edges).toHaveLength(1)
})

test('of nothing is an empty diagram', async () => {
  expect(await flow(graphDiagram(planOf([]).plan))).toEqual({ nodes: [], edges: [] })
})

describe('of more than is rendered', () => {
  const bases = ['one', 'two'].map((name) => base(name))
  const parents = { one: 'one', two: 'two' }
  const images = Array.from({ length: 998 }, (_, at) => ({ ...reused(`service-${at}`), parents }))

  test('shows what is to be rebuilt first, and counts what is left out', async () => {
    const changed = { ...planned('changed'), parents }
    const diagram = graphDiagram(planOf([...images, ...bases, changed]).plan)
    expect(diagram.length).toBeLessThan(50_000)
    const { nodes, edges } = await flow(diagram)
    const labels = nodes.map(({ label }) => label)
    expect(labels.slice(0, 3)).toEqual(['one<br>rebuild', 'two<br>rebuild', 'changed<br>rebuild'])
    expect(edges).toHaveLength(450)
    expect(labels.at(-1)).toBe(`… and ${1001 - (nodes.length - 1)} more`)
  })

  test('stays within what is rendered of names without relations, too', async () => {
    const long = Array.from({ length: 1000 }, (_, at) => reused('😀'.repeat(59) + String(at)))
    const diagram = graphDiagram(planOf(long).plan)
    expect(diagram.length).toBeLessThan(50_000)
    expect((await flow(diagram)).nodes.length).toBeGreaterThan(50)
  })
})
