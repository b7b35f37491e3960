import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'
import type { BuildStatus } from '../../src/model/build-status.js'
import type { Result } from '../../src/model/failure.js'
import type { BuildRequest, BuildWatch, Built } from '../../src/ports/image-builder.js'
import { valueOf } from '../fakes/images.js'
import { testBuilders } from '../rig/builders.js'
import { testRegistry } from '../rig/raw-repository.js'

jest.setTimeout(120_000)

const run = promisify(execFile)
const address = testRegistry()

/** Stands in the text of every step, so that a prune finds the cache of these tests and of nothing else. */
const suite = `test-${randomBytes(6).toString('hex')}`

let folder: string
let name: string
let lines: Map<string, string[]>
let statuses: Map<string, BuildStatus>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buildx-bake-'))
  name = `${suite}-${randomBytes(4).toString('hex')}`
  lines = new Map()
  statuses = new Map()
  await mkdir(join(folder, 'bin'))
  // Writes down what each process was asked to do, and does it.
  const { stdout } = await run('sh', ['-c', 'command -v docker'])
  const script = `#!/bin/sh\necho "$2" >>'${folder}/asked'\nexec ${stdout.trim()} "$@"\n`
  await writeFile(join(folder, 'bin/docker'), script)
  await chmod(join(folder, 'bin/docker'), 0o755)
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

afterAll(async () => {
  const { stdout } = await run('docker', ['image', 'ls', '--all', '--format', '{{.Repository}}:{{.Tag}}'])
  const made = stdout.split('\n').filter((line) => line.includes(suite))
  if (made.length > 0) await run('docker', ['image', 'rm', '--force', ...made])
  for (const builder of Object.values(testBuilders()))
    await run('docker', [
      'buildx',
      'prune',
      '--builder',
      builder,
      '--all',
      '--force',
      `--filter=description~=${suite}`,
    ])
})

/** What buildx was asked to do, one word for each process. */
async function asked(): Promise<string[]> {
  const words = (await readFile(join(folder, 'asked'), 'utf8')).split('\n')
  // A connection of buildx may be another process of docker.
  return words.filter((word) => word === 'bake' || word === 'build')
}

async function dockerfile(service: string, ...steps: string[]): Promise<void> {
  await mkdir(join(folder, service), { recursive: true })
  await writeFile(join(folder, service, 'file'), `${name} ${service}`)
  await writeFile(join(folder, service, 'Dockerfile'), `FROM busybox:1.37\n${steps.join('\n')}\n`)
}

function requestFor(service: string, given: Partial<BuildRequest> = {}): BuildRequest {
  return {
    ...{ service, context: service, file: `${service}/Dockerfile`, push: true, load: false, mayShare: true },
    tags: [`${address}/${name}/${service}:v1`],
    ...{ layouts: {}, environment: {}, options: ['--provenance=false'].flatMap((one) => one.split('=')) },
    ...given,
  }
}

/** Asks for all in one turn of the event loop. */
async function buildAll(
  requests: readonly BuildRequest[],
  { signal = new AbortController().signal, named }: { signal?: AbortSignal; named?: string } = {},
): Promise<Result<Built>[]> {
  const path = `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`
  const builder = new BuildxCli({
    root: folder,
    environment: { ...process.env, PATH: path },
    now: () => performance.now(),
  })
  valueOf(await builder.available(named))
  await rm(join(folder, 'asked'))
  const watch = (service: string): BuildWatch => ({
    onLine: ({ text }) => lines.set(service, [...(lines.get(service) ?? []), text]),
    onStatus: (status) => statuses.set(service, status),
    signal,
  })
  return Promise.all(requests.map((request) => builder.build(request, watch(request.service))))
}

async function digestInRegistry(service: string): Promise<string | null> {
  const types = ['vnd.oci.image.index.v1', 'vnd.oci.image.manifest.v1', 'vnd.docker.distribution.manifest.v2']
  const response = await fetch(`http://${address}/v2/${name}/${service}/manifests/v1`, {
    method: 'HEAD',
    headers: { accept: types.map((type) => `application/${type}+json`).join(', ') },
  })
  return response.headers.get('docker-content-digest')
}

/** A step that all of these have, and one of its own. */
const steps = (service: string) => [
  `RUN echo both-${name}`,
  'COPY file /',
  `RUN echo only-${service} && : ${name} && cat /file`,
]

