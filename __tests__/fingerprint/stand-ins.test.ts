import { describe, expect, test } from '@jest/globals'
import type { NamedContext, Service } from '../../src/model/service.js'
import { service } from '../fakes/images.js'
import { gathered, treeOf } from './repository.js'

const TO_BASE: NamedContext = { kind: 'image', image: 'deps' }

const BASE: Service = {
  ...service('deps', { context: 'app', file: 'deps.Dockerfile', kind: 'base' }),
  lockfiles: ['app/package-lock.json'],
}
const APP = service('app', { context: 'app', file: 'Dockerfile', build: { contexts: { deps: TO_BASE } } })

const NPM = ['WORKDIR /app', 'COPY package.json package-lock.json ./', 'RUN npm ci']

interface Given {
  readonly base?: readonly string[]
  readonly app: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  readonly services?: readonly Service[]
}

/** What the lockfiles of the base stand for. */
async function standIns({ base = NPM, app, files = {}, services = [BASE, APP] }: Given) {
  const tree = treeOf({
    'app/package.json': '{}',
    'app/package-lock.json': '1',
    'app/sub/package.json': '{}',
    'app/main.js': '1',
    'deps.Dockerfile': ['FROM node:20', ...base].join('\n'),
    Dockerfile: app.join('\n'),
    ...files,
  })
  const found = await gathered(tree, services)
  return found.snapshot.inputs.get('deps')?.standIns ?? []
}

const REPLACED = ['app/package.json']

describe('a lockfile stands for the manifest beside it where what starts from the base', () => {
  test.each<[string, string[]]>([
    ['copies all again to the same place', ['FROM deps', 'WORKDIR /app', 'COPY . .', 'RUN build']],
    ['does so in the folder that the base leaves it in', ['FROM deps', 'COPY . .']],
    ['copies the manifest by its name', ['FROM deps', 'COPY package.json /app/package.json']],
    ['copies it into its folder', ['FROM deps', 'COPY package.json main.js /app/']],
    ['copies it by a pattern', ['FROM deps', 'COPY package*.json ./', 'COPY main.js .']],
    ['copies it with its path', ['FROM deps', 'COPY --parents package.json ./']],
    ['copies it by variables', ['FROM deps', 'ARG TO=/app', 'COPY . ${TO}/']],
    ['does so in a stage between', ['FROM deps AS all', 'COPY . .', 'FROM all', 'RUN build']],
    ['does so, and takes from that', ['FROM deps AS b', 'COPY . .', 'FROM node:20', 'COPY --from=b /app /']],
    ['takes other files of it', ['FROM node:20', 'COPY --from=deps /app/node_modules /app/node_modules']],
    ['takes other files by a pattern', ['FROM node:20', 'COPY --from=deps /app/*_modules /x/']],
    [
      'mounts other files of it',
      ['FROM node:20', 'RUN --mount=from=deps,source=/app/node_modules,target=/x y'],
    ],
    ['is nothing that is reached', ['FROM deps AS unused', 'RUN x', 'FROM scratch', 'COPY main.js /']],
  ])('%s', async (_description, app) => {
    expect(await standIns({ app })).toEqual(REPLACED)
  })

  test.each<[string, string[]]>([
    ['mounts it for one step', ['WORKDIR /app', 'RUN --mount=target=.,source=. npm ci']],
    ['has an absolute place for it', ['COPY package.json package-lock.json /app/', 'WORKDIR /app']],
    ['takes only what it made of it', ['COPY . /src', 'RUN x', 'FROM node:20', 'COPY --from=0 /out /app']],
    ['begins with an unknown folder', ['COPY package.json ./', 'RUN npm ci']],
    ['goes down from an unknown folder', ['WORKDIR sub', 'COPY package.json ./', 'WORKDIR ../sub']],
  ])('copies all again, of a base that %s', async (_description, base) => {
    expect(await standIns({ base, app: ['FROM deps', 'COPY . .'] })).toContain('app/package.json')
  })
})

