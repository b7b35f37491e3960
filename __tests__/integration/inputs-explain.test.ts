import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { chmod, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { command, documentOf, fingerprints, report, Room } from '../rig/inputs.js'
import { Shop } from '../rig/shop.js'

interface Explanation {
  readonly version: number
  readonly service: string
  readonly dockerfile: string
  readonly fingerprint: string
  readonly document: Record<string, unknown>
  readonly inputs: readonly {
    readonly path: string
    readonly mode: string
    readonly id: string
    readonly lines: readonly number[]
    readonly labels: readonly string[]
    readonly onDisk?: boolean
  }[]
  readonly since: {
    readonly kind: string
    readonly commit: string
    readonly fingerprint: string
    readonly reasons: readonly unknown[]
  } | null
}

const DOCKERFILE = `# syntax=docker/dockerfile:1
FROM scratch AS other
COPY web/ /unreached/

FROM scratch
ARG MODE=fast
COPY api/src/ \\
     api/run /app/
COPY api/src/main.txt /twice
COPY --from=assets logo.svg /
`

const FILES = {
  'smart-image-build.yml': `services:
  api:
    context: .
    file: api/Dockerfile
    build-args: {MODE: slow}
    build-contexts: {assets: shared/assets}
    paths: [toolchain.toml]
    generated: {api/gen: [proto/**]}
  web: {context: web}
`,
  'api/Dockerfile': DOCKERFILE,
  'api/README.md': '# Not taken\n',
  'api/src/main.txt': 'main\n',
  'api/src/other.txt': 'other\n',
  'api/run': '#!/bin/sh\n',
  'shared/assets/logo.svg': '<svg/>\n',
  'toolchain.toml': 'channel = 1\n',
  'proto/a.proto': 'message A {}\n',
  'web/Dockerfile': 'FROM scratch\nCOPY index.html /\n',
  'web/index.html': '<p>\n',
}

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open('nothing')
  for (const [file, text] of Object.entries(FILES)) await shop.repository.write(file, text)
  await chmod(join(shop.repository.folder, 'api/run'), 0o755)
  await symlink('main.txt', join(shop.repository.folder, 'api/src/link'))
  await shop.repository.commit('Start')
})

afterEach(async () => {
  await shop.close()
})

const explained = (...args: string[]) => command(shop.repository.folder, ['explain', ...args])

async function explanation(...args: string[]): Promise<Explanation> {
  return documentOf(await explained(...args, '--json')) as Explanation
}

/** Every input with where it is taken, as the terminal shows it: mode, path, places. */
function inputLines(stdout: string): string[] {
  return stdout.split('\n').flatMap((line) => {
    const [, mode, path, where] = /^ {2}(\d{6}\S*) {2}(\S+) {2}\((.*)\)$/.exec(line) ?? []
    return mode === undefined ? [] : [`${mode} ${path ?? ''} ${where ?? ''}`]
  })
}

describe('explain SERVICE', () => {
  test('prints the document and every input with the line that takes it, and no other file', async () => {
    const { stdout, stderr, exitCode } = await explained('api')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const { api } = await fingerprints(shop.repository.folder)
    expect(stdout).toContain(`api  ${api ?? 'no fingerprint'}\n`)
    for (const section of ['format', 'definition', 'files', 'build-args  MODE', 'options     platforms'])
      expect(stdout).toContain(`\n  ${section}`)
    expect(inputLines(stdout)).toEqual([
      '100755 api/run api/Dockerfile:7',
      '120000 api/src/link api/Dockerfile:7',
      '100644 api/src/main.txt api/Dockerfile:7,9',
      '100644 api/src/other.txt api/Dockerfile:7',
      '100644 proto/a.proto generated api/gen',
      '100644 shared/assets/logo.svg api/Dockerfile:10',
      '100644 toolchain.toml paths',
    ])
    expect(stdout).toContain('no build is recorded')
  })

  test('prints one document with --json, of a shape that others may rely on', async () => {
    const found = await explanation('api')
    const { api } = await fingerprints(shop.repository.folder)
    expect(Object.keys(found)).toEqual([
      ...['version', 'service', 'dockerfile', 'fingerprint', 'document', 'inputs', 'since'],
    ])
    expect(found).toMatchObject({
      ...{ version: 1, service: 'api', dockerfile: 'api/Dockerfile', fingerprint: api, since: null },
      document: { buildArgs: { MODE: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown } },
    })
    expect(found.inputs).toHaveLength(7)
    expect(found.inputs[2]).toEqual({
      ...{ path: 'api/src/main.txt', mode: '100644', lines: [7, 9], labels: [] },
      id: await shop.repository.git('rev-parse', 'HEAD:api/src/main.txt'),
    })
    expect(found.inputs[4]).toMatchObject({ path: 'proto/a.proto', lines: [], labels: ['generated api/gen'] })
  })

  test('marks what the disk has and the commit has not', async () => {
    await shop.repository.write('api/src/main.txt', 'modified\n')
    await shop.repository.write('api/src/new.txt', 'untracked\n')
    const { inputs } = await explanation('api')
    const onDisk = inputs.filter((input) => input.onDisk === true).map(({ path }) => path)
    expect(onDisk).toEqual(['api/src/main.txt', 'api/src/new.txt'])
    const { stdout } = await explained('api')
    expect(stdout).toContain('api/src/new.txt  (api/Dockerfile:7, not as committed)')
    const committed = await explanation('api', '--inputs-from', 'commit')
    expect(committed.inputs.filter((input) => input.onDisk === true)).toEqual([])
  })

  test('changes nothing: no memory, no record, a clean status', async () => {
    await explained('api')
    expect(await shop.repository.git('status', '--porcelain')).toBe('')
    expect(await readdir(join(shop.repository.folder, '.git'))).not.toContain('smart-image-build')
  })

  test('works in a clone that was not checked out', async () => {
    const room = await Room.open()
    const clone = await room.clone(shop.repository, ['--depth=1', '--filter=blob:none', '--no-checkout'])
    const there = documentOf(await command(clone, ['explain', 'api', '--json'])) as Explanation
    await room.remove()
    expect(there).toEqual(await explanation('api'))
  })
})

