import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprints, report, Room } from '../rig/inputs.js'
import { Shop } from '../rig/shop.js'
import { TempRepository } from '../rig/temp-repository.js'

/** All that is taken lies in `api`, so that nothing but the disk makes a difference. */
const FILES = {
  'api/Dockerfile': 'FROM scratch\nCOPY src/ /src/\n',
  'api/src/main.txt': 'first\nsecond\n',
  'api/src/deep/leaf.txt': 'leaf\n',
  'README.md': '# Not taken\n',
}

let shop: Shop
let room: Room
let clean: string

beforeAll(async () => {
  shop = await Shop.open('nothing')
  for (const [file, text] of Object.entries(FILES)) await shop.repository.write(file, text)
  await shop.repository.commit('Start')
  clean = (await fingerprints(shop.repository.folder))['api'] ?? ''
})

afterAll(async () => {
  await shop.close()
})

beforeEach(async () => {
  room = await Room.open()
})

afterEach(async () => {
  await room.remove()
})

let prefixes = 0

/** A registry prefix that nobody has pushed to. */
function freshPrefix(): string {
  prefixes += 1
  return `${shop.prefix}-${prefixes}`
}

/** Status of the image that the clean tree's fingerprint would find. */
async function cleanImage(prefix: string, fingerprint = clean): Promise<number> {
  const path = prefix.slice(shop.registry.length + 1)
  const url = `http://${shop.registry}/v2/${path}/api/manifests/fp-${fingerprint.slice(0, 32)}`
  const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
  return (await fetch(url, { method: 'HEAD', headers: { accept } })).status
}

interface Difference {
  readonly what: string
  readonly clone?: readonly string[]
  readonly umask?: string
  readonly change?: (folder: string) => Promise<unknown>
  /** The file that the notice names. */
  readonly named: string
}

const DIFFERENCES: readonly Difference[] = [
  { what: 'a umask of 077', umask: '077', named: 'api/src/main.txt' },
  { what: 'autocrlf', clone: ['--config=core.autocrlf=true'], named: 'api/src/main.txt' },
]

describe('a work tree of other bytes or modes, about which git is silent', () => {
  test.each(DIFFERENCES)(
    '$what: another fingerprint and a notice; the second run builds nothing',
    async (of) => {
      const folder = await room.clone(shop.repository, of.clone, of.umask)
      expect(await room.git('022', '-C', folder, 'status', '--porcelain')).toBe('')
      const prefix = freshPrefix()
      const build = ['build', '--push', '--allow-dirty', '--registry', prefix]
      const planned = await report(folder, ['plan', '--push', '--registry', prefix])
      const first = await report(folder, build)
      const [image] = first.images
      expect(first.exitCode).toBe(0)
      expect(image).toMatchObject({ decision: 'rebuild', outcome: 'built' })
      expect(image?.fingerprint).not.toBe(clean)
      expect(image?.fingerprint).toBe(planned.images[0]?.fingerprint)
      for (const { notices } of [planned, first]) {
        expect(notices).toHaveLength(1)
        expect(notices[0]?.message).toContain('`api`')
        expect(notices[0]?.message).toContain(of.named)
      }
      expect(await cleanImage(prefix)).toBe(404)

      const second = await report(folder, build)
      expect(second.images[0]).toMatchObject({
        ...{ decision: 'reuse', outcome: 'reused' },
        ...{ fingerprint: image?.fingerprint, digest: image?.digest },
      })
      // A clean checkout does not take it for its own.
      const elsewhere = await report(await room.clone(shop.repository), [
        'plan',
        '--push',
        '--registry',
        prefix,
      ])
      expect(elsewhere.images[0]).toMatchObject({ decision: 'rebuild', fingerprint: clean })
    },
  )

  test.each(['worktree', 'commit'])('a umask of 077 in the action, with inputs from `%s`', async (from) => {
    const folder = await room.clone(shop.repository, [], '077')
    const options = { folder, inputs: { 'inputs-from': from, registry: freshPrefix() } }
    const first = await shop.push(options)
    expect(first.main.exitCode).toBe(0)
    expect(first.rebuilt).toEqual(['api'])
    expect(first.main.commands.filter(({ name }) => name === 'notice').map(({ message }) => message)).toEqual(
      [expect.stringContaining('"api/src/main.txt"')],
    )
    expect(await cleanImage(options.inputs.registry)).toBe(404)
    const second = await shop.push(options)
    expect(second.rebuilt).toEqual([])
    expect(second.reused).toEqual(['api'])
    expect(second.main.outputs['any']).toBe('false')
    expect(second.docker.filter((line) => line.includes('build'))).toEqual([])
  })
})

