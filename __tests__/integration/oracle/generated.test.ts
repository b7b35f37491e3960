import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Oracle } from '../../rig/oracle.js'
import { Verdicts } from '../../rig/oracle-judge.js'
import { dockerfileOf, filesOf, type World } from '../../rig/oracle-world.js'
import { testRegistry } from '../../rig/shop.js'
import { addCase, type Case, cases } from './grammar.js'
import { mutationOf } from './grammar-changes.js'

const SEED = Number(process.env['SMART_IMAGE_BUILD_ORACLE_SEED'] ?? 20_260_801)
/** Each is a context of its own with four services. */
const CASES = Number(process.env['SMART_IMAGE_BUILD_ORACLE_CASES'] ?? 12)
const MUTATIONS = 6
/** Contexts that are built together. */
const TOGETHER = 6

test('whatever BuildKit takes from a random tree changes the fingerprint', async () => {
  testRegistry()
  console.log(`oracle: seed ${SEED}, ${CASES} cases`)
  const generated = fc.sample(cases(MUTATIONS), { seed: SEED, numRuns: CASES })
  const verdicts = { commit: new Verdicts(), worktree: new Verdicts() }
  const missed: string[] = []
  for (let first = 0; first < CASES; first += TOGETHER) {
    missed.push(...(await judgeTogether(generated.slice(first, first + TOGETHER), first, verdicts)))
  }
  for (const inputs of ['commit', 'worktree'] as const) {
    console.log(verdicts[inputs].summary(`oracle (generated, ${inputs})`))
  }
  expect(missed).toEqual([])
}, 3_600_000)

async function judgeTogether(
  together: readonly Case[],
  first: number,
  verdicts: Oracle['verdicts'],
): Promise<string[]> {
  const folders = together.map((_, index) => `g${first + index}`)
  const empty: World = { tree: new Map(), services: new Map() }
  const world = together.reduce((before, one, index) => addCase(before, folders[index]!, one), empty)
  const oracle = await Oracle.open(world, verdicts)
  const known = verdicts.commit.missed.length + verdicts.worktree.missed.length
  try {
    for (let round = 0; round < MUTATIONS; round++) {
      const parts = together.map(({ mutations }, index) => {
        const services = [...world.services.keys()].filter((name) => name.startsWith(`${folders[index]!}-`))
        return { mutation: mutationOf(mutations[round]!, folders[index]!), services: new Set(services) }
      })
      await oracle.judge({ parts })
    }
  } finally {
    await oracle.close()
  }
  expect(oracle.refused).toEqual([])
  const missed = [...verdicts.commit.missed, ...verdicts.worktree.missed]
  return missed.length === known ? [] : missed.map((text) => `${text}\n${around(text, world)}`)
}

/** The Dockerfile, the rules and the tree that a missed change is about. */
function around(text: string, world: World): string {
  const name = /service (\S+),/.exec(text)?.[1] ?? ''
  const service = world.services.get(name)
  if (!service) return ''
  const files = filesOf(world)
  const texts = [
    dockerfileOf(name, service),
    `${dockerfileOf(name, service)}.dockerignore`,
    `${service.context}/.dockerignore`,
  ]
  const shown = texts.flatMap((path) => {
    const node = files.get(path)
    return node?.kind === 'file' ? [`--- ${path}`, Buffer.from(node.content).toString('utf8')] : []
  })
  const tree = [...world.tree]
    .filter(([path]) => path.startsWith(`${service.context}/`))
    .map(([path, node]) => `${path} ${JSON.stringify(node)}`)
  return [...shown, '--- tree', ...tree].join('\n')
}
