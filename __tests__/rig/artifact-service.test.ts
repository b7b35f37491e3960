import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { type DefaultArtifactClient } from '@actions/artifact'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCacheService, type CacheService } from './cache-service.js'

jest.setTimeout(60_000)

const MAIN = { scope: 'refs/heads/main', permission: 3 }
const before = { ...process.env }

let service: CacheService
let folder: string
let client: DefaultArtifactClient

beforeEach(async () => {
  service = await startCacheService()
  folder = await mkdtemp(join(tmpdir(), 'artifact-client-'))
  // The client tells the log of a step what it does.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  const { DefaultArtifactClient } = await import('@actions/artifact')
  client = new DefaultArtifactClient()
  within('7')
})

afterEach(async () => {
  jest.restoreAllMocks()
  process.env = { ...before }
  await service.close()
  await rm(folder, { recursive: true })
})

/** What the client finds in a job of this run. */
function within(run: string): void {
  Object.assign(process.env, service.environment(service.token({ scopes: [MAIN], run })))
}

async function upload(name: string, text: string): Promise<number | undefined> {
  await writeFile(join(folder, 'file'), text)
  return (await client.uploadArtifact(name, [join(folder, 'file')], folder)).id
}

async function download(id: number, expectedHash?: string): Promise<{ text: string; isOther: boolean }> {
  const path = await mkdtemp(join(folder, 'download-'))
  const options = { path, ...(expectedHash !== undefined && { expectedHash }) }
  const { digestMismatch } = await client.downloadArtifact(id, options)
  const [file = ''] = await readdir(path)
  return { text: await readFile(join(path, file), 'utf8'), isOther: digestMismatch === true }
}

test('what a job uploads the jobs of its run find, with its digest, and those of another run do not', async () => {
  const id = await upload('leg', 'é'.repeat(50_000))
  const { artifacts } = await client.listArtifacts()
  expect(artifacts).toMatchObject([{ id, name: 'leg', digest: expect.stringMatching(/^sha256:/) }])
  const [found] = artifacts
  expect(await download(found?.id ?? 0, found?.digest)).toEqual({ text: 'é'.repeat(50_000), isOther: false })
  expect(await download(found?.id ?? 0, `sha256:${'0'.repeat(64)}`)).toMatchObject({ isOther: true })
  within('8')
  expect((await client.listArtifacts()).artifacts).toEqual([])
})

test('a name is taken for the whole run, and free again once its artifact is deleted', async () => {
  await upload('leg', 'one')
  await expect(upload('leg', 'two')).rejects.toThrow('(409)')
  const { artifact } = await client.getArtifact('leg')
  expect((await download(artifact.id)).text).toBe('one')
  await client.deleteArtifact('leg')
  await expect(client.getArtifact('leg')).rejects.toThrow('not found')
  await upload('leg', 'three')
  expect(service.artifacts.list()).toEqual([{ run: '7', name: 'leg', state: 'ready' }])
})

test('an upload that broke off is listed by nobody, and its name stays taken', async () => {
  service.fail({ operation: 'FinalizeArtifact', status: 400 })
  await expect(upload('leg', 'one')).rejects.toThrow('(400)')
  service.heal()
  expect((await client.listArtifacts()).artifacts).toEqual([])
  await expect(upload('leg', 'two')).rejects.toThrow('(409)')
})

test('a URL is good for one artifact and one use', async () => {
  const id = (await upload('leg', 'one')) ?? 0
  await download(id)
  const { path = '' } = service.requests.find(({ operation }) => operation === 'download-artifact') ?? {}
  expect((await fetch(new URL(path, service.url))).status).toBe(403)
})
