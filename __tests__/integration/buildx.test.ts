import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'
import type { Result } from '../../src/model/failure.js'
import type { BuildRequest, BuildWatch, Built, ProgressLine } from '../../src/ports/image-builder.js'
import { testRegistry } from '../rig/raw-repository.js'

jest.setTimeout(60_000)

const run = promisify(execFile)
const BASE_IMAGE = 'busybox:1.37'

const address = testRegistry()

/** Stands in the text of every step, so that a prune finds the cache of these tests and of nothing else. */
const suite = `test-${randomBytes(6).toString('hex')}`

let folder: string
let name: string
let heard: ProgressLine[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buildx-'))
  name = `${suite}-${randomBytes(4).toString('hex')}`
  heard = []
  await mkdir(join(folder, 'api'))
  await writeFile(join(folder, 'api', 'file'), name)
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

// Once, as both take seconds in an engine with much in it.
afterAll(async () => {
  // An engine that builds in its own image store keeps what it pushes, or tried to push.
  const made = await imagesOfEngine(suite)
  if (made.length > 0) await run('docker', ['image', 'rm', '--force', ...made])
  await run('docker', ['buildx', 'prune', '--all', '--force', `--filter=description~=${suite}`])
})

function builder(environment: NodeJS.ProcessEnv = process.env): BuildxCli {
  return new BuildxCli({ root: folder, environment, now: () => performance.now() })
}

async function dockerfile(...lines: string[]): Promise<void> {
  await writeFile(join(folder, 'api', 'Dockerfile'), [...lines, ''].join('\n'))
}

async function build(
  request: Partial<BuildRequest> = {},
  watch: Partial<BuildWatch> = {},
  by = builder(),
): Promise<Result<Built>> {
  const none = {
    tags: [],
    push: false,
    load: false,
    layouts: {},
    environment: {},
    options: ['--provenance=false'],
    mayShare: false,
  }
  return by.build(
    { service: 'api', context: 'api', file: 'api/Dockerfile', ...none, ...request },
    {
      onLine: (line) => heard.push(line),
      onStatus: () => undefined,
      signal: new AbortController().signal,
      ...watch,
    },
  )
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failures))
  return result.value
}

async function imagesOfEngine(named = name): Promise<string[]> {
  const { stdout } = await run('docker', ['image', 'ls', '--all', '--format', '{{.Repository}}:{{.Tag}}'])
  return stdout.split('\n').filter((line) => line.includes(named))
}

async function digestInRegistry(tag: string): Promise<string | null> {
  const types = ['vnd.oci.image.index.v1', 'vnd.oci.image.manifest.v1']
  const ofDocker = ['manifest.list.v2', 'manifest.v2'].map((type) => `vnd.docker.distribution.${type}`)
  const accept = [...types, ...ofDocker].map((type) => `application/${type}+json`).join(', ')
  const response = await fetch(`http://${address}/v2/${name}/manifests/${tag}`, {
    method: 'HEAD',
    headers: { accept },
  })
  return response.status === 200 ? response.headers.get('docker-content-digest') : null
}

const texts = () => heard.map((line) => line.text)
const COPY = () => `COPY file /${name}`
const RAN = () => `RUN echo said-${name} && echo $((6 * 7))`

