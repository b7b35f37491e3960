import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { breaches, type Sources } from './architecture/checker.js'

function ourSources(): Sources {
  const root = new URL('../', import.meta.url)
  const paths = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  const files = paths
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
  return new Map(files.sort().map((path) => [path, readFileSync(new URL(path, root), 'utf8')]))
}

test('the sources keep to the layers', () => {
  const sources = ourSources()
  expect(sources.size).toBeGreaterThan(20)
  expect(breaches(sources)).toEqual([])
})

describe('the checker finds', () => {
  const only = (rule: string) => [expect.stringContaining(rule)]

  test.each([
    {
      path: 'src/model/a.ts',
      text: `import { x } from '../ports/x.js'`,
      rule: ':1 imports "../ports/x.js": model may',
    },
    { path: 'src/model/a.ts', text: `import 'node:path'`, rule: 'model imports no package' },
    {
      path: 'src/ports/a.ts',
      text: `import '../plan/x.js'`,
      rule: 'ports may import model, ports, not stage',
    },
    {
      path: 'src/report/a.ts',
      text: `\n\nimport '../plan/x.js'`,
      rule: 'src/report/a.ts:3 imports "../plan/x.js"',
    },
    {
      path: 'src/report/a.ts',
      text: `import type { P } from '../ports/x.js'`,
      rule: 'stage may import model, not ports',
    },
    {
      path: 'src/report/a.ts',
      text: `type T = import('../ports/x.js').T`,
      rule: 'stage may import model, not ports',
    },
    {
      path: 'src/report/a.ts',
      text: `await import('node:fs/promises')`,
      rule: 'modules of Node that do I/O',
    },
    { path: 'src/report/a.ts', text: `const y = require('yaml')`, rule: 'only config imports this package' },
    {
      path: 'src/plan/range.ts',
      text: `import '../adapters/x.js'`,
      rule: 'reaching may import model, ports, not adapters',
    },
    { path: 'src/execute/a.ts', text: `import '@actions/core'`, rule: 'only adapters import @actions/*' },
    {
      path: 'src/config/a.ts',
      text: `import 'commander'`,
      rule: 'only adapters import packages, and config its four',
    },
    { path: 'src/adapters/a.ts', text: `import 'yaml'`, rule: 'only config imports this package' },
    {
      path: 'src/adapters/a.ts',
      text: `export { x } from '../state/x.js'; let y`,
      rule: 'adapters may import',
    },
    { path: 'src/pipeline.ts', text: `import './adapters/x.js'`, rule: 'pipeline may import' },
    { path: 'src/pipeline/a.ts', text: `import '../adapters/x.js'`, rule: 'pipeline may import' },
    { path: 'src/cli.ts', text: `import './report/x.js'`, rule: 'entry may import' },
    { path: 'src/cli.ts', text: `import 'node:fs'`, rule: 'entries only wire' },
    { path: 'src/app.ts', text: `import './cli.js'`, rule: 'only dynamically' },
    { path: 'src/plan/a.ts', text: `const x = process.env.HOME`, rule: ':1 reads the process' },
    { path: 'src/plan/a.ts', text: `const { env } = globalThis.process`, rule: 'reads the process' },
    { path: 'src/plan/a.ts', text: `const t = new Date()`, rule: 'reads the clock' },
    { path: 'src/plan/a.ts', text: `const t = [1].map(Date.now)`, rule: 'reads the clock' },
    { path: 'src/plan/utils.ts', text: `let x`, rule: 'the name says no role' },
    { path: 'src/plan/helpers/a.ts', text: `let x`, rule: 'the name says no role' },
    { path: 'src/index.ts', text: `let x`, rule: 'no place in the layers' },
    { path: 'src/plan/index.ts', text: `export * from './x.js'`, rule: 'a barrel' },
    { path: 'src/plan/a.ts', text: 'let x\n'.repeat(251), rule: '251 lines' },
    {
      path: 'src/plan/a.ts',
      text: `import type { A } from './a.js'`,
      rule: 'a cycle, src/plan/a.ts → src/plan/a.ts',
    },
  ])('$rule', ({ path, text, rule }) => {
    expect(breaches(new Map([[path, text]]))).toEqual(only(rule))
  })

  test('a cycle of three files, once', () => {
    const files = new Map([
      ['src/plan/a.ts', `import './b.js'`],
      ['src/plan/b.ts', `import './c.js'`],
      ['src/plan/c.ts', `import './a.js'`],
    ])
    const rule =
      'src/plan/c.ts:1 imports "./a.js": a cycle, src/plan/a.ts → src/plan/b.ts → src/plan/c.ts → src/plan/a.ts'
    expect(breaches(files)).toEqual([rule])
  })
})

test.each([
  { path: 'src/plan/probe.ts', text: `import './decide.js'; import '../ports/x.js'; import '../model/x.js'` },
  { path: 'src/fingerprint/encode.ts', text: `import 'node:crypto'; import './compute.js'` },
  { path: 'src/config/parse.ts', text: `import { parse } from 'yaml'; import * as v from 'valibot'` },
  {
    path: 'src/adapters/a.ts',
    text: `import '@actions/core'; import 'node:fs'; const t = Date.now() + process.pid`,
  },
  {
    path: 'src/action.ts',
    text: `import './pipeline.js'; import './adapters/x.js'; const { env } = process`,
  },
  { path: 'src/app.ts', text: `await import('./action.js')` },
  { path: 'src/plan/a.ts', text: `const t = new Date(0); const x = { process: 1 }; x.process; clock.now()` },
])('the checker lets $path be', ({ path, text }) => {
  expect(breaches(new Map([[path, text]]))).toEqual([])
})
