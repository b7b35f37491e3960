import { expect, test } from '@jest/globals'
import { Oracle, type Part } from '../../rig/oracle.js'
import { worldOf } from '../../rig/oracle-world.js'
import { testRegistry } from '../../rig/shop.js'
import { DISK_MUTATIONS } from './mutations-disk.js'
import { THEMES } from './themes.js'
import { TREE } from './tree.js'

/** What they take is not there, or not sent: some mutations mend it. */
const FAILING = [
  'link-dangling',
  'link-outside',
  'link-to-ignored',
  'rules-and-ignored-file',
  'star-below-nothing',
]

const SERVICES = Object.fromEntries(THEMES.flatMap(({ services }) => Object.entries(services)))

/**
 * Every mutation is judged for every nth service only, each mutation for another nth: all of them take many minutes.
 * `SMART_IMAGE_BUILD_ORACLE_NTH=1` judges all of them.
 */
const NTH = Number(process.env['SMART_IMAGE_BUILD_ORACLE_NTH'] ?? 3)

function leftIn(round: number): Set<string> {
  return new Set(Object.keys(SERVICES).filter((_, index) => (index + round) % NTH !== 0))
}

/** The nth mutation of every theme that has so many. */
function roundOf(index: number): Part[] {
  return THEMES.flatMap(({ services, mutations }) => {
    const mutation = mutations[index]
    return mutation ? [{ mutation, services: new Set(Object.keys(services)) }] : []
  })
}

test('whatever BuildKit takes changes the fingerprint', async () => {
  testRegistry()
  const oracle = await Oracle.open(worldOf(TREE, SERVICES))
  try {
    const failing = [...oracle.base.exports].filter(([, { kind }]) => kind === 'failed')
    expect(failing.map(([name]) => name).sort()).toEqual(FAILING)
    const rounds = Math.max(...THEMES.map((theme) => theme.mutations.length))
    for (let round = 0; round < rounds; round++) {
      await oracle.judge({ parts: roundOf(round), leaves: leftIn(round) })
    }
    const services = new Set(Object.keys(SERVICES))
    for (const [round, mutation] of DISK_MUTATIONS.entries()) {
      await oracle.judge({ parts: [{ mutation, services }], inputs: ['worktree'], leaves: leftIn(round) })
    }
  } finally {
    await oracle.close()
  }
  const { commit, worktree } = oracle.verdicts
  const leftOut = oracle.leftOut.length === 0 ? [] : [`left out: ${oracle.leftOut.join(', ')}`]
  console.log([commit.summary('oracle'), worktree.summary('oracle (work tree)'), ...leftOut].join('\n'))
  if (process.env['SMART_IMAGE_BUILD_ORACLE_NEEDLESS'] !== undefined) console.log(commit.needless.join('\n'))
  expect(oracle.refused).toEqual([])
  expect([...commit.missed, ...worktree.missed]).toEqual([])
}, 1_800_000)
