import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { chmod, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprints, report, Room } from '../rig/inputs.js'
import { node24, testWhereNode24Is } from '../rig/node24.js'
import type { CommandOptions } from '../rig/run-action.js'
import { TempRepository } from '../rig/temp-repository.js'

/** Names that sort, and letters that change their case, otherwise in another locale. */
const FILES = {
  '.github/smart-image-build.yml':
    'services:\n  api: {context: api, paths: [PROTO/**]}\n  web: {context: .}\n',
  'api/Dockerfile': 'FROM scratch\nARG MODE=fast\nCOPY src/ /src/\nCOPY *.TXT run link /\n',
  'api/src/zebra': 'z\n',
  'api/src/ähre': 'ä\n',
  'api/src/Ähre': 'Ä\n',
  'api/src/INFO': 'I\n',
  'api/src/ınfo': 'ı\n',
  'api/TITLE.TXT': 'I\n',
  'api/run': '#!/bin/sh\n',
  'PROTO/IDL.proto': 'message I {}\n',
  Dockerfile: 'FROM scratch\nCOPY --chmod=600 api/src/[A-Zä]* web/ /\n',
  '.dockerignore': '**/*.LOG\n',
  'web/index.html': '<p>\n',
  'web/build.LOG': 'log\n',
  '.gitignore': '*.tmp\n',
}

let origin: TempRepository
let room: Room
let expected: Record<string, string>

beforeAll(async () => {
  origin = await TempRepository.create()
  for (const [file, text] of Object.entries(FILES)) await origin.write(file, text)
  await chmod(join(origin.folder, 'api/run'), 0o755)
  await symlink('src/zebra', join(origin.folder, 'api/link'))
  await origin.commit('Start')
  await origin.write('README.md', '# Nobody takes it\n')
  await origin.commit('A second commit, so that depth 1 is shallow')
  expected = await fingerprints(origin.folder, ['--inputs-from', 'worktree'])
})

afterAll(async () => {
  await origin.dispose()
})

beforeEach(async () => {
  room = await Room.open()
})

afterEach(async () => {
  await room.remove()
})

type InputsFrom = 'auto' | 'commit' | 'worktree'
const ALL: readonly InputsFrom[] = ['auto', 'commit', 'worktree']

interface Surroundings {
  readonly where: string
  readonly inputsFrom?: readonly InputsFrom[]
  /** Of `git clone`. */
  readonly clone?: readonly string[]
  readonly umask?: string
  /** Makes something of the clone, and returns the folder to look at when it is another one. */
  readonly change?: (folder: string) => Promise<string | undefined>
  readonly env?: Record<string, string>
}

const LOCALES: readonly Record<string, string>[] = [
  { LC_ALL: 'C' },
  { LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' },
  { LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' },
  { LANG: 'C.UTF-8' },
  { LANG: 'tr_TR.UTF-8', LC_COLLATE: 'de_DE.UTF-8' },
]

const SURROUNDINGS: readonly Surroundings[] = [
  { where: 'a full clone in another folder' },
  { where: 'a clone of depth 1', clone: ['--depth=1'] },
  { where: 'a clone of depth 1 without blobs', clone: ['--depth=1', '--filter=blob:none'] },
  ...LOCALES.map((env) => ({ where: `a clone read with ${JSON.stringify(env)}`, env })),
  {
    where: 'a linked work tree',
    change: async (folder) => {
      await room.git('022', '-C', folder, 'worktree', 'add', '--quiet', '--detach', '../linked')
      return join(folder, '../linked')
    },
  },
  {
    where: 'a work tree with untracked, ignored and modified files that no COPY takes',
    change: async (folder) => {
      await writeFile(join(folder, 'api/notes.md'), 'untracked')
      await writeFile(join(folder, 'api/cache.tmp'), 'ignored')
      await writeFile(join(folder, 'web/other.LOG'), 'untracked, left out by .dockerignore')
      await writeFile(join(folder, 'README.md'), 'modified')
      return undefined
    },
  },
  {
    where: 'a repository whose folder was moved, so that git has to look at every file anew',
    change: async (folder) => {
      await rename(folder, `${folder} moved`)
      return `${folder} moved`
    },
  },
  {
    where: 'a clone that was not checked out',
    clone: ['--depth=1', '--filter=blob:none', '--no-checkout'],
    inputsFrom: ['auto', 'commit'],
  },
  { where: 'a clone made under umask 077', umask: '077', inputsFrom: ['commit'] },
  { where: 'a clone made under umask 002', umask: '002', inputsFrom: ['commit'] },
  { where: 'a clone with autocrlf', clone: ['--config=core.autocrlf=true'], inputsFrom: ['commit'] },
  { where: 'a sparse clone', clone: ['--sparse'], inputsFrom: ['commit'] },
  { where: 'a bare clone', clone: ['--bare'], inputsFrom: ['auto', 'commit'] },
]

async function expectSame(folder: string, inputsFrom: InputsFrom, options: CommandOptions): Promise<void> {
  const args = ['plan', '--local-only', '--inputs-from', inputsFrom]
  const { images, notices } = await report(folder, args, options)
  const found = Object.fromEntries(images.map(({ name, fingerprint }) => [name, fingerprint]))
  expect({ inputsFrom, found, notices }).toEqual({ inputsFrom, found: expected, notices: [] })
}

describe('the same commit has the same fingerprints in', () => {
  test.each(SURROUNDINGS)('$where', async ({ clone, umask, change, env = {}, inputsFrom = ALL }) => {
    const cloned = await room.clone(origin, clone, umask)
    const folder = (await change?.(cloned)) ?? cloned
    for (const from of inputsFrom) await expectSame(folder, from, { env })
  })

  test('a clone without blobs, and fetches only the texts that it reads', async () => {
    const folder = await room.clone(origin, ['--depth=1', '--filter=blob:none', '--no-checkout'])
    await expectSame(folder, 'auto', {})
    const missing = await room.git('022', '-C', folder, 'rev-list', '--objects', '--missing=print', 'HEAD')
    const blob = await origin.git('rev-parse', 'HEAD:api/src/zebra')
    expect(missing).toContain(`?${blob}`)
  })
})

testWhereNode24Is('the same commit has the same fingerprints under Node 24', async () => {
  const nodeBinary = node24(room.folder)
  const folder = await room.clone(origin)
  for (const from of ALL) await expectSame(folder, from, { nodeBinary, env: { LC_ALL: 'tr_TR.UTF-8' } })
})

describe('other content is another fingerprint, so the ones above are not the same by accident', () => {
  test.each([
    { file: 'api/src/ınfo', services: ['api'] },
    { file: 'api/src/Ähre', services: ['api'] },
    { file: 'api/src/ähre', services: ['api', 'web'] },
    { file: 'api/TITLE.TXT', services: ['api'] },
    { file: 'PROTO/IDL.proto', services: ['api'] },
    { file: 'web/index.html', services: ['web'] },
  ])('$file counts for $services', async ({ file, services }) => {
    const folder = await room.clone(origin)
    await writeFile(join(folder, file), 'other')
    const found = await fingerprints(folder)
    const changed = Object.keys(expected).filter((name) => found[name] !== expected[name])
    expect(changed).toEqual(services)
  })
})
