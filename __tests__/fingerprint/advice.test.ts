import { describe, expect, test } from '@jest/globals'
import type { ContextAdvice } from '../../src/model/advice.js'
import type { Service } from '../../src/model/service.js'
import { advise } from '../../src/fingerprint/advice.js'
import { FakeGitTree, type FakeTree } from '../fakes/fake-git-tree.js'
import { service, valueOf } from '../fakes/images.js'

const API = service('api', { context: '', file: 'api.Dockerfile' })

const BIG = 'x'.repeat(1_000_000)

function dockerfile(...instructions: readonly string[]): string {
  return ['FROM scratch', ...instructions, ''].join('\n')
}

/** Advice for `api`, whose context is the root, among all these services. */
async function adviceFor(tree: FakeTree, services: readonly Service[] = [API]): Promise<ContextAdvice> {
  const options = { git: new FakeGitTree(tree), platform: 'linux/amd64', opened: [] }
  const [advice] = valueOf(await advise(services, new Set(['api']), options))
  if (advice === undefined) throw new Error('nothing is sent')
  return advice
}

async function linesFor(...given: Parameters<typeof adviceFor>): Promise<string[]> {
  return (await adviceFor(...given)).lines.map(({ line, kind }) => `${line} ${kind}`)
}

/** Git ignores `out`; `src` is committed. */
function tree(instruction: string, given: Partial<FakeTree> = {}): FakeTree {
  const committed = { 'api.Dockerfile': dockerfile(instruction), 'src/main': 'main', ...given.committed }
  const disk = { 'out/app': '1234', 'out/deep/lib': '12', ...given.disk }
  return { ignored: ['out'], ...given, committed, disk }
}

describe('what is sent', () => {
  test.each<[string, string, number]>([
    ['is all of the context where that is copied', 'COPY . /', 5],
    ['is no more than what a source leads to', 'COPY src /', 1],
    ['is what a pattern meets', 'COPY o* /', 2],
    ['is what a mount takes', 'RUN --mount=type=bind,source=out,target=/out true', 2],
    ['is what `--exclude` keeps from being copied', 'COPY --exclude=out . /', 5],
  ])('%s', async (_, instruction, files) => {
    expect((await adviceFor(tree(instruction, { disk: { '.git/config': 'config' } }))).sent.files).toBe(files)
  })

  test('is counted with what `ignore` and `generated` keep from counting', async () => {
    const services = [{ ...API, ignore: ['src'], generated: { out: ['src'] } }]
    expect((await adviceFor(tree('COPY . /'), services)).sent).toEqual({
      bytes: dockerfile('COPY . /').length + 'main123412'.length,
      files: 4,
    })
  })

  test('is not what the ignore file leaves out', async () => {
    const given = tree('COPY . /', { committed: { '.dockerignore': 'src\nout' } })
    const { sent, largest } = await adviceFor(given)
    expect(sent.files).toBe(2)
    expect(largest.map(({ path }) => path)).toEqual(['api.Dockerfile', '.dockerignore'])
  })
})