describe('a manifest counts all the same where what starts from the base', () => {
  test.each<[string, string[]]>([
    ['copies it to no place', ['FROM deps', 'COPY main.js .']],
    ['copies it to another place', ['FROM deps', 'COPY . /src/']],
    ['copies it after something could see it', ['FROM deps', 'RUN lint', 'COPY . .']],
    ['copies it without what may be excluded', ['FROM deps', 'COPY --exclude=*.md . .']],
    ['copies it to a place that cannot be told', ['FROM deps', 'COPY . $HOME/']],
    ['copies it from another image', ['FROM deps', 'COPY --from=node:20 /app /app']],
    ['copies the folder that holds it', ['FROM node:20', 'COPY --from=deps /app /app', 'COPY . /app/']],
    ['copies by a pattern that may mean it', ['FROM node:20', 'COPY --from=deps /*/pack* /x/']],
    ['mounts the folder that holds it', ['FROM node:20', 'RUN --mount=from=deps,target=/x y']],
    ['mounts a part that cannot be told', ['FROM node:20', 'RUN --mount=from=deps,source=$X,target=/x y']],
    ['keeps it in a stage that another takes whole', ['FROM deps AS a', 'FROM scratch', 'COPY --from=a / /']],
    ['keeps it in a stage that is the last', ['FROM deps AS a', 'FROM a']],
    ['is not clear about what it starts from', ['FROM $BUILDPLATFORM', 'COPY . .']],
  ])('%s', async (_description, app) => {
    expect(await standIns({ app: [...app, 'COPY --from=deps /none /'] })).toEqual([])
  })

  test('leaves it out by its ignore file', async () => {
    const files = { 'Dockerfile.dockerignore': 'package.json' }
    expect(await standIns({ app: ['FROM deps', 'COPY . .'], files })).toEqual([])
  })

  test('never looks at it, as the configuration says', async () => {
    const services = [BASE, { ...APP, ignore: ['package.json'] }]
    expect(await standIns({ app: ['FROM deps', 'COPY . .'], services })).toEqual([])
  })

  test('is one of two, and the other copies it again', async () => {
    const other = { ...APP, name: 'other', file: 'other' }
    const files = { other: 'FROM deps\nRUN x\n' }
    expect(await standIns({ app: ['FROM deps', 'COPY . .'], files, services: [BASE, APP, other] })).toEqual(
      [],
    )
  })

  test('is the stage of a service that is a base itself', async () => {
    const whole = { ...APP, build: { ...APP.build, target: 'deps' } }
    const app = ['FROM node:20 AS deps', 'COPY . .', 'FROM deps', 'COPY . .']
    expect(await standIns({ app, services: [BASE, whole] })).toEqual([])
  })
})

describe('a manifest counts of a base', () => {
  test.each<[string, string[]]>([
    ['that copies it to a place that cannot be told', ['COPY . $HOME/']],
    ['that gives it a name of its own', ['COPY package.json /app/copied']],
    ['that carries it from stage to stage', ['COPY . /src', 'FROM node:20', 'COPY --from=0 /src /app']],
  ])('%s', async (_description, base) => {
    expect(await standIns({ base, app: ['FROM deps', 'COPY . /app/', 'COPY . /src/'] })).toEqual([])
  })

  test('that names it among its inputs', async () => {
    const named = { ...BASE, paths: ['app/package.json'] }
    const tree = (text: string) =>
      treeOf({
        ...{ 'app/package.json': text, 'app/package-lock.json': '1' },
        ...{ 'deps.Dockerfile': ['FROM node:20', ...NPM].join('\n'), Dockerfile: 'FROM deps\nCOPY . .\n' },
      })
    const [before, after] = await Promise.all(
      ['{}', '{"version":2}'].map(async (text) => gathered(tree(text), [named, APP])),
    )
    expect(after?.snapshot.fingerprints.get('deps')?.digest).not.toBe(
      before?.snapshot.fingerprints.get('deps')?.digest,
    )
  })

  test('whose Dockerfile only a frontend of others understands', async () => {
    const files = { 'deps.Dockerfile': '# syntax=acme/frontend\nFROM node:20\nCOPY . .\n' }
    expect(await standIns({ app: ['FROM deps', 'COPY . .'], files })).toEqual([])
  })
})

