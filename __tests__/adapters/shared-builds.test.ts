import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'
import type { Result } from '../../src/model/failure.js'
import type { BuildRequest, Built } from '../../src/ports/image-builder.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shared-builds-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Writes down what it is asked, as `bake t0 t1` or `build`, and does what the script says with the metadata's path. */
async function docker(driver: string, script: string): Promise<BuildxCli> {
  const text = [
    '#!/bin/sh',
    `if [ "$2" = inspect ]; then echo 'Driver: ${driver}'; exit; fi`,
    'what=$2; while [ "$1" != -- ]; do [ "$1" = --metadata-file ] && metadata=$2; shift; done; shift',
    '[ "$what" = bake ] && what="bake $*"',
    `echo "$what" >>'${folder}/asked'`,
    script,
  ]
  await writeFile(join(folder, 'docker'), text.join('\n'), { mode: 0o755 })
  const environment = { PATH: `${folder}:${process.env['PATH'] ?? ''}` }
  return new BuildxCli({ root: folder, environment, now: () => 0 })
}

const DIGESTS = `case $what in
  bake*) echo '{"t0":{"containerimage.digest":"sha256:0"},"t1":{"containerimage.digest":"sha256:1"}}' >$metadata;;
  *) echo '{"containerimage.digest":"sha256:alone"}' >$metadata;;
esac`

/** What a builder of this driver was asked for. */
async function asked(): Promise<string[]> {
  return (await readFile(join(folder, 'asked'), 'utf8')).trim().split('\n').sort()
}

const signal = new AbortController().signal

async function buildBoth(
  builder: BuildxCli,
  { second = {}, secondSignal = signal }: { second?: Partial<BuildRequest>; secondSignal?: AbortSignal } = {},
): Promise<(string | undefined)[]> {
  const request = (service: string): BuildRequest => ({
    ...{ service, context: service, file: `${service}/Dockerfile`, tags: [`x/${service}:1`] },
    ...{ push: true, load: false, layouts: {}, environment: { WORD: 'one' }, options: [], mayShare: true },
  })
  const watch = { onLine: () => undefined, onStatus: () => undefined }
  const results: Result<Built>[] = await Promise.all([
    builder.build(request('a'), { ...watch, signal }),
    builder.build({ ...request('b'), ...second }, { ...watch, signal: secondSignal }),
  ])
  return results.map((result) => (result.ok ? result.value.digest : result.failures[0]?.kind))
}

test('each of two builds in one process has the digest of its target', async () => {
  const builder = await docker('docker', DIGESTS)
  await builder.available()
  expect(await buildBoth(builder)).toEqual(['sha256:0', 'sha256:1'])
  expect(await asked()).toEqual(['bake t0 t1'])
})

test.each([
  ['ends with an error', 'exit 1'],
  ['is killed', 'kill -9 $$'],
  ['says nothing of what it built', 'exit 0'],
  ['says nothing of one', `echo '{"t0":{"containerimage.digest":"sha256:0"}}' >$metadata; exit 0`],
])('both are built by themselves when the process %s', async (_, end) => {
  const builder = await docker('docker', `case $what in bake*) ${end};; esac\n${DIGESTS}`)
  await builder.available()
  expect(await buildBoth(builder)).toEqual(['sha256:alone', 'sha256:alone'])
  expect(await asked()).toEqual(['bake t0 t1', 'build', 'build'])
})

test.each([
  ['for another builder', { second: { options: ['--builder', 'other'] } }],
  ['with another value of the same variable', { second: { environment: { WORD: 'two' } } }],
  ['that is stopped for another reason', { secondSignal: new AbortController().signal }],
  ['with a process of its own', { second: { mayShare: false } }],
  ['with what a target cannot say', { second: { options: ['--allow', 'network.host'] } }],
  [
    'with a context that a target would name otherwise',
    { second: { layouts: { 'a:latest': { folder: '/l', digest: 'sha256:2' } } } },
  ],
])('a build %s is not in the same process', async (_, given) => {
  const builder = await docker('docker', DIGESTS)
  await builder.available()
  await builder.available('other')
  expect(await buildBoth(builder, given)).toEqual(['sha256:alone', 'sha256:alone'])
  expect(await asked()).toEqual(['build', 'build'])
})

test.each(['kubernetes', 'cloud'])(
  'builds of the driver %s, which has several places, have processes of their own',
  async (driver) => {
    const builder = await docker(driver, DIGESTS)
    await builder.available()
    expect(await buildBoth(builder)).toEqual(['sha256:alone', 'sha256:alone'])
    expect(await asked()).toEqual(['build', 'build'])
  },
)

test('builds that are asked for later have the next process', async () => {
  const builder = await docker('docker', DIGESTS)
  await builder.available()
  const first = buildBoth(builder)
  // Twice: what was asked for before the first comes to its turn after it.
  for (let turns = 2; turns > 0; turns--) await new Promise(setImmediate)
  await Promise.all([first, buildBoth(builder)])
  expect(await asked()).toEqual(['bake t0 t1', 'bake t0 t1'])
})
