import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findDefinition, resolveInputs, type ResolvedInputs } from './run-action-environment.js'

let folder: string
let definition: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'definition-'))
  definition = path.join(folder, 'action.yml')
  await writeFile(
    definition,
    `
inputs:
  github-token: { default: '\${{ github.token }}' }
  Where To: { default: '\${{github.repository}}@\${{ github.sha }}' }
  number: { default: 08.50 }
  flag: { default: false }
  bare:
  described: { description: no default }
runs: { using: node24, main: dist/index.js }
`,
  )
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

function resolve(given: Record<string, string>): ResolvedInputs {
  const environment = { GITHUB_REPOSITORY: 'acme/shop', GITHUB_SHA: 'abc' }
  return resolveInputs({ given, definition, token: 'of-the-job', environment })
}

test('defaults apply to inputs that are not given, as they are written', () => {
  expect(resolve({})).toEqual({
    unexpected: [],
    environment: {
      'INPUT_GITHUB-TOKEN': 'of-the-job',
      INPUT_WHERE_TO: 'acme/shop@abc',
      INPUT_NUMBER: '08.50',
      INPUT_FLAG: 'false',
      INPUT_BARE: '',
      INPUT_DESCRIBED: '',
    },
  })
})

test('a given input replaces the default, also with the empty string and in another case', () => {
  expect(resolve({ FLAG: '', 'GitHub-Token': 'mine', 'where to': 'here' })).toMatchObject({
    unexpected: [],
    environment: { INPUT_FLAG: '', 'INPUT_GITHUB-TOKEN': 'mine', INPUT_WHERE_TO: 'here' },
  })
})

test('an input that is not declared is passed on and named', () => {
  expect(resolve({ falg: 'x' })).toMatchObject({ unexpected: ['falg'], environment: { INPUT_FALG: 'x' } })
})

test('without a definition every input is passed on', () => {
  const resolved = resolveInputs({ given: { a: '1' }, definition: undefined, token: '', environment: {} })
  expect(resolved).toEqual({ unexpected: [], environment: { INPUT_A: '1' } })
})

test.each(['${{ runner.os }}', '${{ github.unheard_of }}', "${{ github.sha || 'x' }}"])(
  'a default with %s is an error, as the harness cannot evaluate it',
  async (expression) => {
    await writeFile(definition, `inputs: { a: { default: "${expression}" } }`)
    expect(() => resolve({})).toThrow(`cannot evaluate ${expression}`)
  },
)

test('the definition is the nearest one at or above the entry', async () => {
  await mkdir(path.join(folder, 'dist', 'main'), { recursive: true })
  expect(findDefinition(path.join(folder, 'dist', 'main', 'index.js'))).toBe(definition)
  await writeFile(path.join(folder, 'dist', 'action.yaml'), '')
  expect(findDefinition(path.join(folder, 'dist', 'main', 'index.js'))).toBe(
    path.join(folder, 'dist', 'action.yaml'),
  )
})
