import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Answer, AnswerReader, GitObjects, parseTreeObject } from '../../src/adapters/git-objects.js'
import fc from '../fakes/seeded.js'
import { committed, openGit, PLAIN } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'

const run = promisify(execFile)
const UNKNOWN = '0123456789012345678901234567890123456789'

let repository: TempRepository
let objects: GitObjects

beforeEach(async () => {
  repository = await TempRepository.create({ files: { a: '1', b: 'two\n' } })
  objects = new GitObjects(repository.folder, PLAIN)
})

afterEach(async () => {
  objects.close()
  await repository.dispose()
})

function blobId(content: string | Buffer): string {
  const bytes = Buffer.from(content)
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** Runs git in the repository with an input; what it printed. */
async function fed(input: string | Buffer, ...args: string[]): Promise<string> {
  const asked = run('git', args, { cwd: repository.folder, env: PLAIN })
  asked.child.stdin?.end(input)
  return (await asked).stdout.trim()
}

describe('many questions at once', () => {
  test('each get their own answer, missing objects among them', async () => {
    const [a, b] = [blobId('1'), blobId('two\n')]
    const names = Array.from({ length: 500 }, (_, index) => [a, UNKNOWN, b, 'HEAD:a', 'nowhere'][index % 5]!)
    const found = await Promise.all(names.map((name) => objects.ask(name)))
    expect(found.map((object) => object && [object.id, object.type, object.bytes.toString()])).toEqual(
      names.map((name) =>
        name === UNKNOWN || name === 'nowhere'
          ? undefined
          : name === b
            ? [b, 'blob', 'two\n']
            : [a, 'blob', '1'],
      ),
    )
  })

  test('of large, empty and binary content among thousands of small ones', async () => {
    const contents = Array.from({ length: 3000 }, (_, index) => Buffer.from(`small ${index}\n`))
    contents[1000] = randomBytes(20_000_000)
    contents[1001] = Buffer.alloc(0)
    contents[1002] = Buffer.from([0, 0xff, 0x0a, 0x0a, 0xfe, 0x0d, 0])
    contents[2999] = randomBytes(20_000_000)
    for (const [index, bytes] of contents.entries())
      await writeFile(join(repository.folder, `f${index}`), bytes)
    await repository.commit('Many')
    const found = await Promise.all(contents.map((bytes) => objects.ask(blobId(bytes))))
    expect(found.every((object, index) => object?.bytes.equals(contents[index]!))).toBe(true)
  })

  test('what git does not resolve to one object rejects that question alone', async () => {
    // Two blobs whose ids begin alike.
    const ids = new Map<string, string>()
    let prefix = ''
    for (let index = 0; prefix === ''; index++) {
      const id = blobId(String(index))
      if (ids.has(id.slice(0, 4))) prefix = id.slice(0, 4)
      else ids.set(id.slice(0, 4), String(index))
      if (prefix !== '')
        for (const text of [ids.get(prefix)!, String(index)]) await fed(text, 'hash-object', '-w', '--stdin')
    }
    const [ambiguous, fine] = await Promise.allSettled([objects.ask(prefix), objects.ask('HEAD:a')])
    expect(ambiguous).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('ambiguous') },
    })
    expect(fine).toMatchObject({ status: 'fulfilled', value: { id: blobId('1') } })
  })

  test('a line break cannot be asked for, as it would be two questions', async () => {
    await expect(objects.ask('HEAD\nHEAD')).rejects.toThrow('cannot be asked')
    expect((await objects.ask('HEAD:a'))?.id).toBe(blobId('1'))
  })
})

