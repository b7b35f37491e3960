import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprints, report, Room } from '../rig/inputs.js'
import { Shop } from '../rig/shop.js'

const FILES = {
  '.github/smart-image-build.yml': 'services: {api: {context: api, paths: [shared/**]}}\n',
  'api/Dockerfile': 'FROM scratch\nCOPY src/ /src/\n',
  'api/src/main.txt': 'first\n',
  'api/src/other.txt': 'other\n',
  'shared/idl.txt': 'idl\n',
  '.gitignore': '*.tmp\n',
}

let shop: Shop
let room: Room
let folder: string
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
  folder = await room.clone(shop.repository)
})

afterEach(async () => {
  await room.remove()
})

interface Change {
  readonly what: string
  readonly make: () => Promise<unknown>
}

const at = (path: string) => join(folder, path)

const CHANGES: readonly Change[] = [
  { what: 'a modified file', make: () => writeFile(at('api/src/main.txt'), 'second\n') },
  { what: 'a modified and staged file', make: () => staged('api/src/main.txt', 'second\n') },
  { what: 'an untracked file in a copied folder', make: () => writeFile(at('api/src/new.txt'), 'new\n') },
  { what: 'a git-ignored file in a copied folder', make: () => writeFile(at('api/src/new.tmp'), 'new\n') },
  { what: 'an untracked file that `paths` names', make: () => writeFile(at('shared/new.txt'), 'new\n') },
  { what: 'a deleted file', make: () => rm(at('api/src/main.txt')) },
  { what: 'a renamed file', make: () => rename(at('api/src/main.txt'), at('api/src/renamed.txt')) },
  { what: 'a file made executable', make: () => chmod(at('api/src/main.txt'), 0o755) },
  { what: 'a file closed to others', make: () => chmod(at('api/src/main.txt'), 0o600) },
  { what: 'a folder closed to others', make: () => chmod(at('api/src'), 0o700) },
  { what: 'an empty folder', make: () => mkdir(at('api/src/empty')) },
  {
    what: 'a link in the place of a file',
    make: async () => {
      await rm(at('api/src/main.txt'))
      await symlink('other.txt', at('api/src/main.txt'))
    },
  },
  {
    what: 'an instruction more in the Dockerfile',
    make: () => writeFile(at('api/Dockerfile'), 'FROM scratch\nCOPY src/ /src/\nENV A=1\n'),
  },
  { what: 'a new .dockerignore', make: () => writeFile(at('api/.dockerignore'), 'src/other.txt\n') },
  {
    what: 'a modified configuration',
    make: () => writeFile(at('.github/smart-image-build.yml'), 'services: {api: {context: api}}\n'),
  },
]

async function staged(file: string, text: string): Promise<void> {
  await writeFile(at(file), text)
  await room.git('022', '-C', folder, 'add', file)
}

describe('`commit` ignores what lies on the disk, `worktree` and `auto` count it', () => {
  test.each(CHANGES)('$what', async ({ make }) => {
    await make()
    const found: Record<string, boolean> = {}
    for (const from of ['commit', 'worktree', 'auto'])
      found[from] = (await fingerprints(folder, ['--inputs-from', from]))['api'] === clean
    expect(found).toEqual({ commit: true, worktree: false, auto: false })
  })

  test('comments and blank lines of the Dockerfile are nobody’s', async () => {
    await writeFile(at('api/Dockerfile'), '# Why\n\nFROM scratch\n\n# What\nCOPY src/ /src/\n')
    expect(await fingerprints(folder, ['--inputs-from', 'worktree'])).toEqual({ api: clean })
  })

  test('a service that only the disk has is none of the commit’s', async () => {
    await writeFile(
      at('.github/smart-image-build.yml'),
      'services: {api: {context: api, paths: [shared/**]}, web: {context: api}}\n',
    )
    expect(Object.keys(await fingerprints(folder, ['--inputs-from', 'worktree']))).toEqual(['api', 'web'])
    expect(await fingerprints(folder, ['--inputs-from', 'commit'])).toEqual({ api: clean })
  })

  test('a change that is taken back is none', async () => {
    await writeFile(at('api/src/main.txt'), 'second\n')
    expect(await fingerprints(folder)).not.toEqual({ api: clean })
    await writeFile(at('api/src/main.txt'), FILES['api/src/main.txt'])
    expect(await fingerprints(folder)).toEqual({ api: clean })
  })
})

describe('a build with inputs of the commit in a work tree that differs', () => {
  const DIFFERING = CHANGES.filter(({ what }) =>
    ['a modified file', 'a git-ignored file in a copied folder', 'a folder closed to others'].includes(what),
  )

  test.each(DIFFERING)(
    'with $what goes under a fingerprint of its own, with a notice',
    async ({ make, what }) => {
      await make()
      const registry = `${shop.prefix}-${what.replace(/\W+/g, '-')}`
      const run = await shop.push({ folder, inputs: { 'inputs-from': 'commit', registry } })
      expect(run.main.exitCode).toBe(0)
      expect(run.matrix).toMatchObject([{ service: 'api', action: 'rebuilt' }])
      expect(run.matrix).toEqual([expect.not.objectContaining({ fingerprint: clean })])
      const notices = run.main.commands.filter(({ name }) => name === 'notice')
      expect(notices.map(({ message }) => message)).toEqual([expect.stringContaining('`api`')])
      expect(run.main.summary).toContain('### Notices')

      const own = await report(folder, ['plan', '--push', '--registry', registry])
      expect(run.matrix).toMatchObject([{ fingerprint: own.images[0]?.fingerprint }])
      expect(own.images[0]?.decision).toBe('reuse')
      const committed = await report(folder, [
        'plan',
        '--push',
        '--registry',
        registry,
        '--inputs-from',
        'commit',
      ])
      expect(committed.images[0]).toMatchObject({ decision: 'rebuild', fingerprint: clean })
    },
  )

  test('with a Dockerfile of other instructions is built as it lies there, and not called the commit’s', async () => {
    await writeFile(at('api/Dockerfile'), 'FROM scratch\nCOPY src/ /src/\nENV A=1\n')
    const registry = `${shop.prefix}-dockerfile`
    const run = await shop.push({ folder, inputs: { 'inputs-from': 'commit', registry } })
    expect(run.main.exitCode).toBe(0)
    expect(run.matrix).toEqual([expect.not.objectContaining({ fingerprint: clean })])
  })
})
