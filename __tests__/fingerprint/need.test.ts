import { expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { gather } from '../../src/fingerprint/gather.js'
import { GitView } from '../../src/fingerprint/git-view.js'
import { inspect, type Inspection } from '../../src/fingerprint/inspect.js'
import { valueOf } from '../../src/fingerprint/need.js'
import type { Answers } from '../../src/model/memo.js'
import type { Service } from '../../src/model/service.js'
import { FakeGitTree } from '../fakes/fake-git-tree.js'
import { service } from '../fakes/images.js'
import { type Files, optionsFor, SERVICE, treeOf, withDockerfile } from './repository.js'
import { EDIT, edited, FILES, INSTRUCTION } from './trees.js'

/** Fewer in the quick tests, see `scripts/unit.ts`. */
const RUNS = process.env['SMART_IMAGE_BUILD_TEST_QUICK'] === 'true' ? 100 : 800

interface Seen {
  readonly inspection: Inspection | undefined
  readonly view: GitView
}

async function inspected(files: Files, of: Service): Promise<Seen> {
  const git = new FakeGitTree(treeOf(files))
  const view = new GitView(git, git.head, [])
  const result = (await inspect([of], { git, view, platform: 'linux/amd64' })).get(of.name)
  return { inspection: result?.ok === true ? result.value : undefined, view }
}

/** All that an answer says. */
function said({ recipe, taken }: Inspection): unknown {
  const selections = taken.map(({ source, selection }) => [
    ...[source.label, source.path, source.line, source.isMade, selection.isFound],
    ...[...selection.entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
  ])
  return [recipe.definition, [...recipe.declaredArgs], recipe.references, recipe.notices, selections]
}

/** Services with something of all that decides what is looked at. */
const SERVICES = fc
  .record({
    paths: fc.constantFrom([], ['a/b'], ['c/a/**', '!c/a/b'], ['/b'], ['*.md'], ['a/']),
    ignore: fc.constantFrom([], ['*.md'], ['c/a/'], ['c/b', '!c/b/a']),
    generated: fc.constantFrom({}, { 'c/a/b': ['b/**'] }, { 'c/b': ['/a', 'c/c/*'] }),
    folder: fc.constantFrom('c/a', 'b', 'a/b', 'c'),
  })
  .map(({ folder, ...given }) =>
    service('app', {
      ...{ ...given, context: SERVICE.context, file: SERVICE.file },
      build: { contexts: { other: { kind: 'folder', folder } } },
    }),
  )

const INSTRUCTIONS = fc
  .tuple(INSTRUCTION, fc.option(INSTRUCTION, { nil: '' }))
  .map(([one, other]) => [one, other.replace('COPY', 'COPY --from=other')].join('\n'))

test('as long as no need of an answer comes to something else, the answer is the same', async () => {
  let same = 0
  await fc.assert(
    fc.asyncProperty(
      ...[INSTRUCTIONS, FILES, SERVICES],
      fc.array(EDIT, { minLength: 1, maxLength: 3 }),
      async (instructions, files, of, edits) => {
        const before = withDockerfile(instructions, files)
        const first = await inspected(before, of)
        if (first.inspection === undefined) return
        const needs = [...first.inspection.needs].sort()
        const value = await valueOf(needs, first.view)
        expect(value).toBeDefined()
        const second = await inspected(edits.reduce<Files>(edited, before), of)
        if ((await valueOf(needs, second.view)) !== value) return
        same += 1
        expect(second.inspection && said(second.inspection)).toEqual(said(first.inspection))
      },
    ),
    { numRuns: RUNS },
  )
  // The property says something only where needs stay as they are.
  expect(same).toBeGreaterThan(RUNS / 10)
})

test('what is remembered, over any sequence of edits, is what is found anew', async () => {
  let hits = 0
  await fc.assert(
    fc.asyncProperty(
      ...[INSTRUCTIONS, FILES, SERVICES],
      fc.array(EDIT, { minLength: 1, maxLength: 8 }),
      async (instructions, files, of, edits) => {
        let now = withDockerfile(instructions, files)
        let memo: Answers = new Map()
        for (const edit of [undefined, ...edits]) {
          if (edit !== undefined) now = edited(now, edit)
          const git = new FakeGitTree(treeOf(now))
          const [fresh, recalled] = [
            await gather([of], optionsFor(git)),
            await gather([of], optionsFor(git, { memo })),
          ]
          expect(recalled.ok).toBe(fresh.ok)
          if (!recalled.ok || !fresh.ok) continue
          if (recalled.value.inspections.size === 0) hits += 1
          expect(recalled.value.snapshot).toEqual(fresh.value.snapshot)
          expect(recalled.value.notices).toEqual(fresh.value.notices)
          memo = new Map([...memo, ...recalled.value.memo])
        }
      },
    ),
    { numRuns: RUNS / 5 },
  )
  expect(hits).toBeGreaterThan(RUNS / 10)
})
