import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AFRESH, withoutOptions } from '../model/buildx-options.js'
import { type BuildFailed, failed, ok, type Result } from '../model/failure.js'
import type { Abilities, BuildRequest, BuildWatch, Built, ImageBuilder } from '../ports/image-builder.js'
import { builderOf, layoutOutput, pushOutput } from './bake-definition.js'
import { causeOf, retryAfterOf } from './build-fault.js'
import { BuildProgress } from './build-progress.js'
import type { SharedBuild } from './buildx-bake.js'
import { digestOf, layoutSources, readMetadata } from './buildx-files.js'
import { freeSpace } from './docker-disk.js'
import { noDocker } from './docker-engine.js'
import { dockerfilePlace } from './dockerfile-place.js'
import { run } from './process.js'
import { SharedBuilds } from './shared-builds.js'

export interface BuildxOptions {
  /** Folder that the paths of a request are relative to. */
  readonly root: string
  readonly environment: NodeJS.ProcessEnv
  readonly now: () => number
}

/** Not listed: drivers that choose a machine for each process, such as `kubernetes`, which keep layers there. */
const ONE_PLACE = /^Driver:\s*(?:docker|docker-container|remote)\s*$/m

/** Builds with `docker buildx build`, and with one `docker buildx bake` what may share a process. */
export class BuildxCli implements ImageBuilder {
  private readonly options: BuildxOptions
  private readonly shared: SharedBuilds
  /** Those that build in the same place whether asked by one process or several. */
  readonly #builders = new Set<string | undefined>()

  constructor(options: BuildxOptions) {
    this.options = options
    this.shared = new SharedBuilds(options, (build, ran) => this.#alone(build, ran))
  }

  async available(builder?: string): Promise<Result<Abilities>> {
    const args = ['buildx', 'inspect', ...(builder === undefined ? [] : [builder])]
    // buildx lists what a driver can do only when it is debugged.
    const end = await run('docker', args, { env: { ...this.options.environment, DEBUG: '1' } })
    if (end.kind === 'missing') return failed(noDocker())
    const text = end.kind === 'exited' ? end.stdout.toString('utf8') : ''
    if (ONE_PLACE.test(text)) this.#builders.add(builder)
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
    const mayShare = request.mayShare && this.#builders.has(builderOf(request))
    if (!mayShare || !this.shared.canTake(request)) return this.#alone({ request, watch })
    return this.shared.build({ request, watch })
  }

  async #alone(build: SharedBuild, ran?: ReadonlySet<string>): Promise<Result<Built>> {
    const { request, watch } = build
    if (watch.signal.aborted) return stopped(request)
    const { layout, ...others } = request
    if (layout === undefined || !(request.load || request.push)) return this.#inFolder(build, ran)
    const built = await this.#inFolder({ request: others, watch }, ran)
    if (!built.ok) return built
    const written = await this.#inFolder({ request: onceMore(request), watch }, ran)
    return written.ok ? built : written
  }

  /** With a folder for what buildx is told and tells in files. */
  async #inFolder(build: SharedBuild, ran?: ReadonlySet<string>): Promise<Result<Built>> {
    const folder = await mkdtemp(join(tmpdir(), 'smart-image-build-'))
    try {
      return await this.#build(build.request, {
        ...{ folder, watch: build.watch },
        progress: new BuildProgress(build.watch, ran),
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #build(
    request: BuildRequest,
    { watch, folder, progress }: { watch: BuildWatch; folder: string; progress: BuildProgress },
  ): Promise<Result<Built>> {
    const metadata = join(folder, 'metadata.json')
    const { root, environment, now } = this.options
    const contexts = Object.entries(await layoutSources(request, folder))
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
    if (watch.signal.aborted) return stopped(request)
    if (end.kind === 'killed')
      return failed(await this.#buildFailed(request, `buildx was ended by ${end.signal}`, progress))
    if (end.exitCode !== 0) {
      const error = progress.log.findLast((line) => line.startsWith('ERROR:')) ?? `exit code ${end.exitCode}`
      return failed(await this.#buildFailed(request, error.replace(/^ERROR:\s*/, ''), progress))
    }
    const digest = digestOf(await readMetadata(metadata))
    const { status } = progress
    return ok({ durationMs: now() - started, status, ...(digest !== undefined && { digest }) })
  }

  async #buildFailed(
    request: BuildRequest,
    said: string,
    { error, log }: BuildProgress,
  ): Promise<BuildFailed> {
    const { service, file } = request
    const cause = causeOf(error)
    const retryAfterMs = cause === 'registry' ? retryAfterOf(error.text) : undefined
    const { environment } = this.options
    const free = cause === 'disk' ? await freeSpace(environment, builderOf(request)) : undefined
    const place = dockerfilePlace(log, file)
    return {
      ...{ kind: 'build-failed', message: `${service}: ${said}`, cause, log, tail: error.tail },
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(free && { free }),
      ...(place && { place }),
    }
  }
}

function stopped({ service }: BuildRequest): Result<never> {
  return failed({ kind: 'interrupted', message: `${service}: stopped` })
}

interface Places {
  readonly root: string
  readonly metadata: string
  /** Build contexts that are layouts, by name. */
  readonly contexts: readonly (readonly [name: string, source: string])[]
}

function argumentsOf(request: BuildRequest, { root, metadata, contexts }: Places): string[] {
  const outputs = [
    ...(request.push ? ['--output', pushOutput(request)] : []),
    ...(request.load ? ['--load'] : []),
    ...(request.layout === undefined ? [] : ['--output', layoutOutput(request.layout)]),
  ]
  return [
    ...['buildx', 'build', '--progress=rawjson', '--metadata-file', metadata],
    ...['--file', join(root, request.file)],
    ...request.options,
    ...contexts.flatMap(([name, source]) => ['--build-context', `${name}=${source}`]),
    ...request.tags.flatMap((tag) => ['--tag', tag]),
    // Without an output the docker driver would load the image into the engine, unasked.
    ...(outputs.length > 0 ? outputs : ['--output', 'type=cacheonly']),
    '--',
    join(root, request.context),
  ]
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
