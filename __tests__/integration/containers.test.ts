import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DockerContainers } from '../../src/adapters/docker-containers.js'
import type { Trial } from '../../src/ports/containers.js'
import { valueOf } from '../fakes/images.js'

jest.setTimeout(60_000)

const run = promisify(execFile)
const containers = new DockerContainers(process.env)
const name = `test-${randomBytes(6).toString('hex')}`
const FINGERPRINT = 'smart-image-build.fingerprint'
const TRIAL = 'smart-image-build.trial'

/** Images that go with the test. */
const made = new Set<string>()

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'containers-'))
})

afterAll(async () => {
  const left = await docker('container', 'ls', '--all', '--quiet', '--filter', `label=test=${name}`)
  if (left !== '') await docker('container', 'rm', '--force', ...left.split('\n'))
  // By name, as to look at the labels of all that other tests left takes long.
  if (made.size > 0) await docker('image', 'rm', '--force', ...made)
  await rm(folder, { recursive: true })
})

async function docker(...args: string[]): Promise<string> {
  return (await run('docker', args)).stdout.trim()
}

/** Builds an image of some instructions on top of the base image and returns its tag. */
async function image(tag: string, ...instructions: readonly string[]): Promise<string> {
  const reference = `${name}:${tag}`
  made.add(reference)
  const label = `LABEL ${FINGERPRINT}=${'a'.repeat(64)} test=${name}`
  await writeFile(join(folder, 'Dockerfile'), ['FROM busybox:1.37', label, ...instructions].join('\n'))
  await docker('buildx', 'build', '--builder', 'default', '--load', '--quiet', '--tag', reference, folder)
  return reference
}

/** An image that answers at port 8080, and how. */
function serving(tag: string, ...more: readonly string[]): Promise<string> {
  const pages = 'RUN mkdir /www && echo fine >/www/health'
  return image(tag, pages, ...more, 'CMD ["httpd", "-f", "-v", "-p", "8080", "-h", "/www"]')
}

/** All containers of an image, running or not. */
function containersOf(reference: string): Promise<string> {
  return docker('container', 'ls', '--all', '--quiet', '--filter', `ancestor=${reference}`)
}

async function attempt(reference: string, given: Partial<Trial> = {}) {
  const { signal } = new AbortController()
  const trial = { image: reference, port: 8080, path: '/health', timeoutMs: 10_000, signal, ...given }
  const result = await containers.attempt(trial)
  expect(await containersOf(reference)).toBe('')
  return result
}

describe('an image on trial', () => {
  test('answers, and leaves no container behind', async () => {
    expect(valueOf(await attempt(await serving('healthy')))).toEqual({ kind: 'answered' })
  })

  test('may take a while to listen', async () => {
    const slow = 'CMD ["sh", "-c", "sleep 2; exec httpd -f -p 8080 -h /www"]'
    const reference = await image('slow', 'RUN mkdir /www && echo fine >/www/health', slow)
    expect(valueOf(await attempt(reference))).toEqual({ kind: 'answered' })
  })

  test('that answers with an error does not work, and its log says what it said', async () => {
    const ended = valueOf(await attempt(await serving('healthy'), { path: '/nothing', timeoutMs: 1000 }))
    expect(ended).toEqual({
      ...{ kind: 'silent', problem: 'it answered 404' },
      log: expect.arrayContaining([expect.stringContaining('response:404')]) as unknown,
    })
  })

  test('that ends does not work; both of its outputs are its log, in their order', async () => {
    const script = 'echo one; sleep 0.1; echo two >&2; sleep 0.1; echo three; exit 3'
    const reference = await image('ending', `CMD ["sh", "-c", "${script}"]`)
    expect(valueOf(await attempt(reference))).toEqual({
      kind: 'silent',
      problem: 'it ended with code 3',
      log: ['one', 'two', 'three'],
    })
  })

  test('that never listens does not work when its time is up', async () => {
    const reference = await image('silent', 'CMD ["sh", "-c", "echo waiting; exec sleep 60"]')
    const started = Date.now()
    expect(valueOf(await attempt(reference, { timeoutMs: 1500 }))).toMatchObject({
      kind: 'silent',
      log: ['waiting'],
    })
    expect(Date.now() - started).toBeLessThan(20_000)
  })

  test('that keeps the connection open without an answer does not work when its time is up', async () => {
    const reference = await image('holding', 'CMD ["nc", "-ll", "-p", "8080", "-e", "sleep", "60"]')
    expect(valueOf(await attempt(reference, { timeoutMs: 1500 }))).toMatchObject({
      kind: 'silent',
      problem: 'its answer took too long',
    })
  })

  test('goes away when the run is interrupted', async () => {
    const reference = await image('patient', 'CMD ["sleep", "60"]')
    const stop = new AbortController()
    const attempted = attempt(reference, { signal: stop.signal, timeoutMs: 60_000 })
    while ((await containersOf(reference)) === '') await new Promise((resolve) => setTimeout(resolve, 50))
    stop.abort()
    expect(await attempted).toMatchObject({ ok: false, failures: [{ kind: 'interrupted' }] })
  })

  test.each([
    { instruction: 'CMD ["/no/such/program"]', message: 'no such file or directory' },
    { instruction: 'ENTRYPOINT []\nCMD []', message: 'docker run failed' },
  ])('with $instruction cannot be started, and says so', async ({ instruction, message }) => {
    const result = await attempt(await image('broken', instruction))
    expect(result).toMatchObject({
      ok: false,
      failures: [{ kind: 'engine-failed', message: expect.stringContaining(message) as unknown }],
    })
  })

  test('that is nowhere is a failure that names it', async () => {
    const result = await attempt(`localhost:1/${name}:nowhere`)
    expect(result).toMatchObject({
      ok: false,
      failures: [{ kind: 'engine-failed', message: expect.stringContaining(name) as unknown }],
    })
  })
})