/** Makes a submodule `api/src/lib` part of what is copied; its repository is to be disposed of. */
async function withSubmodule(): Promise<{ origin: TempRepository; lib: TempRepository }> {
  const lib = await TempRepository.create({ files: { 'lib.txt': 'library\n' } })
  const origin = await TempRepository.create({ files: FILES })
  const add = ['submodule', '--quiet', 'add', lib.url, 'api/src/lib']
  await origin.git('-c', 'protocol.file.allow=always', ...add)
  await origin.commit('A submodule')
  return { origin, lib }
}

/** A build says what is wrong and makes nothing; a plan says that a build would. */
async function expectRefused(folder: string, named: string): Promise<void> {
  const prefix = freshPrefix()
  const commit = (await fingerprints(folder, ['--inputs-from', 'commit']))['api']
  for (const from of ['worktree', 'commit', 'auto']) {
    const args = ['--push', '--registry', prefix, '--inputs-from', from]
    const ended = await report(folder, ['build', ...args]).catch((error: unknown) => (error as Error).message)
    expect(ended).toEqual(expect.stringContaining(named))
    expect(ended).toEqual(expect.stringContaining('exit code 2'))
    expect(await cleanImage(prefix, commit)).toBe(404)
    if (from === 'commit') continue
    const planned = await report(folder, ['plan', ...args])
    expect(planned.exitCode).toBe(0)
    expect(planned.notices.map(({ message }) => message)).toEqual([expect.stringContaining(named)])
  }
}

describe('a file that the commit has and the disk has not', () => {
  test('a submodule that was not initialised; one that was gives the fingerprint of the commit', async () => {
    const { origin, lib } = await withSubmodule()
    const folder = await room.clone(origin)
    await expectRefused(folder, '"api/src/lib"')
    const commit = await fingerprints(folder, ['--inputs-from', 'commit'])
    const update = ['submodule', '--quiet', 'update', '--init']
    await room.git('022', '-C', folder, '-c', 'protocol.file.allow=always', ...update)
    const prefix = freshPrefix()
    const built = await report(folder, ['build', '--push', '--registry', prefix])
    expect(built.images[0]).toMatchObject({ outcome: 'built', fingerprint: commit['api'] })
    expect(built.notices).toEqual([])
    // What lies in it counts, once it is not what its commit says.
    await writeFile(join(folder, 'api/src/lib/lib.txt'), 'other\n')
    expect(await fingerprints(folder)).not.toEqual(commit)
    expect(await fingerprints(folder, ['--inputs-from', 'commit'])).toEqual(commit)
    await origin.dispose()
    await lib.dispose()
  })

  test('a file that a sparse checkout left out', async () => {
    const folder = await room.clone(shop.repository, ['--no-checkout'])
    const patterns = ['set', '--no-cone', '/*', '!/api/src/deep/']
    await room.git('022', '-C', folder, 'sparse-checkout', ...patterns)
    await room.git('022', '-C', folder, 'checkout', '--quiet')
    await expectRefused(folder, '"api/src/deep/leaf.txt"')
  })

  test('a file that git was told to assume unchanged is missed by git alone', async () => {
    const folder = await room.clone(shop.repository)
    await room.git('022', '-C', folder, 'update-index', '--assume-unchanged', 'api/src/main.txt')
    await rm(join(folder, 'api/src/main.txt'))
    const found = await fingerprints(folder)
    expect(found['api']).not.toBe(clean)
  })
})