describe('a line is advised', () => {
  test('for what git ignores, as a whole', async () => {
    const { lines, sent, left } = await adviceFor(tree('COPY . /'))
    expect(lines).toEqual([{ line: 'out', kind: 'ignored', bytes: 6, files: 2 }])
    expect([left.bytes, left.files]).toEqual([sent.bytes - 6, sent.files - 2])
  })

  test("for git's own folder", async () => {
    const given = tree('COPY . /', { disk: { '.git/config': 'config', '.git/objects/1': 'one' } })
    expect((await adviceFor(given)).lines).toContainEqual({
      line: '.git',
      kind: 'repository',
      bytes: 9,
      files: 2,
    })
  })

  test('for what is committed under a usual name, from a megabyte on', async () => {
    const given = tree('COPY . /', {
      committed: { 'web/tests/shot': BIG, 'web/dist/small': '1', 'web/run.log': BIG },
      ignored: [],
    })
    expect((await linesFor(given)).sort()).toEqual(['web/run.log usual', 'web/tests usual'])
  })

  test('once for all of a name, where all of them are meant', async () => {
    const disk = { 'a/node_modules/x': '1', 'b/node_modules/y': '2' }
    const given = { committed: { 'a/_': '', 'b/_': '' }, disk, ignored: ['a/node_modules', 'b/node_modules'] }
    expect(await linesFor(tree('COPY . /', given))).toEqual(['**/node_modules ignored'])
    const other = { ...given, committed: { ...given.committed, 'c/node_modules/z': '3' } }
    expect((await linesFor(tree('COPY . /', other))).sort()).toEqual([
      'a/node_modules ignored',
      'b/node_modules ignored',
    ])
  })

  test.each(['a*b', '[a]', '!a', '#a', 'a+(b)', 'a\\b', 'ü {1}'])('for %p and nothing else', async (name) => {
    const given = tree('COPY . /', { disk: { [`${name}/file`]: '1234567' }, ignored: [name] })
    const { lines, sent, left } = await adviceFor(given)
    expect(lines).toMatchObject([{ kind: 'ignored', files: 1 }])
    expect([sent.files - left.files, sent.bytes - left.bytes]).toEqual([1, 7])
  })

  test('for the ignore file that is in force', async () => {
    const given = tree('COPY . /', { committed: { 'api.Dockerfile.dockerignore': '' } })
    expect((await adviceFor(given)).ignoreFile).toBe('api.Dockerfile.dockerignore')
    expect((await adviceFor(tree('COPY . /'))).ignoreFile).toBe('.dockerignore')
  })
})

describe('no line is advised', () => {
  const web = { ...API, name: 'web', file: 'web.Dockerfile' }

  test.each<[string, string]>([
    ['an instruction copies', 'COPY out /'],
    ['an instruction copies a part of', 'COPY out/deep/lib /'],
    ['an instruction mounts', 'RUN --mount=type=bind,source=out/deep,target=/x true'],
    ['a pattern means', 'COPY o?t /'],
    ['a pattern means a part of', 'COPY --parents ./*/app /'],
    ['a link leads to', 'COPY current /'],
  ])('for what %s', async (_, instruction) => {
    const given = tree(`COPY . /all/\n${instruction}`, { links: { current: 'out/deep' } })
    expect(await linesFor(given)).toEqual([])
  })

  test('for what another image takes under the same ignore file', async () => {
    const given = tree('COPY . /', { committed: { 'web.Dockerfile': dockerfile('COPY out/app /') } })
    expect(await linesFor(given, [API, web])).toEqual([])
    const apart = { ...given, committed: { ...given.committed, 'web.Dockerfile.dockerignore': '' } }
    expect(await linesFor(apart, [API, web])).toEqual(['out ignored'])
  })

  test('for what an exception keeps', async () => {
    for (const kept of ['!out', '!out/deep', '!**/out']) {
      const given = tree('COPY . /', { committed: { '.dockerignore': `*.md\n${kept}` } })
      expect(await linesFor(given)).toEqual([])
    }
  })

  test('for what an earlier step makes', async () => {
    for (const made of ['out', 'out/app'])
      expect(await linesFor(tree('COPY . /'), [{ ...API, generated: { [made]: ['src'] } }])).toEqual([])
  })

  test('for what nobody has committed yet, though git would take it', async () => {
    expect(await linesFor(tree('COPY . /', { ignored: [] }))).toEqual([])
  })

  test('where it cannot be told what an instruction takes', async () => {
    const { lines, unclear } = await adviceFor(
      tree('COPY . /\nFROM busybox\nCOPY ${FROM_BASE} /\nCOPY --from=0 / /'),
    )
    expect([lines, unclear]).toEqual([[], { file: 'api.Dockerfile', line: 4 }])
  })
})