describe('what runs', () => {
  test('is listed with the labels of image and container, without trials and what is stopped', async () => {
    const reference = await serving('healthy')
    const labels = ['--label', 'com.docker.compose.project=shop', '--label', 'text=a,b=c']
    const id = await docker('run', '--detach', '--name', `${name}-1`, ...labels, reference)
    await docker('run', '--detach', '--name', `${name}-2`, '--label', `${TRIAL}=`, reference)
    await docker('run', '--name', `${name}-3`, reference, 'true')
    const ofOurs = ({ labels: { test: of } }: { readonly labels: Readonly<Record<string, string>> }) =>
      of === name
    const listed = valueOf(await containers.running()).filter(ofOurs)
    expect(listed).toEqual([
      {
        ...{ name: `${name}-1`, image: reference },
        labels: {
          ...{ test: name, [FINGERPRINT]: 'a'.repeat(64), text: 'a,b=c' },
          'com.docker.compose.project': 'shop',
          'org.opencontainers.image.description': expect.any(String) as unknown,
        },
      },
    ])
    expect(valueOf(await containers.running('shop')).filter(ofOurs)).toEqual(listed)
    expect(valueOf(await containers.running('shop-2')).filter(ofOurs)).toEqual([])
    await docker('container', 'rm', '--force', id)
  })
})

describe('clearing', () => {
  test('takes dangling images and stopped trials, and nothing else', async () => {
    const kept = await serving('kept')
    await image('unnamed', 'ENV VERSION=1')
    const build = ['buildx', 'build', '--builder', 'default', '--load', '--quiet']
    const ours = await docker(...build, '--label', 'x=1', folder)
    await writeFile(join(folder, 'Dockerfile'), `FROM busybox:1.37\nLABEL test=${name}\n`)
    const others = await docker(...build, folder)
    made.add(others)
    await docker('run', '--name', `${name}-trial`, '--label', `${TRIAL}=`, kept, 'true')
    await docker('run', '--name', `${name}-own`, kept, 'true')
    const inspects = (...of: string[]) =>
      docker(...of).then(
        () => true,
        () => false,
      )
    const isThere = () =>
      Promise.all([
        inspects('image', 'inspect', ours),
        inspects('container', 'inspect', `${name}-trial`),
        inspects('image', 'inspect', kept),
        inspects('image', 'inspect', others),
        inspects('container', 'inspect', `${name}-own`),
      ])
    expect(await isThere()).toEqual([true, true, true, true, true])
    expect(valueOf(await containers.clear()).containers).toBeGreaterThanOrEqual(1)
    expect(await isThere()).toEqual([false, false, true, true, true])
    valueOf(await containers.clear())
  })
})

test('without an engine each call says so', async () => {
  const none = new DockerContainers({ ...process.env, DOCKER_HOST: 'tcp://127.0.0.1:1' })
  const { signal } = new AbortController()
  const calls = [
    () => none.running(),
    () => none.clear(),
    () => none.attempt({ image: 'a:b', port: 80, path: '/', timeoutMs: 1000, signal }),
  ]
  for (const call of calls)
    expect(await call()).toMatchObject({ ok: false, failures: [{ kind: 'environment-missing' }] })
})
