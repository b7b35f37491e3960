import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Credentials, DockerCredentials } from '../../src/adapters/docker-credentials.js'

const HUB = 'https://index.docker.io/v1/'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-credentials-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

function environment(): NodeJS.ProcessEnv {
  return { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env['PATH'] ?? ''}` }
}

async function config(content: unknown): Promise<DockerCredentials> {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  await writeFile(join(folder, 'config.json'), text)
  return new DockerCredentials(environment())
}

/** A credential helper that notes what it is asked. */
async function helper(name: string, script: string): Promise<void> {
  const lines = ['#!/bin/sh', `{ echo "$1"; tee ${folder}/key; } >> ${folder}/asked`, script]
  await writeFile(join(folder, `docker-credential-${name}`), lines.join('\n'), { mode: 0o755 })
}

function auth(pair: string): string {
  return Buffer.from(pair, 'utf8').toString('base64')
}

function password(username: string, secret: string): object {
  return { kind: 'password', username, password: secret }
}

/** What is found for a host, which must not fail. */
async function get(docker: DockerCredentials, host: string): Promise<Credentials | undefined> {
  const found = await docker.get(host)
  if (!found.ok) throw new Error(found.failures.map(({ message }) => message).join())
  return found.value
}

const failure = (kind: string, message: string) => ({
  ok: false,
  failures: [{ kind, message: expect.stringContaining(message) as unknown }],
})

const KEY = '"$(cat $(dirname "$0")/key)"'
const ANSWER = `printf '{"ServerURL":"%s","Username":"helped","Secret":"by-%s"}' ${KEY} ${KEY}`

describe('what docker login wrote', () => {
  test.each([
    ['a user and a password', 'ghcr.io', { auth: auth('me:pass') }, password('me', 'pass')],
    ['a password with colons', 'ghcr.io', { auth: auth('me:a:b:') }, password('me', 'a:b:')],
    ['letters of any kind', 'ghcr.io', { auth: auth('mé:pä') }, password('mé', 'pä')],
    ['a port', 'localhost:5000', { auth: auth('me:pass') }, password('me', 'pass')],
    [
      'an identity token',
      'acr.example',
      { auth: auth('00000000-0000-0000-0000-000000000000:'), identitytoken: 'refresh' },
      { kind: 'token', identityToken: 'refresh' },
    ],
    [
      'a token of the registry',
      'r.example',
      { registrytoken: 'bearer' },
      { kind: 'bearer', token: 'bearer' },
    ],
    ['user and password apart', 'r.example', { username: 'me', password: 'pass' }, password('me', 'pass')],
    [
      'an identity token as a password',
      'r.example',
      { auth: auth('<token>:t') },
      { kind: 'token', identityToken: 't' },
    ],
    [
      'a password that ends with a zero byte',
      'r.example',
      { auth: auth('me:pass\0') },
      password('me', 'pass'),
    ],
    ['an entry without content', 'ghcr.io', {}, undefined],
  ])('%s', async (_, host, entry, credentials) => {
    const docker = await config({ auths: { other: { auth: auth('x:y') }, [host]: entry } })
    expect(await get(docker, host)).toEqual(credentials)
  })

  test("Docker Hub's entry has a key of its own", async () => {
    const docker = await config({
      auths: { [HUB]: { auth: auth('me:pass') }, 'docker.io': { auth: auth('no:no') } },
    })
    expect(await get(docker, 'docker.io')).toEqual(password('me', 'pass'))
  })

  const hosts = ['r.example', 'r.example:5000', 'localhost:5000']
  const forms = [
    'HOST',
    'HOST/',
    'https://HOST',
    'http://HOST',
    'https://HOST/',
    'https://HOST/v1/',
    'https://HOST/v2/',
    'https://HOST/v2',
  ]
  test.each(hosts.flatMap((host) => forms.map((form) => [form.replace('HOST', host), host])))(
    'an entry of the key %s is that of %s',
    async (key, host) => {
      const docker = await config({
        auths: { 'other.example': { auth: auth('x:y') }, [key]: { auth: auth('me:pass') } },
      })
      expect(await get(docker, host)).toEqual(password('me', 'pass'))
      expect(await get(docker, `${host}1`)).toBeUndefined()
    },
  )

  test.each([
    HUB,
    'docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    'https://registry-1.docker.io/v2/',
  ])('an entry of the key %s is that of Docker Hub, by each of its names', async (key) => {
    const docker = await config({ auths: { [key]: { auth: auth('me:pass') } } })
    for (const host of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) {
      expect(await get(docker, host)).toEqual(password('me', 'pass'))
    }
  })

  test('an entry for a part of a host is not that of the host', async () => {
    const docker = await config({ auths: { 'r.example/acme': { auth: auth('me:pass') } } })
    expect(await get(docker, 'r.example')).toBeUndefined()
  })

  test.each(['me', ':pass', ''])('an entry that holds %j is an error that shows none of it', async (pair) => {
    const docker = await config({ auths: { 'r.example': { auth: auth(pair) } } })
    const found = await docker.get('r.example')
    if (pair === '') expect(found).toEqual({ ok: true, value: undefined })
    else expect(found).toEqual(failure('registry-denied', 'docker login r.example'))
  })

  test.each([['{}'], ['{"auths":{}}'], ['{"auths":{"ghcr.io.evil":{"auth":"eDp5"}}}']])(
    'there is nothing for a host that %s does not name',
    async (text) => {
      expect(await get(await config(text), 'ghcr.io')).toBeUndefined()
    },
  )

  test('without a file there is nothing', async () => {
    expect(await get(new DockerCredentials(environment()), 'ghcr.io')).toBeUndefined()
  })

  test.each(['', '{', '[', '{"auths":'])('a file with %j is an error that names it', async (text) => {
    const denied = failure('registry-denied', join(folder, 'config.json'))
    expect(await (await config(text)).get('ghcr.io')).toEqual(denied)
  })

  test('a file that cannot be read is an error', async () => {
    await mkdir(join(folder, 'config.json'))
    const denied = failure('registry-denied', 'cannot be read')
    expect(await new DockerCredentials(environment()).get('ghcr.io')).toEqual(denied)
  })

  test('an empty DOCKER_CONFIG is as good as none, and means no file in the working directory', async () => {
    await config('broken')
    const before = process.cwd()
    process.chdir(folder)
    try {
      const docker = new DockerCredentials({ DOCKER_CONFIG: '', PATH: folder })
      expect(await get(docker, 'no-such-host.example')).toBeUndefined()
    } finally {
      process.chdir(before)
    }
  })
})

describe('a credential helper', () => {
  test.each([
    ['of the registry', { credHelpers: { 'ghcr.io': 'fake' } }, 'ghcr.io', 'ghcr.io'],
    ['of all registries', { credsStore: 'fake' }, 'localhost:5000', 'localhost:5000'],
    ['of Docker Hub', { credsStore: 'fake' }, 'docker.io', HUB],
    ['of Docker Hub alone', { credHelpers: { [HUB]: 'fake' } }, 'docker.io', HUB],
    ['that goes before the store', { credsStore: 'none', credHelpers: { 'a.b': 'fake' } }, 'a.b', 'a.b'],
    [
      'that goes before the file',
      { credsStore: 'fake', auths: { 'a.b': { auth: auth('x:y') } } },
      'a.b',
      'a.b',
    ],
  ])('%s is asked by the key that docker login used', async (_, content, host, key) => {
    await helper('fake', ANSWER)
    expect(await get(await config(content), host)).toEqual(password('helped', `by-${key}`))
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(`get\n${key}`)
  })

  test('that has nothing leaves it to the file', async () => {
    await helper('fake', 'echo "credentials not found in native keychain"; exit 1')
    const docker = await config({ credsStore: 'fake', auths: { 'a.b': { auth: auth('me:pass') } } })
    expect(await get(docker, 'a.b')).toEqual(password('me', 'pass'))
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('get\na.b')
  })

  test('is started once for all who ask at once or soon, and again later', async () => {
    await helper('fake', ANSWER)
    await config({ credsStore: 'fake' })
    let now = 0
    const docker = new DockerCredentials(environment(), () => now)
    const found = await Promise.all(Array.from({ length: 20 }, () => get(docker, 'a.b')))
    expect(found).toEqual(Array(20).fill(password('helped', 'by-a.b')))
    now += 4 * 60_000
    await docker.get('a.b')
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('get\na.b')
    now += 2 * 60_000
    await docker.get('a.b')
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('get\na.bget\na.b')
  })

  test('that fails does not show the secret it had answered', async () => {
    await helper('fake', `printf '{"Username":"me","Secret":"hidden"}'; exit 1`)
    const docker = await config({ credsStore: 'fake' })
    const found = await docker.get('a.b')
    expect(found).toEqual(failure('registry-failed', 'docker-credential-fake failed for a.b'))
    expect(JSON.stringify(found)).not.toContain('hidden')
  })

  test('may give an identity token', async () => {
    await helper('fake', `printf '{"Username":"<token>","Secret":"refresh"}'`)
    const docker = await config({ credsStore: 'fake' })
    expect(await get(docker, 'acr.example')).toEqual({ kind: 'token', identityToken: 'refresh' })
  })

  test.each([
    ['on its output', 'echo "credentials not found in native keychain"; exit 1'],
    ['among its errors', 'echo "Error: credentials not found" >&2; exit 1'],
  ])('that finds nothing says so %s', async (_, script) => {
    await helper('fake', script)
    expect(await get(await config({ credsStore: 'fake' }), 'ghcr.io')).toBeUndefined()
  })

  test.each([
    [
      'that fails',
      'echo "keychain locked"; exit 1',
      'docker-credential-fake failed for ghcr.io: keychain locked',
    ],
    ['that is killed', 'kill -KILL $$', 'docker-credential-fake failed for ghcr.io: ended by SIGKILL'],
    ['that answers nonsense', 'echo nonsense', 'gave no credentials in JSON'],
    ['that answers without a secret', `printf '{"Username":"x"}'`, 'gave no credentials in JSON'],
  ])('%s is an error, not a host without credentials', async (_, script, message) => {
    await helper('fake', script)
    const docker = await config({ credsStore: 'fake' })
    expect(await docker.get('ghcr.io')).toEqual(failure('registry-failed', message))
  })

  test('that is not there is an error that names it', async () => {
    const docker = await config({ credHelpers: { 'ghcr.io': 'absent' } })
    expect(await docker.get('ghcr.io')).toEqual(
      failure('registry-denied', 'names docker-credential-absent, which is not on the PATH'),
    )
    expect(await get(docker, 'quay.io')).toBeUndefined()
  })
})