describe('a git that ends', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'git-objects-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  /** A program called git that does as told when it is started for the first, second… time. */
  async function scripted(...scripts: string[]): Promise<GitObjects> {
    const cases = scripts.map((script, index) => `${index + 1}) ${script};;`).join('\n')
    const text = `#!/bin/sh\necho >> ${folder}/starts\ncase $(wc -l < ${folder}/starts) in\n${cases}\nesac\n`
    await writeFile(join(folder, 'git'), text, { mode: 0o755 })
    return new GitObjects(repository.folder, { ...PLAIN, PATH: `${folder}:${PLAIN.PATH ?? ''}` })
  }

  const real = `PATH="\${PATH#*:}"; exec git "$@"`

  test('in an answer rejects all that wait; the next question starts another', async () => {
    const id = blobId('1')
    const first = `read a; printf '%s blob 1\\n1\\n${UNKNOWN} blob 100\\nhalf' $a; read b; read c; echo why >&2; exit 3`
    const broken = await scripted(first, real)
    const [answered, ...others] = await Promise.allSettled(
      [id, UNKNOWN, 'HEAD'].map((name) => broken.ask(name)),
    )
    expect(answered).toMatchObject({ status: 'fulfilled', value: { id } })
    const reason = { message: 'git cat-file ended (exit code 3: why)' }
    expect(others).toMatchObject([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ])
    expect((await broken.ask('HEAD:b'))?.bytes.toString()).toBe('two\n')
    broken.close()
  })

  test('or answers another question is not believed', async () => {
    const broken = await scripted(`read a; printf '${UNKNOWN} blob 1\\n1\\n'; read b`)
    await expect(broken.ask(blobId('1'))).rejects.toThrow(UNKNOWN)
    broken.close()
  })

  test('by a signal says so', async () => {
    const broken = await scripted('read a; kill -KILL $$', real)
    await expect(broken.ask('HEAD')).rejects.toThrow('SIGKILL')
    expect((await broken.ask('HEAD'))?.type).toBe('commit')
    broken.close()
  })

  test('while nobody asks is not noticed', async () => {
    const id = blobId('1')
    const broken = await scripted(`read a; printf '%s blob 1\\n1\\n' $a`, real)
    expect((await broken.ask(id))?.id).toBe(id)
    await sleep(300)
    expect((await broken.ask(id))?.id).toBe(id)
    broken.close()
  })

  test('and leaves a child with its pipes behind has ended all the same', async () => {
    const broken = await scripted('sleep 30 & exit 1')
    await expect(broken.ask('HEAD')).rejects.toThrow('exit code 1')
  }, 10_000)

  test('is not there, like the folder', async () => {
    await expect(new GitObjects(repository.folder, { PATH: folder }).ask('HEAD')).rejects.toThrow('ENOENT')
    await expect(new GitObjects(join(folder, 'gone'), PLAIN).ask('HEAD')).rejects.toThrow('ENOENT')
    await expect(new GitObjects(folder, PLAIN).ask('HEAD')).rejects.toThrow('not a git repository')
  })
})

test('a process ends by itself when all is answered, and git with it', async () => {
  const source = new URL('../../src/adapters/git-objects.ts', import.meta.url).href
  const script = `
    const { GitObjects } = await import(${JSON.stringify(source)})
    const objects = new GitObjects(${JSON.stringify(repository.folder)}, process.env)
    for (const name of ['HEAD:a', 'HEAD:b']) process.stdout.write((await objects.ask(name)).bytes)
    process.stdout.write(String(await objects.ask('nowhere')))`
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', script]
  const { stdout } = await run(process.execPath, args, { env: PLAIN, timeout: 20_000 })
  expect(stdout).toBe('1two\nundefined')
  // git got the end of its input; a moment later it is gone.
  const here = `for p in /proc/[0-9]*; do [ "$(readlink $p/cwd)" = ${repository.folder} ] && echo $p; done; true`
  const isGone = async () => (await run('sh', ['-c', here])).stdout === ''
  for (let tries = 0; tries < 50 && !(await isGone()); tries++) await sleep(100)
  expect(await isGone()).toBe(true)
})

