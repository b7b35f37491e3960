import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bakeTarget } from '../../src/adapters/bake-definition.js'
import type { BuildRequest } from '../../src/ports/image-builder.js'
import fc from '../fakes/seeded.js'

const run = promisify(execFile)
const PLACES = { root: '/root', layouts: {} }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bake-definition-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

function requestFor({ options }: Pick<BuildRequest, 'options'>): BuildRequest {
  return {
    ...{ service: 'a', context: 'a', file: 'a/Dockerfile', tags: ['x/a:1'], push: true, load: false },
    ...{ layouts: {}, environment: {}, options, mayShare: true },
  }
}

test('whatever a text holds, a target has the same, or none is made', async () => {
  const words = [
    '${',
    '$${',
    '%{',
    '%%{',
    '$',
    '%',
    '{',
    '}',
    '"',
    '\\',
    '~',
    'a',
    '\n',
    '\r\n',
    '\u2028',
    '\ufeff',
    'e\u0301',
  ]
  const text = fc.oneof(
    fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  const labelled = (label: string, index = 0) =>
    requestFor({
      options: ['--label', `v${index}=${label}`, '--label', `n${index}${label.replaceAll('=', '')}=1`],
    })
  const texts = fc.sample(text, { numRuns: 500, seed: 42 }).filter((one) => bakeTarget(labelled(one), PLACES))
  expect(texts.length).toBeGreaterThan(200)
  const options = texts.flatMap((one, index) => labelled(one, index).options)
  const target = bakeTarget(requestFor({ options }), PLACES)
  await writeFile(join(folder, 'bake.json'), JSON.stringify({ target: { t0: target } }))
  const { stdout } = await run('docker', [
    'buildx',
    'bake',
    '--print',
    '--file',
    join(folder, 'bake.json'),
    't0',
  ])
  const { labels } = (JSON.parse(stdout) as { target: { t0: { labels: Record<string, string> } } }).target.t0
  // It is printed as a definition again, with the values escaped and the names as they are.
  const printed = (one: string) => one.replaceAll('${', () => '$${').replaceAll('%{', '%%{')
  for (const [index, one] of texts.entries()) {
    expect([index, labels[`v${index}`]]).toEqual([index, printed(one)])
    expect([index, labels[`n${index}${one.replaceAll('=', '')}`]]).toEqual([index, '1'])
  }
})