describe('lockfiles', () => {
  const app = ['FROM deps', 'COPY . .']

  test('stand for manifests below them, as in a workspace', async () => {
    const base = ['WORKDIR /app', 'COPY . .']
    expect(await standIns({ base, app })).toEqual(['app/package.json', 'app/sub/package.json'])
  })

  test('stand for none above them', async () => {
    const services = [{ ...BASE, lockfiles: ['app/sub/package-lock.json'] }, APP]
    const files = { 'app/sub/package-lock.json': '1' }
    const base = ['WORKDIR /app', 'COPY . .']
    expect(await standIns({ base, app, services, files })).toEqual(['app/sub/package.json'])
  })

  test('that are not named are found among what the base copies with `auto`', async () => {
    const services = [{ ...BASE, lockfiles: 'auto' } as const, APP]
    expect(await standIns({ app, services })).toEqual(REPLACED)
    expect(await standIns({ base: ['COPY package.json /app/'], app, services })).toEqual([])
  })

  test('stand for no link, and not for what one leads to', async () => {
    const files = { 'app/package.json': '-> sub/package.json' }
    expect(await standIns({ app, files })).toEqual([])
  })

  test('keep a manifest out of the key, but not whether it is there', async () => {
    const files = (text: Readonly<Record<string, string>>) =>
      treeOf({
        ...{ 'app/package-lock.json': '1', 'app/main.js': '1', Dockerfile: app.join('\n') },
        ...{ 'deps.Dockerfile': ['FROM node:20', 'WORKDIR /app', 'COPY . .'].join('\n'), ...text },
      })
    const digestOf = async (text: Readonly<Record<string, string>>) =>
      (await gathered(files(text), [BASE, APP])).snapshot.fingerprints.get('deps')?.digest
    const before = await digestOf({ 'app/package.json': '1' })
    expect(await digestOf({ 'app/package.json': '2' })).toBe(before)
    for (const other of [
      {},
      { 'app/package.json': '+x 1' },
      { 'app/package.json': '1', 'app/a/package.json': '1' },
      { 'app/package.json': '1', 'app/package-lock.json': '2' },
      { 'app/package.json': '1', 'app/main.js': '2' },
    ])
      expect(await digestOf(other)).not.toBe(before)
  })

  test('count although the Dockerfile does not take them', async () => {
    const tree = (lock: string) =>
      treeOf({
        'deps.Dockerfile': 'FROM a\nCOPY main.js /\n',
        'app/main.js': '1',
        'app/package-lock.json': lock,
      })
    const [before, after] = await Promise.all(['1', '2'].map(async (lock) => gathered(tree(lock), [BASE])))
    expect(after?.snapshot.fingerprints.get('deps')).not.toEqual(before?.snapshot.fingerprints.get('deps'))
  })

  test.each([
    ['Cargo.lock', 'Cargo.toml'],
    ['yarn.lock', 'package.json'],
    ['pnpm-lock.yaml', 'package.json'],
    ['bun.lock', 'package.json'],
    ['bun.lockb', 'package.json'],
    ['go.sum', 'go.mod'],
    ['poetry.lock', 'pyproject.toml'],
    ['uv.lock', 'pyproject.toml'],
    ['requirements.txt', 'requirements.in'],
    ['Pipfile.lock', 'Pipfile'],
    ['Gemfile.lock', 'Gemfile'],
    ['composer.lock', 'composer.json'],
    ['packages.lock.json', 'shop.csproj'],
    ['gradle.lockfile', 'build.gradle.kts'],
    ['mix.lock', 'mix.exs'],
    ['pubspec.lock', 'pubspec.yaml'],
  ])('%s stands for %s, and not for anything else', async (lockfile, manifest) => {
    const files = { [`app/x/${lockfile}`]: '1', [`app/x/${manifest}`]: '1', 'app/x/other': '1' }
    const services = [{ ...BASE, lockfiles: 'auto' } as const, APP]
    const found = await standIns({ base: ['WORKDIR /app', 'COPY x x/'], app, files, services })
    expect(found).toEqual([`app/x/${manifest}`])
  })

  test('that are not there are an error', async () => {
    const services = [{ ...BASE, lockfiles: ['package-lock.json'] }, APP]
    await expect(standIns({ app, services })).rejects.toThrow(/lockfile "package-lock.json" does not exist/)
  })
})

describe('what starts from a base by its address', () => {
  const addressed = { ...BASE, image: { registry: 'ghcr.io', repository: 'acme/deps' } }
  const services = [addressed, { ...APP, build: { ...APP.build, contexts: {} } }]

  test.each<[string, string[], string[]]>([
    ['has a say, too', ['FROM ghcr.io/acme/deps', 'RUN x'], []],
    ['with a tag, too', ['FROM ghcr.io/acme/deps:v1', 'COPY main.js .'], []],
    ['may copy it again', ['FROM ghcr.io/acme/deps:latest', 'COPY . .'], REPLACED],
    [
      'with a digest starts from a fixed image',
      [`FROM ghcr.io/acme/deps@sha256:${'a'.repeat(64)}`],
      REPLACED,
    ],
  ])('%s', async (_description, app, expected) => {
    expect(await standIns({ app, services })).toEqual(expected)
  })
})
