import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BuildRequest, BuildWatch, Built } from '../ports/image-builder.js'
import { bakeTarget, type BakeTarget, builderOf } from './bake-definition.js'
import { BakeProgress } from './bake-progress.js'
import { BuildProgress } from './build-progress.js'
import { digestOf, layoutSources, readMetadata } from './buildx-files.js'
import { run } from './process.js'

/** A build that may share a process. */
export interface SharedBuild {
  readonly request: BuildRequest
  readonly watch: BuildWatch
}

export interface BakeOptions {
  readonly root: string
  readonly environment: NodeJS.ProcessEnv
  readonly now: () => number
}

/** What one process made of each build. */
export type Baked<T extends SharedBuild> =
  | { readonly kind: 'built'; readonly built: ReadonlyMap<T, Built> }
  /** Nothing is known of any: the first failure ends them all. `ran`: the names of the steps that each had run. */
  | { readonly kind: 'failed'; readonly ran: ReadonlyMap<T, ReadonlySet<string>> }

interface Target<T extends SharedBuild> {
  readonly build: T
  /** Names of images are not all allowed for targets. */
  readonly name: string
  readonly definition: BakeTarget
  readonly progress: BuildProgress
}

/** Variables that would let a definition mean something else, and those that a build of one image is given, too. */
const ENVIRONMENT = {
  // The definition is ours, and names no file that `docker buildx build` would not be given.
  BUILDX_BAKE_ENTITLEMENTS_FS: '0',
  BUILDX_BAKE_FILE_RELATIVE_PATHS: 'false',
  BUILDX_METADATA_PROVENANCE: 'disabled',
}

/** Builds of which one process can do at once what is asked; each list that is returned has one or more. */
export function shareable<T extends SharedBuild>(builds: readonly T[]): readonly (readonly T[])[] {
  const lists: T[][] = []
  for (const build of builds) {
    const list = lists.find((others) => others.every((other) => fit(other, build)))
    if (list === undefined) lists.push([build])
    else list.push(build)
  }
  return lists
}

function fit(one: SharedBuild, other: SharedBuild): boolean {
  const values = other.request.environment
  return (
    one.watch.signal === other.watch.signal &&
    builderOf(one.request) === builderOf(other.request) &&
    Object.entries(one.request.environment).every(([name, value]) => (values[name] ?? value) === value)
  )
}

/** Whether a target of bake makes what is asked. */
export function isBakeable(request: BuildRequest, root: string): boolean {
  const names = Object.keys(request.layouts)
  return (
    bakeTarget(request, { root, layouts: Object.fromEntries(names.map((name) => [name, name])) }) !==
    undefined
  )
}

/** Builds all with one `docker buildx bake`; they fit together, and each is bakeable. */
export async function bake<T extends SharedBuild>(
  builds: readonly T[],
  options: BakeOptions,
): Promise<Baked<T>> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-image-build-'))
  try {
    const targets = await Promise.all(
      builds.map(async (build, index): Promise<Target<T>> => {
        const { request, watch } = build
        const name = `t${index}`
        const layouts = await layoutSources(request, join(folder, name))
        const definition = bakeTarget(request, { root: options.root, layouts })
        if (definition === undefined) throw new Error(`${request.service} is no target of bake`)
        return { build, name, definition, progress: new BuildProgress(watch) }
      }),
    )
    return await bakeIn(folder, targets, options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function bakeIn<T extends SharedBuild>(
  folder: string,
  targets: readonly Target<T>[],
  options: BakeOptions,
): Promise<Baked<T>> {
  const { root, environment, now } = options
  const [file, metadata] = [join(folder, 'bake.json'), join(folder, 'metadata.json')]
  // Only this user may read it, being in a folder of `mkdtemp`: build arguments may be nobody else's business.
  const definitions = targets.map(({ name, definition }) => [name, definition] as const)
  await writeFile(file, JSON.stringify({ target: Object.fromEntries(definitions) }))
  const progress = new BakeProgress(new Map(targets.map((target) => [target.name, target.progress])), now)
  const started = now()
  const [first] = targets
  const builder = first && builderOf(first.build.request)
  const given = targets.flatMap(({ build }) => Object.entries(build.request.environment))
  const end = await run(
    'docker',
    [
      ...['buildx', 'bake', '--progress=rawjson', '--metadata-file', metadata, '--file', file],
      ...(builder === undefined ? [] : ['--builder', builder]),
      ...['--', ...targets.map(({ name }) => name)],
    ],
    {
      cwd: root,
      env: { ...environment, ...Object.fromEntries(given), ...ENVIRONMENT },
      onErrorLine: (line) => {
        progress.take(line)
      },
      ...(first && { signal: first.build.watch.signal }),
    },
  )
  const ran = new Map(targets.map((target) => [target.build, target.progress.ran]))
  const failed = { kind: 'failed', ran } as const
  if (end.kind !== 'exited' || end.exitCode !== 0) return failed
  for (const line of progress.said) for (const target of targets) target.progress.take(line)
  const told = await readMetadata(metadata)
  // A target that it does not name was not built, whatever the exit code says.
  if (targets.some(({ name }) => told[name] === undefined)) return failed
  const built = targets.map(({ build, name, progress: { status } }): [T, Built] => {
    const digest = digestOf(told[name])
    const durationMs = (progress.lastHeardOf(name) ?? now()) - started
    return [build, { durationMs, status, ...(digest !== undefined && { digest }) }]
  })
  return { kind: 'built', built: new Map(built) }
}
