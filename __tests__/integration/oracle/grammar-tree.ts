import fc from 'fast-check'
import { file, link, type Node } from '../../rig/oracle-tree.js'

const name = fc.constantFrom('a', 'b', 'lib', 'x.txt', 'y.md', 'two words', 'é', '.h', '-d', '[n]', 'run.sh')
export const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const content = fc.constantFrom('', '1\n', '22\n', '333\n')
const target = fc.constantFrom(
  'a',
  'b',
  '../a',
  '../lib',
  'x.txt',
  '../a/x.txt',
  '/a/x.txt',
  'nowhere',
  '.',
  '..',
)
export const node: fc.Arbitrary<Node> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(content, fc.boolean()).map(([text, isExecutable]) => file(text, isExecutable)),
  },
  { weight: 1, arbitrary: target.map(link) },
)
export const rule = fc.constantFrom(
  ...[
    '*.md',
    '**/x.txt',
    '!a/x.txt',
    'lib',
    'a/*',
    '!**/y.md',
    '.h',
    '*/b',
    '**',
    '!b',
    '/a/b',
    '# b',
    'a/',
    '!lib/a',
  ],
  ...['[a-b]', '?.h', '\\[n]', '*/*/*', '!*/*/x.txt'],
)

/** Path of the folder that a path lies in. */
export function parent(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
}
