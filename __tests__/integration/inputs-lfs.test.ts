import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprints, report, Room } from '../rig/inputs.js'
import { Shop, type ShopRun } from '../rig/shop.js'

/** What git-lfs does for git, with a folder in place of its server. */
const FILTER = `#!/bin/sh
case $1 in
  clean)
    file=$(mktemp "$STORE/new-XXXXXX") && cat >"$file"
    oid=$(sha256sum <"$file" | cut -d' ' -f1) && size=$(wc -c <"$file") && mv "$file" "$STORE/$oid"
    printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize %s\\n' "$oid" "$size" ;;
  smudge) cat "$STORE/$(sed -n 's/^oid sha256://p')" ;;
esac
`

const CONTENT = Buffer.from([0, 1, 2, 3, 255, 13, 10])

let shop: Shop
let room: Room
let clean: string

beforeAll(async () => {
  shop = await Shop.open('nothing')
  const oid = createHash('sha256').update(CONTENT).digest('hex')
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${CONTENT.length}\n`
  await shop.repository.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n')
  await shop.repository.write('api/Dockerfile', 'FROM scratch\nCOPY models/ note.txt /\n')
  await shop.repository.write('api/models/large.bin', pointer)
  await shop.repository.write('api/note.txt', 'version https://git-lfs.github.com/spec/v1, they say\n')
  await shop.repository.commit('Start')
  clean = (await fingerprints(shop.repository.folder, ['--inputs-from', 'commit']))['api'] ?? ''
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

/** Options of a clone with the filter, which finds the file in its store. */
async function filter(): Promise<string[]> {
  const [store, script] = [join(room.folder, 'store'), join(room.folder, 'lfs')]
  await mkdir(store)
  await writeFile(join(store, createHash('sha256').update(CONTENT).digest('hex')), CONTENT)
  await writeFile(script, FILTER.replaceAll('$STORE', store))
  await chmod(script, 0o755)
  const settings = [`clean=${script} clean`, `smudge=${script} smudge`, 'required=true']
  return settings.map((setting) => `--config=filter.lfs.${setting}`)
}

function messages(run: ShopRun, kind: 'error' | 'notice'): string[] {
  return run.main.commands.filter(({ name }) => name === kind).map(({ message }) => message)
}

describe('a pointer of Git LFS that was not fetched', () => {
  test.each(['commit', 'worktree', 'auto'])(
    'ends a build with inputs from `%s` before it starts',
    async (from) => {
      const folder = await room.clone(shop.repository)
      const run = await shop.push({ folder, inputs: { 'inputs-from': from } })
      expect(run.main.exitCode).toBe(2)
      expect(messages(run, 'error')).toEqual([expect.stringContaining('"api/models/large.bin"')])
      expect(messages(run, 'error')[0]).toContain('git lfs pull')
      expect(run.docker.filter((line) => line.startsWith('buildx build'))).toEqual([])
    },
  )

  test('is a notice in a plan that reads the disk, and nothing to one that reads the commit', async () => {
    const folder = await room.clone(shop.repository)
    const onDisk = await report(folder, ['plan', '--local-only', '--inputs-from', 'worktree'])
    expect(onDisk.exitCode).toBe(0)
    expect(onDisk.notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('"api/models/large.bin"'),
    ])
    const committed = await report(folder, ['plan', '--local-only', '--inputs-from', 'commit'])
    expect(committed).toMatchObject({ notices: [], images: [{ fingerprint: clean }] })
  })
})

describe('a file that Git LFS put in the place of its pointer', () => {
  test('has the fingerprint of the clean tree and builds without a notice', async () => {
    const folder = await room.clone(shop.repository, await filter())
    expect(await room.git('022', '-C', folder, 'status', '--porcelain')).toBe('')
    for (const from of ['commit', 'worktree', 'auto'])
      expect(await fingerprints(folder, ['--inputs-from', from])).toEqual({ api: clean })
    const run = await shop.push({ folder })
    expect(run.main.exitCode).toBe(0)
    expect(run.matrix).toMatchObject([{ service: 'api', action: 'rebuilt', fingerprint: clean }])
    expect(messages(run, 'notice')).toEqual([])
    const again = await shop.push({ folder })
    expect(again.rebuilt).toEqual([])
  })

  test('and was changed then counts as it is', async () => {
    const folder = await room.clone(shop.repository, await filter())
    await writeFile(join(folder, 'api/models/large.bin'), 'other bytes')
    expect(await fingerprints(folder, ['--inputs-from', 'worktree'])).not.toEqual({ api: clean })
    expect(await fingerprints(folder, ['--inputs-from', 'commit'])).toEqual({ api: clean })
  })

  test('counts as it is, too, where git does not see that it was changed', async () => {
    const folder = await room.clone(shop.repository, await filter())
    await room.git('022', '-C', folder, 'update-index', '--assume-unchanged', 'api/models/large.bin')
    await writeFile(join(folder, 'api/models/large.bin'), 'other bytes')
    const run = await shop.push({ folder, inputs: { 'inputs-from': 'commit', registry: `${shop.prefix}-x` } })
    expect(run.main.exitCode).toBe(0)
    expect(messages(run, 'notice')).toEqual([expect.stringContaining('"api/models/large.bin"')])
    expect(run.matrix).toEqual([expect.not.objectContaining({ fingerprint: clean })])
  })
})
