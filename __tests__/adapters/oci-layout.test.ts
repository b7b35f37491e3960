import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wholeLayout, writtenLayout } from '../../src/adapters/oci-layout.js'
import { blobsOf, writeIndex, writeLayout } from '../rig/oci-layout.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oci-layout-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe.each([
  ['one platform', 1],
  ['three platforms', 3],
])('an image of %s', (_, platforms) => {
  test('is whole with every blob as it was', async () => {
    const { digest } = await writeLayout(folder, platforms)
    expect(await wholeLayout(folder)).toEqual({ folder, digest })
    expect(await writtenLayout(folder)).toEqual({ ok: true, value: { folder, digest } })
  })

  test.each<[string, (blob: string) => Promise<void>]>([
    ['gone', (blob) => rm(blob)],
    ['shorter', (blob) => truncate(blob, 10)],
    ['longer', (blob) => appendFile(blob, ' ')],
    ['of other bytes', flipLastBit],
    ['empty', (blob) => truncate(blob, 0)],
  ])('is not with any of its blobs %s', async (_damage, damage) => {
    const { digest } = await writeLayout(folder, platforms)
    const blobs = await blobsOf(folder)
    expect(blobs).toHaveLength(platforms === 1 ? 4 : 2 + 3 * platforms)
    for (const blob of blobs) {
      const before = await readFile(blob)
      await damage(blob)
      expect(await wholeLayout(folder)).toBeUndefined()
      await writeFile(blob, before)
    }
    expect(await wholeLayout(folder)).toEqual({ folder, digest })
  })
})

async function flipLastBit(blob: string): Promise<void> {
  const bytes = await readFile(blob)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  await writeFile(blob, bytes)
}

describe('no layout', () => {
  test.each<[string, string]>([
    ['empty', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['of no images', '{"manifests":[]}'],
    ['without images', '{}'],
    ['of what is no list', '{"manifests":1}'],
    ['of something else', '{"manifests":["x"]}'],
    ['of another algorithm', '{"manifests":[{"mediaType":"x","digest":"md5:1","size":1}]}'],
    ['of a path', '{"manifests":[{"mediaType":"x","digest":"sha256:../../oci-layout","size":30}]}'],
  ])('has an index that is %s', async (_, text) => {
    await writeLayout(folder)
    await writeFile(join(folder, 'index.json'), text)
    expect(await wholeLayout(folder)).toBeUndefined()
  })

  test('is in a folder that is not there, which a build has not written', async () => {
    const nowhere = join(folder, 'nowhere')
    expect(await wholeLayout(nowhere)).toBeUndefined()
    expect(await writtenLayout(nowhere)).toMatchObject({
      ok: false,
      failures: [{ kind: 'engine-failed', message: expect.stringContaining(nowhere) as unknown }],
    })
  })

  test('has two images', async () => {
    await writeIndex(folder, [await writeLayout(folder), await writeLayout(folder)])
    expect(await wholeLayout(folder)).toBeUndefined()
    expect((await writtenLayout(folder)).ok).toBe(false)
  })

  test('has an image that is none, although its digest is right', async () => {
    const { digest, size } = await writeLayout(folder, 2)
    await writeIndex(folder, [{ mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size }])
    expect(await wholeLayout(folder)).toBeUndefined()
  })
})
