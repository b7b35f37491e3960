import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DockerCredentials } from '../../src/adapters/docker-credentials.js'

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
    ['an entry without content', 'ghcr.io', {}, undefined],
  ])('%s', async (_, host, entry, credentials) => {
    const docker = await config({ auths: { other: { auth: auth('x:y') }, [host]: entry } })
    expect(await docker.get(host)).toEqual(credentials)
  })

  test("Docker Hub's entry has a key of its own", async () => {
    const docker = await config({
      auths: { [HUB]: { auth: auth('me:pass') }, 'docker.io': { auth: auth('no:no') } },
    })
    expect(await docker.get('docker.io')).toEqual(password('me', 'pass'))
  })

  test('an older entry with the protocol in its key is found', async () => {
    const docker = await config({ auths: { 'https://quay.io': { auth: auth('me:pass') } } })
    expect(await docker.get('quay.io')).toEqual(password('me', 'pass'))
  })

  test.each([['{}'], ['{"auths":{}}'], ['{"auths":{"ghcr.io.evil":{"auth":"eDp5"}}}']])(
    'there is nothing for a host that %s does not name',
    async (text) => {
      expect(await (await config(text)).get('ghcr.io')).toBeUndefined()
    },
  )

  test('without a file there is nothing', async () => {
    expect(await new DockerCredentials(environment()).get('ghcr.io')).toBeUndefined()
  })

  test.each(['', '{', '[', '{"auths":'])('a file with %j is an error that names it', async (text) => {
    await expect((await config(text)).get('ghcr.io')).rejects.toThrow(join(folder, 'config.json'))
  })

  test('a file that cannot be read is an error', async () => {
    await mkdir(join(folder, 'config.json'))
    await expect(new DockerCredentials(environment()).get('ghcr.io')).rejects.toThrow('cannot be read')
  })

  test('an empty DOCKER_CONFIG is as good as none, and means no file in the working directory', async () => {
    await config('broken')
    const before = process.cwd()
    process.chdir(folder)
    try {
      const docker = new DockerCredentials({ DOCKER_CONFIG: '', PATH: folder })
      await expect(docker.get('no-such-host.example')).resolves.toBeUndefined()
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
    expect(await (await config(content)).get(host)).toEqual(password('helped', `by-${key}`))
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(`get\n${key}`)
  })

  test('may give an identity token', async () => {
    await helper('fake', `printf '{"Username":"<token>","Secret":"refresh"}'`)
    const docker = await config({ credsStore: 'fake' })
    expect(await docker.get('acr.example')).toEqual({ kind: 'token', identityToken: 'refresh' })
  })

  test.each([
    ['on its output', 'echo "credentials not found in native keychain"; exit 1'],
    ['among its errors', 'echo "Error: credentials not found" >&2; exit 1'],
  ])('that finds nothing says so %s', async (_, script) => {
    await helper('fake', script)
    expect(await (await config({ credsStore: 'fake' })).get('ghcr.io')).toBeUndefined()
  })

  test.each([
    ['that fails', 'echo "keychain locked"; exit 1', 'docker-credential-fake failed: keychain locked'],
    ['that is killed', 'kill -KILL $$', 'docker-credential-fake failed'],
    ['that answers nonsense', 'echo nonsense', 'JSON'],
  ])('%s is an error, not a host without credentials', async (_, script, message) => {
    await helper('fake', script)
    await expect((await config({ credsStore: 'fake' })).get('ghcr.io')).rejects.toThrow(message)
  })

  test('that is not there is an error that names it', async () => {
    const docker = await config({ credHelpers: { 'ghcr.io': 'absent' } })
    await expect(docker.get('ghcr.io')).rejects.toThrow(
      'names docker-credential-absent, which is not on the PATH',
    )
    expect(await docker.get('quay.io')).toBeUndefined()
  })
})
