import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ancestor } from '../../src/ports/git-tree.js'
import type { Order } from '../../src/model/snapshot.js'
import { openGit, PLAIN } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

/** Of each commit the numbers of its parents; only earlier ones count. All are made in the same second. */
const history = fc.array(fc.uniqueArray(fc.nat(7), { minLength: 0, maxLength: 2 }), {
  minLength: 2,
  maxLength: 8,
})

let repository: TempRepository
let scratch: string

beforeAll(async () => {
  repository = await TempRepository.create({ files: { a: '1' } })
  scratch = await mkdtemp(join(tmpdir(), 'git-cli-order-property-'))
})

afterAll(async () => {
  await repository.dispose()
  await rm(scratch, { recursive: true, force: true })
})

async function commitAll(parents: readonly (readonly number[])[]): Promise<string[]> {
  const ids: string[] = []
  for (const [number, earlier] of parents.entries()) {
    const links = earlier.flatMap((parent) => (parent < number ? ['-p', ids[parent] ?? ''] : []))
    ids.push(await repository.git('commit-tree', ...links, '-m', `Commit ${number}`, 'HEAD^{tree}'))
  }
  return ids
}

/** Numbers of a commit and all before it. */
function reached(parents: readonly (readonly number[])[], from: number): Set<number> {
  const seen = new Set([from])
  // A parent has a smaller number than its child.
  for (let number = from; number >= 0; number -= 1) {
    if (seen.has(number)) for (const parent of parents[number] ?? []) if (parent < number) seen.add(parent)
  }
  return seen
}

/** The common ancestors that no other one has behind it. */
function bestOf(parents: readonly (readonly number[])[], one: number, other: number): number[] {
  const common = [...reached(parents, one)].filter((number) => reached(parents, other).has(number))
  return common.filter(
    (number) => !common.some((above) => above !== number && reached(parents, above).has(number)),
  )
}

function orderOf(best: readonly number[], head: number, other: number): Order {
  if (head === other) return 'same'
  if (best.includes(other)) return 'before'
  return best.includes(head) ? 'after' : 'beside'
}

test('a clone of any depth knows how two commits are related, or without leave to fetch that it does not', async () => {
  let told = 0
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.nat(7),
      fc.nat(7),
      fc.integer({ min: 1, max: 4 }),
      async (parents, a, b, depth) => {
        const [head, other] = [a % parents.length, b % parents.length]
        const ids = await commitAll(parents)
        const [headId, otherId] = [ids[head] ?? '', ids[other] ?? '']
        const best = bestOf(parents, head, other)
        const [commit] = best.map((number) => ids[number] ?? '').sort()
        const base: Ancestor = commit === undefined ? { kind: 'none' } : { kind: 'found', commit }
        const order = orderOf(best, head, other)

        await repository.git('update-ref', 'refs/heads/main', headId)
        const clone = await repository.cloneShallow({ depth })
        try {
          await clone.git('fetch', '--quiet', `--depth=${depth}`, 'origin', otherId)
          const alone = await openGit(clone.folder)
          const [found, where] = [await alone.mergeBase(otherId), await alone.order(otherId)]
          if (found.kind !== 'unknown') expect(found).toEqual(base)
          if (where !== 'unknown') expect(where).toBe(order)
          told += found.kind === 'unknown' ? 0 : 1
          const git = await openGit(clone.folder, { environment: PLAIN, fetchFolder: scratch })
          expect([await git.mergeBase(otherId), await git.order(otherId)]).toEqual([base, order])
        } finally {
          await clone.dispose()
        }
      },
    ),
    { numRuns: 30 },
  )
  expect(told).toBeGreaterThan(0)
})
