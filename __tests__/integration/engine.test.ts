import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DockerEngine } from '../../src/adapters/docker-engine.js'
import type { Result } from '../../src/model/failure.js'
import { testRegistry } from '../rig/raw-repository.js'

jest.setTimeout(60_000)

const run = promisify(execFile)
const BASE_IMAGE = 'busybox:1.37'

const address = testRegistry()
const engine = new DockerEngine(process.env)

let name: string
let made: Set<string>

beforeEach(() => {
  name = `test-${randomBytes(6).toString('hex')}`
  made = new Set()
})

afterEach(async () => {
  if (made.size > 0) await run('docker', ['image', 'rm', '--force', ...made])
})

async function docker(...args: string[]): Promise<string> {
  return (await run('docker', args)).stdout.trim()
}

/** Gives the base image one more name, which goes with the test. */
async function tagged(reference: string): Promise<string> {
  made.add(reference)
  await docker('image', 'tag', BASE_IMAGE, reference)
  return reference
}

async function idOf(reference: string): Promise<string> {
  return docker('image', 'inspect', '--format', '{{.Id}}', reference)
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failures))
  return result.value
}

describe('finding', () => {
  test('tells of each reference whether the engine has it', async () => {
    const references = [`${name}:v1`, `${address}/${name}/api:v1`, `docker.io/acme/${name}:v1`]
    for (const reference of references) await tagged(reference)
    const id = await idOf(BASE_IMAGE)
    const absent = [`${name}:v2`, `${name}-x:v1`, `${address}/${name}:v1`]
    const found = value(await engine.find([...references, ...absent]))
    expect([...found]).toEqual([
      ...references.map((reference) => [reference, { kind: 'exists', digest: id }]),
      ...absent.map((reference) => [reference, { kind: 'missing' }]),
    ])
  })

  test('finds an official image by its address, too', async () => {
    await tagged(`${name}:v1`)
    const found = value(await engine.find([`docker.io/library/${name}:v1`]))
    expect(found.get(`docker.io/library/${name}:v1`)).toMatchObject({ kind: 'exists' })
  })

  test('of one image under several names finds each, and twice the same question is fine', async () => {
    const references = [await tagged(`${name}:a`), await tagged(`${name}:b`), `${name}:a`]
    const found = value(await engine.find(references))
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['exists', 'exists'])
  })

  test('asks nobody when nothing is to be found', async () => {
    expect(value(await new DockerEngine({ PATH: '/nowhere' }).find([])).size).toBe(0)
  })

  test('many references at once', async () => {
    const references = Array.from(
      { length: 200 },
      (_, index) => `${name}/service-${index}:fp-${'0'.repeat(32)}`,
    )
    const found = value(await engine.find(references))
    expect(new Set([...found.values()].map(({ kind }) => kind))).toEqual(new Set(['missing']))
    expect(found.size).toBe(200)
  })
})

describe('tagging', () => {
  test('gives an image more names', async () => {
    const source = await tagged(`${name}:v1`)
    const targets = [`${name}:v2`, `${address}/${name}:v3`]
    for (const target of targets) made.add(target)
    value(await engine.tag(source, targets))
    expect(await Promise.all(targets.map(idOf))).toEqual(targets.map(() => '').fill(await idOf(source)))
    value(await engine.tag(source, []))
  })

  test('of an image that is not there is a failure', async () => {
    expect(await engine.tag(`${name}:none`, [`${name}:v2`])).toMatchObject({
      ok: false,
      failures: [{ kind: 'engine-failed', message: expect.stringMatching(/no such image/i) as unknown }],
    })
  })
})

describe('removing', () => {
  test('takes one name off an image that has others', async () => {
    const [first, second] = [await tagged(`${name}:v1`), await tagged(`${name}:v2`)]
    value(await engine.remove(first))
    made.delete(first)
    const found = value(await engine.find([first, second]))
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['missing', 'exists'])
  })

  test('of what is not there is no failure', async () => {
    value(await engine.remove(`${name}:none`))
  })
})

describe('pulling', () => {
  test('brings an image by its digest', async () => {
    const reference = await tagged(`${address}/${name}:v1`)
    await docker('push', '--quiet', reference)
    const digests = await docker('image', 'inspect', '--format', '{{json .RepoDigests}}', reference)
    const [digest = ''] =
      /sha256:[0-9a-f]{64}/.exec((JSON.parse(digests) as string[]).find((one) => one.includes(name)) ?? '') ??
      []
    await docker('image', 'rm', '--force', reference)
    made.delete(reference)
    const pulled = `${address}/${name}@${digest}`
    expect(value(await engine.find([reference])).get(reference)).toEqual({ kind: 'missing' })
    value(await engine.pull(pulled))
    made.add(pulled)
    made.add(reference)
    value(await engine.tag(pulled, [reference]))
    expect(value(await engine.find([reference])).get(reference)).toMatchObject({ kind: 'exists' })
  })

  test('what is not there is a failure that names it', async () => {
    expect(await engine.pull(`${address}/${name}:none`)).toMatchObject({
      ok: false,
      failures: [{ kind: 'engine-failed', message: expect.stringContaining(name) as unknown }],
    })
  })
})

describe('without an engine', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  const calls = {
    find: (of: DockerEngine) => of.find(['a:b']),
    pull: (of: DockerEngine) => of.pull('a:b'),
    tag: (of: DockerEngine) => of.tag('a:b', ['c:d']),
    remove: (of: DockerEngine) => of.remove('a:b'),
  }

  test.each(Object.entries(calls))('%s says that Docker is not installed', async (_, call) => {
    expect(await call(new DockerEngine({ PATH: folder }))).toMatchObject({
      ok: false,
      failures: [
        { kind: 'environment-missing', message: expect.stringContaining('not installed') as unknown },
      ],
    })
  })

  test.each(Object.entries(calls))('%s says that the engine does not answer', async (_, call) => {
    for (const host of ['tcp://127.0.0.1:1', `unix://${folder}/none.sock`]) {
      expect(await call(new DockerEngine({ ...process.env, DOCKER_HOST: host }))).toMatchObject({
        ok: false,
        failures: [
          { kind: 'environment-missing', message: expect.stringContaining('does not answer') as unknown },
        ],
      })
    }
  })
})