describe('images that are asked for together', () => {
  test('are built by one process, each with its digest, its lines and its counts', async () => {
    for (const service of ['a', 'b.c']) await dockerfile(service, ...steps(service))
    const results = await buildAll([requestFor('a'), requestFor('b.c')])
    expect(await asked()).toEqual(['bake'])
    for (const [index, service] of ['a', 'b.c'].entries()) {
      const built = valueOf(results[index] as Result<Built>)
      expect(built.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(await digestInRegistry(service)).toBe(built.digest)
      expect(built.durationMs).toBeGreaterThan(0)
      expect(built.status).toMatchObject({ steps: 3, done: 3, cached: 0 })
      expect(statuses.get(service)).toEqual(built.status)
      expect(lines.get(service)).toEqual(
        expect.arrayContaining([`  both-${name}`, `  only-${service}`, `  ${name} ${service}`]),
      )
      expect(lines.get(service)?.filter((line) => line === `  both-${name}`)).toHaveLength(1)
      expect(lines.get(service)).not.toContain(`  only-${service === 'a' ? 'b.c' : 'a'}`)
      expect(lines.get(service)?.filter((line) => /\bt\d\b/.test(line))).toEqual([])
    }
  })

  test.each(Object.entries(testBuilders()))(
    'are built by one process with the driver %s',
    async (_, named) => {
      for (const service of ['a', 'b']) await dockerfile(service, ...steps(service))
      const options = ['--builder', named]
      const results = await buildAll(
        ['a', 'b'].map((service) => requestFor(service, { options })),
        { named },
      )
      expect(await asked()).toEqual(['bake'])
      for (const [index, service] of ['a', 'b'].entries())
        expect(await digestInRegistry(service)).toBe(valueOf(results[index] as Result<Built>).digest)
    },
  )

  test('are built again each by itself when one fails, which fails no other', async () => {
    for (const service of ['a', 'c']) await dockerfile(service, ...steps(service))
    await dockerfile('b', `RUN sleep 1; echo out-${name}; exit 3`)
    const [a, b, c] = await buildAll(['a', 'b', 'c'].map((service) => requestFor(service)))
    expect((await asked()).sort()).toEqual(['bake', 'build', 'build', 'build'])
    expect(await digestInRegistry('a')).toBe(valueOf(a as Result<Built>).digest)
    expect(await digestInRegistry('c')).toBe(valueOf(c as Result<Built>).digest)
    expect(await digestInRegistry('b')).toBeNull()
    if (b === undefined || b.ok) throw new Error('it succeeded')
    expect(b.failures).toMatchObject([
      {
        kind: 'build-failed',
        cause: 'code',
        message: expect.stringMatching(/^b: .*exit code: 3/s) as unknown,
      },
    ])
    expect(b.failures[0]).toMatchObject({ tail: [`out-${name}`] })
    // What the first try ran is no merit of an earlier build.
    for (const one of [a, c])
      expect(valueOf(one as Result<Built>).status).toMatchObject({ steps: 3, cached: 0 })
    expect(lines.get('a')).toEqual(expect.arrayContaining([expect.stringMatching(/built again, by itself/)]))
  })

  test('are stopped together, and not begun anew', async () => {
    for (const service of ['a', 'b']) await dockerfile(service, `RUN : ${name} ${service} && sleep 40`)
    const stop = new AbortController()
    const results = buildAll([requestFor('a'), requestFor('b')], { signal: stop.signal })
    const isBegun = () => [...lines.values()].flat().some((line) => line.includes('sleep 40'))
    while (!isBegun()) await new Promise((resolve) => setTimeout(resolve, 50))
    stop.abort()
    expect(await results).toEqual(
      ['a', 'b'].map((service) => ({
        ok: false,
        failures: [{ kind: 'interrupted', message: `${service}: stopped` }],
      })),
    )
    expect(await asked()).toEqual(['bake'])
  })

  test('keep the options, secrets and layouts that each was given', async () => {
    const mounts = '--mount=type=secret,id=word --mount=type=secret,id=other'
    const print = `RUN ${mounts} printf %s "$A" | md5sum && wc -c /run/secrets/* && : ${name}`
    // Two builds at once that have a step in common run it once, with the secrets of one: BuildKit does not look at them.
    for (const service of ['a', 'b']) await dockerfile(service, 'ARG A', `${print} ${service}`)
    const secretsOf = (service: string) => ({
      environment: { [`WORD_${service}`]: service.repeat(service === 'a' ? 3 : 5) },
      options: [
        ...['--build-arg', `A=${HOSTILE}`, '--label', `${HOSTILE}=${HOSTILE}`, '--no-cache'],
        ...['--secret', `id=word,env=WORD_${service}`, '--secret', `id=other,src=${service}/file`],
      ],
    })
    const results = await buildAll(['a', 'b'].map((service) => requestFor(service, secretsOf(service))))
    for (const result of results) valueOf(result)
    expect(await asked()).toEqual(['bake'])
    const md5 = createHash('md5').update(HOSTILE).digest('hex')
    for (const service of ['a', 'b']) expect(lines.get(service)).toContain(`  ${md5}  -`)
    expect(lines.get('a')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ +3 \/run\/secrets\/word$/)]),
    )
    expect(lines.get('b')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ +5 \/run\/secrets\/word$/)]),
    )
  })

  test.each([
    ['loaded', { push: false, load: true }],
    ['left in the cache', { push: false }],
  ])('may be %s', async (_, destination) => {
    for (const service of ['a', 'b']) await dockerfile(service, ...steps(service))
    const results = await buildAll(['a', 'b'].map((service) => requestFor(service, destination)))
    for (const result of results) valueOf(result)
    expect(await asked()).toEqual(['bake'])
    const { stdout } = await run('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'])
    const loaded = stdout.split('\n').filter((line) => line.includes(name))
    expect(loaded.sort()).toEqual(
      'load' in destination ? ['a', 'b'].map((one) => `${address}/${name}/${one}:v1`) : [],
    )
  })

  test.each([
    ['an option that a target has not', { options: ['--add-host', 'x:127.0.0.1'] }],
    ['another builder', { options: ['--builder', 'default'] }],
    ['a process of its own', { mayShare: false }],
  ])('%s keeps one out', async (_, given) => {
    for (const service of ['a', 'b', 'c']) await dockerfile(service, ...steps(service))
    const results = await buildAll([requestFor('a'), requestFor('b', given), requestFor('c')])
    for (const result of results) valueOf(result)
    expect((await asked()).sort()).toEqual(['bake', 'build'])
  })
})

const HOSTILE = '$${A} ${B} %{ if true } %%{ $$${ $%{ "q" \\ \'s\' `x` \t, = é \u{1f600}'
