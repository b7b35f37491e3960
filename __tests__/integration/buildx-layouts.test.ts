import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'
import { wholeLayout } from '../../src/adapters/oci-layout.js'
import type { BuildRequest, ProgressLine } from '../../src/ports/image-builder.js'
import type { Layout } from '../../src/ports/image-layouts.js'
import { valueOf } from '../fakes/images.js'
import { testRegistry } from '../rig/raw-repository.js'

const run = promisify(execFile)
const BASE_IMAGE = 'busybox:1.37'

testRegistry()

/** Stands in the text of every step, so that a prune finds the cache of these tests and of nothing else. */
const suite = `test-${randomBytes(6).toString('hex')}`

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buildx-layouts-'))
  for (const image of ['base', 'app']) await mkdir(join(folder, image))
  // Random, so that it tells whether the step ran once or twice.
  const stamp = `RUN : ${suite} && head -c 16 /dev/urandom | md5sum > /${suite}`
  await writeFile(join(folder, 'base', 'Dockerfile'), `FROM ${BASE_IMAGE}\n${stamp}\n`)
  await writeFile(join(folder, 'app', 'Dockerfile'), `FROM deps\nRUN cat /${suite}\n`)
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

afterAll(async () => {
  await run('docker', ['buildx', 'prune', '--all', '--force', `--filter=description~=${suite}`])
})

/** Builds without the cache; returns what the steps printed. */
async function build(service: string, request: Partial<BuildRequest>): Promise<string> {
  const printed: string[] = []
  const onLine = ({ text, isOutput }: ProgressLine) => {
    if (isOutput) printed.push(text.trim())
  }
  const builder = new BuildxCli({ root: folder, environment: process.env, now: () => 0 })
  const nowhere = { tags: [], push: false, load: false, layouts: {}, environment: {}, mayShare: false }
  const none = { ...nowhere, options: ['--no-cache'] }
  const paths = { service, context: service, file: `${service}/Dockerfile` }
  const watch = { onLine, onStatus: () => undefined, signal: new AbortController().signal }
  valueOf(await builder.build({ ...paths, ...none, ...request }, watch))
  return printed.join('\n')
}

/** The layout that the base is written to, whole. */
async function baseAt(layout: string, request: Partial<BuildRequest> = {}): Promise<Layout> {
  await build('base', { ...request, layout })
  const whole = await wholeLayout(layout)
  if (whole === undefined) throw new Error('there is no whole layout')
  return whole
}

test('an image is written to a layout, whatever that is called, and others are built from it', async () => {
  const base = await baseAt(join(folder, 'not/there', 'a, "b" c:d@sha256:1'))
  const printed = [
    await build('app', { layouts: { deps: base } }),
    await build('app', { layouts: { deps: base } }),
  ]
  expect(printed).toEqual([expect.stringMatching(/^[0-9a-f]{32}/), printed[0]])
  const other = await baseAt(join(folder, 'other'))
  expect(await build('app', { layouts: { deps: other } })).not.toBe(printed[0])
})

test('an image is loaded besides, under its tag, and the layout is of the same image', async () => {
  const tag = `${suite}:fp-1`
  try {
    const base = await baseAt(join(folder, 'layout'), { tags: [tag], load: true })
    const { stdout } = await run('docker', ['run', '--rm', '--network=none', tag, 'cat', `/${suite}`])
    expect(await build('app', { layouts: { deps: base } })).toBe(stdout.trim())
  } finally {
    await run('docker', ['image', 'rm', '--force', tag])
  }
})

test('an image of several platforms serves each of them', async () => {
  await writeFile(
    join(folder, 'base', 'Dockerfile'),
    'FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /arch\n',
  )
  await writeFile(join(folder, 'app', 'Dockerfile'), 'FROM deps\nCOPY --from=deps /arch /copy\n')
  for (const architecture of ['amd64', 'arm64'])
    await writeFile(join(folder, 'base', architecture), `${suite} ${architecture}`)
  const options = ['--platform', 'linux/amd64,linux/arm64']
  const base = await baseAt(join(folder, 'layout'), { options: [...options, '--provenance', 'mode=max'] })
  const app = join(folder, 'app-layout')
  await build('app', { layouts: { deps: base }, layout: app, options })
  expect(await wholeLayout(app)).toBeDefined()
})

test('a layout that lost a blob fails the build', async () => {
  const base = await baseAt(join(folder, 'layout'))
  await rm(join(base.folder, 'blobs', 'sha256', base.digest.replace('sha256:', '')))
  await expect(build('app', { layouts: { deps: base } })).rejects.toThrow()
})
