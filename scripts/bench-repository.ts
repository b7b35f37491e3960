import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { git } from './bench-process.js'

/** How large a generated monorepo is. */
export interface Size {
  readonly name: string
  readonly services: number
  readonly files: number
}

/** Commits that plans are made at; each is the parent of the next. */
export type Mark = 'before' | 'one' | 'docs' | 'all'

export interface BenchRepository {
  readonly size: Size
  /** Without a work tree, as a clone that only plans has it. */
  readonly folder: string
  readonly commits: Readonly<Record<Mark, string>>
}

/** Raised with every change of what is generated: a repository of an earlier version is made anew. */
const VERSION = 1
const BRANCH = 'refs/heads/main'
const FILES_IN_FOLDER = 20
const LIBRARY_FILES = 20
const EARLIER_COMMITS = 60

/** The repository of a size, the same objects on every machine; one that lies in the folder already is taken as it is. */
export async function makeRepository(size: Size, parent: string): Promise<BenchRepository> {
  const folder = join(parent, size.name)
  const stamp = join(folder, '.git', `bench-${VERSION}-${size.services}-${size.files}`)
  if (!existsSync(stamp)) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    git(folder, ['init', '--quiet', '--initial-branch=main'])
    // One pack, as a clone has, however few objects there are.
    git(folder, ['config', 'fastimport.unpackLimit', '0'])
    await fastImport(folder, history(size))
    writeFileSync(stamp, '')
  }
  const commit = (mark: Mark) => git(folder, ['rev-parse', `refs/bench/${mark}`])
  const commits = { before: commit('before'), one: commit('one'), docs: commit('docs'), all: commit('all') }
  return { size, folder, commits }
}

/** A second repository with the same objects and branch, whose work tree is filled by `moveTo`. */
export function withWorkTree(repository: BenchRepository): BenchRepository {
  const folder = `${repository.folder}-tree`
  if (!existsSync(join(folder, '.git'))) {
    mkdirSync(folder, { recursive: true })
    git(folder, ['init', '--quiet', '--initial-branch=main'])
    writeFileSync(
      join(folder, '.git/objects/info/alternates'),
      `${join(repository.folder, '.git/objects')}\n`,
    )
  }
  return { ...repository, folder }
}

/** Puts the branch, which is checked out, at a commit. */
export function moveBranch({ folder }: BenchRepository, commit: string): void {
  git(folder, ['update-ref', BRANCH, commit])
}

/** Puts branch, index and work tree at a commit, and lets git see that the files are as they were written. */
export async function moveTo({ folder }: BenchRepository, commit: string): Promise<void> {
  git(folder, ['reset', '--quiet', '--hard', commit])
  // Files of the index's own second are read again by every `git status`, until one of a later second clears them.
  await new Promise((resolve) => setTimeout(resolve, 1100))
  git(folder, ['status', '--porcelain'])
}

export function serviceNames({ services }: Size): string[] {
  return Array.from({ length: services }, (_, index) => `svc-${String(index + 1).padStart(4, '0')}`)
}

