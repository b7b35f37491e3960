import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AFRESH, withoutOptions } from '../model/buildx-options.js'
import { type BuildFailed, failed, ok, type Result } from '../model/failure.js'
import type { Abilities, BuildRequest, BuildWatch, Built, ImageBuilder } from '../ports/image-builder.js'
import { causeOf, retryAfterOf } from './build-fault.js'
import { BuildProgress } from './build-progress.js'
import { freeSpace } from './docker-disk.js'
import { noDocker } from './docker-engine.js'
import { run } from './process.js'

export interface BuildxOptions {
  /** Folder that the paths of a request are relative to. */
  readonly root: string
  readonly environment: NodeJS.ProcessEnv
  readonly now: () => number
}

/** Builds with `docker buildx build`, one process per image. */
export class BuildxCli implements ImageBuilder {
  private readonly options: BuildxOptions

  constructor(options: BuildxOptions) {
    this.options = options
  }

  async available(builder?: string): Promise<Result<Abilities>> {
    const args = ['buildx', 'inspect', ...(builder === undefined ? [] : [builder])]
    // buildx lists what a driver can do only when it is debugged.
    const end = await run('docker', args, { env: { ...this.options.environment, DEBUG: '1' } })
    if (end.kind === 'missing') return failed(noDocker())
    const text = end.kind === 'exited' ? end.stdout.toString('utf8') : ''
    if (end.kind === 'exited' && end.exitCode === 0 && !/^Error:/m.test(text))
      return ok({ hasLayouts: can('OCI exporter', text), hasLayerCaches: can('Cache export', text) })
    // buildx ends 0 for a builder whose engine does not answer and says so in its listing only. After the first line of
    // what it says of an error comes where in buildx that was.
    const said = /^Error:\s*(.*)$/m.exec(text)?.[1] ?? end.stderr.trim().split('\n')[0] ?? ''
    const isMissing = /is not a docker command|unknown (?:command|flag|shorthand)/i.test(said)
    const message = isMissing
      ? 'Docker has no buildx; install it (docker/setup-buildx-action, or the package docker-buildx)'
      : `Docker's builder does not answer: ${said}`
    return failed({ kind: 'environment-missing', message })
  }

  async build(request: BuildRequest, watch: BuildWatch): Promise<Result<Built>> {
    const { layout, ...others } = request
    if (layout === undefined || !(request.load || request.push)) return this.#inFolder(request, watch)
    const built = await this.#inFolder(others, watch)
    if (!built.ok) return built
    const written = await this.#inFolder(onceMore(request), watch)
    return written.ok ? built : written
  }

  /** With a folder for what buildx is told and tells in files. */
  async #inFolder(request: BuildRequest, watch: BuildWatch): Promise<Result<Built>> {
    const folder = await mkdtemp(join(tmpdir(), 'smart-image-build-'))
    try {
      return await this.#build(request, { watch, folder })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #build(request: BuildRequest, run_: { watch: BuildWatch; folder: string }): Promise<Result<Built>> {
    const { watch, folder } = run_
    const metadata = join(folder, 'metadata.json')
    const { root, environment, now } = this.options
    const progress = new BuildProgress(watch)
    const contexts = await layoutContexts(request, folder)
    const started = now()
    const end = await run('docker', argumentsOf(request, { root, metadata, contexts }), {
      cwd: root,
      env: { ...environment, ...request.environment, BUILDX_METADATA_PROVENANCE: 'disabled' },
      onErrorLine: (line) => {
        progress.take(line)
      },
      signal: watch.signal,
    })
    if (end.kind === 'missing') return failed(noDocker())
    if (watch.signal.aborted) return failed({ kind: 'interrupted', message: `${request.service}: stopped` })
    if (end.kind === 'killed')
      return failed(await this.#buildFailed(request, `buildx was ended by ${end.signal}`, progress))
    if (end.exitCode !== 0) {
      const error = progress.log.findLast((line) => line.startsWith('ERROR:')) ?? `exit code ${end.exitCode}`
      return failed(await this.#buildFailed(request, error.replace(/^ERROR:\s*/, ''), progress))
    }
    const digest = await digestOf(metadata)
    const { status } = progress
    return ok({ durationMs: now() - started, status, ...(digest !== undefined && { digest }) })
  }

  async #buildFailed(
    { service }: BuildRequest,
    said: string,
    { error, log }: BuildProgress,
  ): Promise<BuildFailed> {
    const cause = causeOf(error)
    const retryAfterMs = cause === 'registry' ? retryAfterOf(error.text) : undefined
    const free = cause === 'disk' ? await freeSpace(this.options.environment) : undefined
    return {
      ...{ kind: 'build-failed', message: `${service}: ${said}`, cause, log, tail: error.tail },
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(free && { free }),
    }
  }
}

interface Places {
  readonly root: string
  readonly metadata: string
  /** Build contexts that are layouts, as options of buildx. */
  readonly contexts: readonly string[]
}

function argumentsOf(request: BuildRequest, { root, metadata, contexts }: Places): string[] {
  const outputs = [
    ...(request.push ? ['--push'] : []),
    ...(request.load ? ['--load'] : []),
    ...(request.layout === undefined ? [] : ['--output', layoutOutput(request.layout)]),
  ]
  return [
    ...['buildx', 'build', '--progress=rawjson', '--metadata-file', metadata],
    ...['--file', join(root, request.file)],
    ...request.options,
    ...contexts,
    ...request.tags.flatMap((tag) => ['--tag', tag]),
    // Without an output the docker driver would load the image into the engine, unasked.
    ...(outputs.length > 0 ? outputs : ['--output', 'type=cacheonly']),
    '--',
    join(root, request.context),
  ]
}

/** A field of CSV: the path may have commas and quotes. */
function layoutOutput(folder: string): string {
  return `type=oci,"dest=${folder.replaceAll('"', '""')}",tar=false`
}

/** buildx ends the path of a layout at the first `:` or `@`: each is handed over under a path of ours, without any. */
async function layoutContexts({ layouts }: BuildRequest, folder: string): Promise<string[]> {
  const contexts = Object.entries(layouts).map(async ([name, layout], index) => {
    const link = join(folder, `layout-${index}`)
    await symlink(layout.folder, link, 'dir')
    return ['--build-context', `${name}=oci-layout://${link}@${layout.digest}`]
  })
  return (await Promise.all(contexts)).flat()
}

/** Of a listing without features, as older versions give it: all drivers have them but that of the engine itself. */
function can(feature: string, listing: string): boolean {
  const line = new RegExp(`^\\s*${feature}:\\s*(true|false)\\s*$`, 'gm')
  const answers = [...listing.matchAll(line)].map(([, answer]) => answer)
  if (answers.length > 0) return !answers.includes('false')
  return !/^Driver:\s*docker\s*$/m.test(listing)
}

/**
 * Of two outputs in one build, buildx 0.29 writes an index to the layout that names the image of the other output. So the
 * layout has a build of its own, of the steps that the first one left in the cache.
 */
function onceMore(request: BuildRequest): BuildRequest {
  const { options } = request
  return { ...request, load: false, push: false, options: withoutOptions(options, [...AFRESH, '--cache-to']) }
}

/** The digest that buildx wrote; `undefined` when nothing was exported. */
async function digestOf(metadata: string): Promise<string | undefined> {
  const text = await readFile(metadata, 'utf8').catch(() => '{}')
  const value = (JSON.parse(text) as Record<string, unknown>)['containerimage.digest']
  return typeof value === 'string' ? value : undefined
}
