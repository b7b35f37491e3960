import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { TreeEntry } from '../../src/model/snapshot.js'
import { committed, openGit } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

type Edit =
  | { readonly kind: 'write'; readonly path: string; readonly content: string; readonly mode: number }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'stage'; readonly path: string }

const part = fc.constantFrom('a', 'b', 'é', '[a]', ' ', 'out', 'x.log', '-q', 'n\nl')
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const write = fc.record({
  kind: fc.constant('write' as const),
  path,
  content: fc.constantFrom('', '1', '2', '1\r\n'),
  mode: fc.constantFrom(0o644, 0o755, 0o600),
})
const link = fc.record({
  kind: fc.constant('link' as const),
  path,
  target: fc.constantFrom('a', '..', 'nowhere', '/tmp'),
})
const change: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: write },
  { weight: 1, arbitrary: link },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), path }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stage' as const), path }) },
)

/** What stands in the way of an edit is removed: a file where a folder is to be, a folder where a file is to be. */
function makeRoom(root: string, file: string): void {
  const parts = file.split('/')
  for (const index of parts.keys()) {
    const above = join(root, ...parts.slice(0, index + 1))
    const isWay = index < parts.length - 1
    const stats = lstatSync(above, { throwIfNoEntry: false })
    if (stats && !(isWay && stats.isDirectory())) rmSync(above, { recursive: true })
  }
  mkdirSync(dirname(join(root, file)), { recursive: true })
}

async function apply(repository: TempRepository, edit: Edit): Promise<void> {
  const file = join(repository.folder, edit.path)
  switch (edit.kind) {
    case 'write':
      makeRoom(repository.folder, edit.path)
      writeFileSync(file, edit.content)
      chmodSync(file, edit.mode)
      return
    case 'link':
      makeRoom(repository.folder, edit.path)
      symlinkSync(edit.target, file)
      return
    case 'remove':
      // Over a link this would reach what lies elsewhere.
      if (walk(repository.folder).some((entry) => `${entry.path}/`.startsWith(`${edit.path}/`)))
        rmSync(file, { recursive: true })
      return
    case 'stage':
      await repository.git('--literal-pathspecs', 'add', '--force', '--', edit.path).catch(() => undefined)
  }
}

/** The disk as it is, without git. */
function walk(root: string, folder = ''): TreeEntry[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => folder !== '' || entry.name !== '.git')
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      return entry.isDirectory() ? walk(root, path) : [entryAt(root, path)]
    })
}

function entryAt(root: string, path: string): TreeEntry {
  const stats = lstatSync(join(root, path))
  const isLink = stats.isSymbolicLink()
  const bytes = isLink ? readlinkSync(join(root, path), 'buffer') : readFileSync(join(root, path))
  const id = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  return { mode: isLink ? '120000' : (stats.mode & 0o100) === 0 ? '100644' : '100755', path, id }
}

async function asSeen(repository: TempRepository, folder: string): Promise<TreeEntry[]> {
  const git = await openGit(repository.folder)
  const entries = await committed(git, [folder])
  const differing = await git.differing([folder], [])
  if (!differing.ok) throw new Error(JSON.stringify(differing.failures))
  const onDisk = await git.onDisk(differing.value)
  if (!onDisk.ok) throw new Error(JSON.stringify(onDisk.failures))
  const replaced = new Set(differing.value)
  return [...entries.filter((entry) => !replaced.has(entry.path)), ...onDisk.value]
}

function sorted(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

test('whatever is committed and then edited, the disk is what is seen', async () => {
  const edits = fc.array(change, { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(edits, edits, async (before, after) => {
      const repository = await TempRepository.create({ files: { '.gitignore': 'out/\n*.log\n' } })
      try {
        for (const edit of before) await apply(repository, edit)
        await repository.commit('Second')
        for (const edit of after) await apply(repository, edit)
        const disk = sorted(walk(repository.folder))
        expect(sorted(await asSeen(repository, ''))).toEqual(disk)
        if (lstatSync(join(repository.folder, 'a'), { throwIfNoEntry: false })?.isSymbolicLink()) return
        expect(sorted(await asSeen(repository, 'a'))).toEqual(
          disk.filter((entry) => entry.path === 'a' || entry.path.startsWith('a/')),
        )
      } finally {
        await repository.dispose()
      }
    }),
    { numRuns: 20 },
  )
}, 30_000)