describe('what differs', () => {
  test('from the last build, then from nothing', async () => {
    const build = ['build', 'web', '--push', '--registry', shop.prefix]
    const explain = ['web', '--registry', shop.prefix]
    const built = await report(shop.repository.folder, build)
    const commit = await shop.repository.git('rev-parse', 'HEAD')
    const same = await explanation(...explain)
    const { fingerprint } = built.images.find(({ name }) => name === 'web') ?? {}
    expect(same.since).toEqual({ kind: 'record', commit, fingerprint, reasons: [] })
    expect((await explained(...explain)).stdout).toContain('nothing differs')

    await shop.repository.write('web/index.html', '<p>more\n')
    await shop.repository.write('web/Dockerfile', 'FROM scratch\nCOPY index.html /\nENV A=1\n')
    await shop.repository.commit('More')
    const { since } = await explanation(...explain)
    expect(since).toMatchObject({ kind: 'record', commit, fingerprint })
    expect(since?.reasons).toEqual([
      { kind: 'dockerfile', lines: [3] },
      { kind: 'files', added: 0, modified: 1, removed: 0, paths: ['web/index.html'] },
    ])
    const { stdout } = await explained(...explain)
    expect(stdout).toContain(`since the last build, at ${commit}:`)
    expect(stdout).toContain('Dockerfile changed in line 3')
    expect(stdout).toContain('web/index.html')
  })

  test.each(['HEAD~1', 'start', 'refs/tags/start'])('from --against %s', async (name) => {
    await shop.repository.git('tag', 'start')
    const start = await shop.repository.git('rev-parse', 'HEAD')
    const before = await explanation('api')
    await shop.repository.write('api/src/new.txt', 'new\n')
    await shop.repository.remove('api/src/other.txt')
    await shop.repository.write('api/README.md', '# Still not taken\n')
    await shop.repository.commit('Later')
    const { since } = await explanation('api', '--against', name)
    expect(since).toEqual({
      ...{ kind: 'commit', commit: start, fingerprint: before.fingerprint },
      reasons: [
        {
          ...{ kind: 'files', added: 1, modified: 0, removed: 1 },
          paths: ['api/src/new.txt', 'api/src/other.txt'],
        },
      ],
    })
    expect((await explained('web', '--against', name)).stdout).toContain(`nothing differs from ${start}`)
  })
})

describe('what cannot be explained ends with 2 and a reason', () => {
  test.each([
    { args: ['webb'], said: 'did you mean `web`?' },
    { args: ['*'], said: 'several services' },
    { args: [], said: 'service' },
    { args: ['web', '--against', 'nowhere'], said: '`nowhere`' },
    { args: ['web', '--against', 'f'.repeat(40)], said: 'f'.repeat(40) },
    { args: ['web', '--against', '--output=x'], said: '--output=x' },
    { args: ['web', '--against', ''], said: 'no commit' },
    { args: ['web', '--against', 'HEAD:web'], said: '`HEAD:web`' },
  ])('$args', async ({ args, said }) => {
    for (const json of [[], ['--json']]) {
      const { exitCode, stdout, stderr } = await explained(...args, ...json)
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toContain(said)
    }
  })

  test.each([
    { text: 'FROM scratch\nCOPPY index.html /\n', at: 'web/Dockerfile:2' },
    { text: 'FROM scratch\n\nCOPY index.html\n', at: 'web/Dockerfile:3' },
    { text: 'FROM scratch\nCOPY --from=nowhere${ /a /\n', at: 'web/Dockerfile:2' },
  ])('a Dockerfile with an error at $at', async ({ text, at }) => {
    await shop.repository.write('web/Dockerfile', text)
    const { exitCode, stdout, stderr } = await explained('web')
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(`error: ${at}:`)
    // The other service has nothing to do with it.
    expect((await explained('api')).exitCode).toBe(0)
  })

  test('a commit at which the service could not have been built', async () => {
    await shop.repository.write('web/Dockerfile', 'FROM scratch\nCOPPY index.html /\n')
    await shop.repository.commit('Broken')
    await shop.repository.write('web/Dockerfile', 'FROM scratch\nCOPY index.html /\n')
    await shop.repository.commit('Mended')
    const { exitCode, stderr } = await explained('web', '--against', 'HEAD~1')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('could not have been built')
  })
})