async function fastImport(folder: string, commands: Iterable<string>): Promise<void> {
  const child = spawn('git', ['fast-import', '--quiet'], {
    cwd: folder,
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  await pipeline(Readable.from(commands), child.stdin)
  const code = await ended
  if (code !== 0) throw new Error(`git fast-import ended with ${String(code)}`)
}

/** The commands of git-fast-import(1). */
function* history(size: Size): Generator<string> {
  const names = serviceNames(size)
  const sources = Math.max(1, Math.floor((size.files - sharedFiles(size).length) / size.services) - 5)
  let mark = 0
  const commit = (message: string) => {
    mark += 1
    const parent = mark === 1 ? '' : `from :${mark - 1}\n`
    const time = `${1_704_067_200 + 60 * mark} +0000`
    return `commit ${BRANCH}\nmark :${mark}\ncommitter Bench <bench@example.com> ${time}\n${data(message)}${parent}`
  }
  const reference = (name: Mark) => `reset refs/bench/${name}\nfrom :${mark}\n\n`

  yield commit('All services')
  for (const [path, text] of sharedFiles(size)) yield file(path, text)
  for (const [index, name] of names.entries()) yield serviceFiles(name, { index, size, sources })
  for (let round = 1; round <= EARLIER_COMMITS; round += 1) {
    const name = names[(round * 7) % names.length] ?? ''
    yield commit(`Change ${name}`)
    yield file(sourcePath(name, round % sources), sourceText(name, round))
  }
  yield reference('before')
  yield commit('Change one source file')
  yield file(sourcePath('svc-0001', 0), sourceText('svc-0001', 1_000_001))
  yield reference('one')
  yield commit('Only documentation')
  yield file('services/svc-0001/README.md', '# svc-0001\n\nNow with documentation.\n')
  yield file('docs/guide.md', '# Guide\n\nRead it.\n')
  yield reference('docs')
  yield commit('Change every service')
  yield file('libs/common/lib-000.js', sourceText('common', 1_000_002))
  for (const name of names) yield file(sourcePath(name, 0), sourceText(name, 1_000_002))
  yield reference('all')
  yield `reset ${BRANCH}\nfrom :${mark - 1}\n\n`
}

function sharedFiles(size: Size): [string, string][] {
  const library = (name: string) =>
    Array.from({ length: LIBRARY_FILES }, (_, index): [string, string] => [
      `libs/${name}/lib-${String(index).padStart(3, '0')}.js`,
      sourceText(name, index),
    ])
  return [
    ['.github/smart-image-build.yml', configuration(size)],
    ['.dockerignore', '.git\n**/node_modules\n**/dist\n'],
    ['README.md', '# A monorepo\n'],
    ['docs/guide.md', '# Guide\n'],
    ...library('common'),
    ...library('testing'),
  ]
}

/** Every tenth service, and the last one of a small repository, is built from the root and copies a shared library. */
function isFromRoot(index: number, size: Size): boolean {
  return (index + 1) % 10 === 0 || (size.services < 10 && index + 1 === size.services)
}

function configuration(size: Size): string {
  const services = serviceNames(size).map((name, index) =>
    isFromRoot(index, size)
      ? `  ${name}:\n    context: .\n    file: services/${name}/Dockerfile\n`
      : `  ${name}:\n    context: services/${name}\n`,
  )
  const head =
    'registry: registry.example.com/acme\ndefaults:\n  platforms: [linux/amd64]\n  build-args: { NODE_ENV: production }\nservices:\n'
  return head + services.join('')
}

interface Service {
  readonly index: number
  readonly size: Size
  readonly sources: number
}

function serviceFiles(name: string, { index, size, sources }: Service): string {
  const folder = `services/${name}`
  const isRoot = isFromRoot(index, size)
  const fixed = [
    file(`${folder}/Dockerfile`, dockerfile(isRoot ? `${folder}/` : '', isRoot)),
    file(`${folder}/.dockerignore`, 'node_modules\ndist\n*.log\n.env*\n'),
    file(
      `${folder}/package.json`,
      `${JSON.stringify({ name, version: '1.0.0', type: 'module' }, null, 2)}\n`,
    ),
    file(`${folder}/package-lock.json`, lockText(name)),
    file(`${folder}/README.md`, `# ${name}\n`),
  ]
  const own = Array.from({ length: sources }, (_, source) =>
    file(sourcePath(name, source), sourceText(name, source)),
  )
  return [...fixed, ...own].join('')
}

function dockerfile(prefix: string, isRoot: boolean): string {
  return `# syntax=docker/dockerfile:1
ARG NODE_VERSION=22
FROM node:\${NODE_VERSION}-alpine AS build
WORKDIR /app
COPY ${prefix}package*.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
${isRoot ? 'COPY libs/common ./libs/common\n' : ''}COPY ${prefix}src ./src
RUN npm run build

FROM node:\${NODE_VERSION}-alpine
ARG NODE_ENV
ENV NODE_ENV=\${NODE_ENV}
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8080
CMD ["node", "dist/main.js"]
`
}

function lockText(name: string): string {
  const packages = Array.from({ length: 20 }, (_, index): [string, object] => [
    `node_modules/package-${index}`,
    { version: `1.${index}.0`, license: 'MIT' },
  ])
  return `${JSON.stringify({ name, lockfileVersion: 3, packages: Object.fromEntries(packages) }, null, 2)}\n`
}

function sourcePath(name: string, source: number): string {
  const part = String(Math.floor(source / FILES_IN_FOLDER)).padStart(2, '0')
  return `services/${name}/src/part-${part}/file-${String(source).padStart(3, '0')}.js`
}

function sourceText(name: string, version: number): string {
  return `export const name = '${name}'\nexport const version = ${version}\n`
}

/** All texts here are ASCII, so that a character is a byte. */
function data(text: string): string {
  return `data ${text.length}\n${text}\n`
}

function file(path: string, text: string): string {
  return `M 100644 inline ${path}\n${data(text)}`
}
