import { expect, test } from '@jest/globals'
import type { PlannedImage } from '../../src/model/plan.js'
import { graphLines } from '../../src/report/graph-tree.js'
import { planned, planOf, reused, skipped } from './planned.js'
import { base } from './scenarios.js'

const PLAIN = { color: false }

function from(image: PlannedImage, parents: readonly string[], needs: readonly string[] = []): PlannedImage {
  return {
    ...image,
    parents: Object.fromEntries(parents.map((name) => [name, name])),
    service: { ...image.service, needs },
  }
}

test('every image stands below those that it is built from, others at the end', () => {
  const images = [
    reused('docs'),
    base('debian', { decision: { kind: 'reuse', found: 'registry' } }),
    from(base('rust-deps'), ['debian']),
    from(planned('backend'), ['rust-deps']),
    from(reused('migrations'), ['rust-deps'], ['backend']),
    from(planned('tools'), ['debian']),
    from(skipped('not-asked-for'), ['debian']),
  ]
  expect(graphLines(planOf(images).plan, PLAIN)).toEqual([
    'debian                  base  reuse    the registry has an image of this content',
    '├── rust-deps           base  rebuild  Dockerfile changed',
    '│   ├── backend               rebuild  Dockerfile changed',
    '│   │   └┄┄ migrations        reuse    unchanged since its last build',
    '│   └── migrations            reuse    see above',
    '└── tools                     rebuild  Dockerfile changed',
    'docs                          reuse    unchanged since its last build',
    '┄ built after it, not from it',
    '3 to rebuild, 3 to reuse, 1 not asked for',
  ])
})

test('what hangs from an image is shown once', () => {
  const images = [
    base('a'),
    base('b'),
    from(base('c'), ['a', 'b']),
    ...['d', 'e'].map((name) => from(planned(name), ['c'])),
  ]
  expect(graphLines(planOf(images).plan, PLAIN)).toEqual([
    'a          base  rebuild  Dockerfile changed',
    '└── c      base  rebuild  Dockerfile changed',
    '    ├── d        rebuild  Dockerfile changed',
    '    └── e        rebuild  Dockerfile changed',
    'b          base  rebuild  Dockerfile changed',
    '└── c      base  rebuild  see above',
    '5 to rebuild, 0 to reuse',
  ])
})

test('a name cannot break its line', () => {
  expect(graphLines(planOf([planned('a\nb\u001b[2J')]).plan, PLAIN)).toEqual([
    'a\\nb\\x1b[2J  rebuild  Dockerfile changed',
    '1 to rebuild, 0 to reuse',
  ])
})