describe('a build that succeeds', () => {
  test.each([
    ['a manifest', '--provenance=false'],
    ['an index', '--provenance=mode=min'],
  ])('pushes %s and tells its digest, which is the one in the registry', async (_, option) => {
    await dockerfile(`FROM ${BASE_IMAGE}`, COPY(), RAN())
    const tags = ['fp-1', 'v1'].map((tag) => `${address}/${name}:${tag}`)
    const built = value(await build({ tags, push: true, options: [option] }))
    expect(built.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    for (const tag of ['fp-1', 'v1']) expect(await digestInRegistry(tag)).toBe(built.digest)
    expect(built.durationMs).toBeGreaterThan(0)
  })

  test('keeps what it pushed only where it is to', async () => {
    await dockerfile(`FROM ${BASE_IMAGE}`, COPY())
    const tags = [`${address}/${name}:v1`]
    value(await build({ tags, push: true }))
    const { stdout: store } = await run('docker', ['info', '--format', '{{.DriverStatus}}'])
    // Docker's own image store, unlike containerd's, pushes nothing but what it has.
    expect(await imagesOfEngine()).toEqual(store.includes('io.containerd.snapshotter') ? [] : tags)
    value(await build({ tags, push: true, isKept: true }))
    expect(await imagesOfEngine()).toEqual(tags)
  })

  test('loads into the engine', async () => {
    await dockerfile(`FROM ${BASE_IMAGE}`, COPY())
    const built = value(await build({ tags: [`${name}:v1`], load: true }))
    expect(await imagesOfEngine()).toEqual([`${name}:v1`])
    const { stdout } = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', `${name}:v1`])
    expect(stdout.trim()).toBe(built.digest)
  })

  test('leaves no image anywhere when it is neither pushed nor loaded', async () => {
    await dockerfile(`FROM ${BASE_IMAGE}`, COPY())
    expect(value(await build({ tags: [`${name}:v1`] }))).not.toHaveProperty('digest')
    expect(await imagesOfEngine()).toEqual([])
    expect(await digestInRegistry('v1')).toBeNull()
  })

  test('tells its steps, what they print, and what the cache has', async () => {
    await dockerfile(`FROM ${BASE_IMAGE}`, COPY(), RAN())
    value(await build())
    expect(heard).toContainEqual({ text: `  said-${name}`, isOutput: true })
    expect(heard).toContainEqual({ text: '  42', isOutput: true })
    expect(texts().filter((text) => text.includes(RAN()))).toEqual([expect.stringContaining('RUN echo')])
    heard = []
    value(await build())
    expect(texts()).toContainEqual(expect.stringMatching(/RUN echo .* \(cached\)$/))
    expect(heard.filter((line) => line.isOutput)).toEqual([])
  })

  test('takes paths, options and tags literally', async () => {
    const odd = '-x $(id) é'
    await mkdir(join(folder, odd))
    await writeFile(join(folder, odd, 'f'), name)
    await writeFile(
      join(folder, odd, '-file'),
      `FROM ${BASE_IMAGE}\nARG A\nCOPY f /\nRUN [ "$A" = '$HOME "x"' ] && : ${name}\n`,
    )
    value(await build({ context: odd, file: `${odd}/-file`, options: ['--build-arg', 'A=$HOME "x"'] }))
  })
})

describe('a build that fails', () => {
  test('in a step says which one, with what it printed', async () => {
    await dockerfile(`FROM ${BASE_IMAGE}`, `RUN echo out-${name}; echo err-${name} >&2; exit 3`)
    const result = await build({ tags: [`${address}/${name}:v1`], push: true })
    if (result.ok) throw new Error('it succeeded')
    const [failure] = result.failures
    if (failure?.kind !== 'build-failed') throw new Error(failure?.kind)
    expect(failure.message).toMatch(/^api: .*exit code: 3/)
    expect(failure.message).toContain(`out-${name}`)
    expect(failure.log).toEqual(expect.arrayContaining([`  out-${name}`, `  err-${name}`]))
    expect(failure.log.join('\n')).toMatch(/ERROR: .*exit code: 3/)
    expect(await digestInRegistry('v1')).toBeNull()
  })

  test.each([
    ['without a Dockerfile', [], /no such file|failed to read dockerfile/],
    ['in the syntax', ['FROM scratch', 'COPPY . .'], /unknown instruction: COPPY/],
    ['in a file that is not there', ['FROM scratch', 'COPY nowhere /'], /"?\/?nowhere"?: not found/],
  ])('%s says so', async (_, lines, message) => {
    if (lines.length > 0) await dockerfile(...lines)
    expect(await build()).toMatchObject({
      ok: false,
      failures: [{ kind: 'build-failed', message: expect.stringMatching(message) as unknown }],
    })
  })

  test('at the push says so', async () => {
    await dockerfile('FROM scratch', COPY())
    expect(await build({ tags: [`127.0.0.1:1/${name}:v1`], push: true })).toMatchObject({
      ok: false,
      failures: [{ kind: 'build-failed', message: expect.stringContaining('failed to push') as unknown }],
    })
  })

  test('for an unknown option shows what buildx said', async () => {
    await dockerfile('FROM scratch', COPY())
    expect(await build({ options: ['--no-such-option'] })).toMatchObject({
      ok: false,
      failures: [
        {
          kind: 'build-failed',
          message: 'api: exit code 125',
          log: expect.arrayContaining([expect.stringContaining('--no-such-option')]) as unknown,
        },
      ],
    })
  })

  test('without Docker says that', async () => {
    expect(await build({}, {}, builder({ PATH: folder }))).toMatchObject({
      ok: false,
      failures: [{ kind: 'environment-missing' }],
    })
  })
})

describe('a build that is interrupted', () => {
  const INTERRUPTED = { ok: false, failures: [{ kind: 'interrupted', message: 'api: stopped' }] }

  test('stops at once', async () => {
    await dockerfile(`FROM ${BASE_IMAGE}`, `RUN echo begun-${name} && sleep 40`)
    const controller = new AbortController()
    const onLine = ({ text }: ProgressLine) => {
      if (text === `  begun-${name}`) controller.abort()
    }
    const started = performance.now()
    expect(await build({}, { onLine, signal: controller.signal })).toEqual(INTERRUPTED)
    expect(performance.now() - started).toBeLessThan(15_000)
  })

  test('before it begins does not build', async () => {
    await dockerfile(`FROM ${BASE_IMAGE}`, `RUN sleep 40 && : ${name}`)
    expect(
      await build({ tags: [`${address}/${name}:v1`], push: true }, { signal: AbortSignal.abort() }),
    ).toEqual(INTERRUPTED)
    expect(await digestInRegistry('v1')).toBeNull()
  })
})

describe('available', () => {
  const YES = { ok: true, value: { hasLayouts: true, hasLayerCaches: true } }

  test('says yes to an engine that answers', async () => {
    expect(await builder().available()).toEqual(YES)
    expect(await builder().available('default')).toEqual(YES)
  })

  test.each([
    ['Docker is missing', () => ({ PATH: folder }), undefined, /not installed or not on the PATH/],
    [
      'the engine is nowhere',
      () => ({ ...process.env, DOCKER_HOST: 'tcp://127.0.0.1:1' }),
      undefined,
      /does not answer: .*127\.0\.0\.1:1/,
    ],
    [
      'the socket is not there',
      () => ({ ...process.env, DOCKER_HOST: 'unix:///nowhere.sock' }),
      undefined,
      /does not answer: .*nowhere\.sock/,
    ],
    ['the builder is unknown', () => process.env, 'no-such-builder', /no-such-builder/],
  ])('says no, and why, when %s', async (_, environment, named, message) => {
    expect(await builder(environment()).available(named)).toMatchObject({
      ok: false,
      failures: [{ kind: 'environment-missing', message: expect.stringMatching(message) as unknown }],
    })
  })

  test('says that buildx is missing, and how to get it', async () => {
    const fake = `#!/bin/sh\necho "docker: 'buildx' is not a docker command." >&2\nexit 1\n`
    await writeFile(join(folder, 'docker'), fake, { mode: 0o755 })
    expect(await builder({ PATH: `${folder}:${process.env['PATH'] ?? ''}` }).available()).toMatchObject({
      ok: false,
      failures: [
        { kind: 'environment-missing', message: expect.stringMatching(/no buildx; install it/) as unknown },
      ],
    })
  })
})