describe('the reader of answers', () => {
  const id = (digit: string) => digit.repeat(40)
  const stream = Buffer.concat([
    Buffer.from(`${id('a')} blob 3\n`),
    Buffer.from([0x0a, 0xff, 0]),
    Buffer.from(
      `\nx y missing\n${id('b').slice(0, 4)} ambiguous\n${id('c')} tree 0\n\n${'d'.repeat(64)} blob 200\n`,
    ),
    Buffer.alloc(200, '\n'),
    Buffer.from(`\n${id('e')} missing\n`),
  ])

  function readIn(pieces: readonly Buffer[]): Answer[] {
    const reader = new AnswerReader()
    return pieces.flatMap((piece) => reader.read(piece))
  }

  test('loses nothing wherever the pieces end', () => {
    const whole = readIn([stream])
    expect(whole.map(({ object }) => object?.bytes.length)).toEqual([
      3,
      undefined,
      undefined,
      0,
      200,
      undefined,
    ])
    expect(readIn([...stream].map((byte) => Buffer.from([byte])))).toEqual(whole)
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const ends = [...cuts, stream.length].sort((a, b) => a - b)
        const pieces = ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end))
        expect(readIn(pieces)).toEqual(whole)
      }),
    )
  })

  test('gives each answer as soon as it is complete', () => {
    const reader = new AnswerReader()
    expect(reader.read(Buffer.from(`${id('a')} blob 2\nxy`))).toEqual([])
    expect(reader.read(Buffer.from('\n'))).toHaveLength(1)
  })
})

describe('trees', () => {
  const NAMES = ['-x', '--', 'a\tb', 'a\nb', '"q"', "it's", ' lead', 'trail ', 'é', '\\', 'x y']

  test.each(['sha1', 'sha256'])('in a %s repository have every name and kind of entry', async (format) => {
    await rm(join(repository.folder, '.git'), { recursive: true })
    await repository.git('init', '--quiet', `--object-format=${format}`)
    await repository.commit('Start')
    const blob = await repository.git('rev-parse', 'HEAD:a')
    const empty = await fed('', 'mktree')
    const bytes = [Buffer.from([0x66, 0xff]), Buffer.from([0x66, 0xfe]), Buffer.from('\uFFFD')]
    const records = [
      ...NAMES.map((name) => Buffer.from(`100644 blob ${blob}\t${name}\0`)),
      ...bytes.map((name) => Buffer.concat([Buffer.from(`100755 blob ${blob}\t`), name, Buffer.from([0])])),
      Buffer.from(`040000 tree ${empty}\tfolder\0`),
      Buffer.from(`120000 blob ${blob}\tlink\0`),
      Buffer.from(`160000 commit ${blob.replace(/./g, '1')}\tsub\0`),
    ]
    const tree = await fed(Buffer.concat(records), 'mktree', '-z', '--missing')
    const entries = await (await openGit(repository.folder)).tree(tree)
    const byName = new Map(entries.map((entry) => [entry.name, entry]))
    expect(byName.size).toBe(records.length)
    for (const name of NAMES) expect(byName.get(name)).toEqual({ name, mode: '100644', id: blob })
    expect(byName.get('folder')).toEqual({ name: 'folder', mode: '040000', id: empty })
    expect(byName.get('link')?.mode).toBe('120000')
    expect(byName.get('sub')?.mode).toBe('160000')
    expect(byName.get('\uFFFD')?.mode).toBe('100755')
    expect(blob).toHaveLength(format === 'sha1' ? 40 : 64)
  })

  test('say the same as git ls-tree', async () => {
    for (const name of NAMES) await repository.write(`d/${name}/f`, name, { mode: 0o755 })
    await repository.commit('Names')
    const git = await openGit(repository.folder)
    const listed = await repository.git('ls-tree', '-r', '-z', 'HEAD')
    expect(
      (await committed(git, [''])).map(({ mode, path, id }) => `${mode} blob ${id}\t${path}\0`).join(''),
    ).toBe(listed)
  })

  test('that are cut are not read as if they were whole', () => {
    const entry = Buffer.concat([Buffer.from('100644 a\0'), Buffer.alloc(20, 1)])
    const bytes = Buffer.concat([entry, entry])
    expect(parseTreeObject(bytes, 20)).toHaveLength(2)
    for (let end = entry.length + 1; end < bytes.length; end++)
      expect(() => parseTreeObject(bytes.subarray(0, end), 20)).toThrow('unknown form')
    expect(() => parseTreeObject(Buffer.from('100644\0a b'), 20)).toThrow('unknown form')
  })
})
