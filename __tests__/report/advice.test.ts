import { expect, test } from '@jest/globals'
import type { ContextAdvice } from '../../src/model/advice.js'
import { adviceLines } from '../../src/report/advice.js'

const ADVICE: ContextAdvice = {
  images: ['api', 'web'],
  context: '',
  ignoreFile: '.dockerignore',
  sent: { bytes: 61_200_000, files: 1204 },
  largest: [
    { path: 'node_modules', bytes: 60_000_000, files: 1200 },
    { path: '.git', bytes: 1_000_000, files: 1 },
  ],
  lines: [
    { line: '**/node_modules', kind: 'ignored', bytes: 60_000_000, files: 1200 },
    { line: '.git', kind: 'repository', bytes: 1_000_000, files: 1 },
  ],
  left: { bytes: 200_000, files: 3 },
}

test('of a context stand what is sent, the largest, the lines, why, and what is left', () => {
  expect(adviceLines([ADVICE])).toEqual([
    '',
    '.: 61.2 MB in 1204 files can be sent to the builder, for api, web',
    '  the largest: node_modules 60.0 MB, .git 1.0 MB',
    '  lines for .dockerignore, unless a step of the build reads what they leave out:',
    '    **/node_modules   60.0 MB  git ignores it: a fresh checkout has none of it',
    '    .git               1.0 MB  differs in every clone, and never counts',
    '  with them it is 200.0 kB in 3 files',
  ])
})

test.each<[string, Partial<ContextAdvice>, string]>([
  ['without lines', { lines: [] }, '  nothing of it is known to be seldom wanted'],
  [
    'that is not clear',
    { lines: [], unclear: { file: 'a\u001bb', line: 4 } },
    '  what a\\x1bb:4 takes cannot be told, so that no lines are advised',
  ],
])('a context %s says so', (_, given, line) => {
  expect(adviceLines([{ ...ADVICE, ...given }]).at(-1)).toBe(line)
})

test('a file name of any kind is one harmless line', () => {
  const lines = [{ line: 'a\n::error::b', kind: 'ignored', bytes: 1, files: 1 } as const]
  const text = adviceLines([{ ...ADVICE, context: 'x\ny', images: ['\u001b[1m'], lines }])
  expect(text.join('')).not.toMatch(/\p{Cc}/u)
})
