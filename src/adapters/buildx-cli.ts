import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { failed, ok, type Result } from '../model/failure.js'
import type { BuildRequest, BuildWatch, Built, ImageBuilder } from '../ports/image-builder.js'
import { BuildProgress } from './build-progress.js'
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

  async available(builder?: string): Promise<Result<void>> {
    const args = ['buildx', 'inspect', ...(builder === undefined ? [] : [builder])]
    const end = await run('docker', args, { env: this.options.environment })
    if (end.kind === 'missing') return failed(noDocker())
    const text = end.kind === 'exited' ? end.stdout.toString('utf8') : ''
    if (end.kind === 'exited' && end.exitCode === 0 && !/^Error:/m.test(text)) return ok(undefined)
    // buildx ends 0 for a builder whose engine does not answer and says so in its listing only.
    const said = /^Error:\s*(.*)$/m.exec(text)?.[1] ?? end.stderr.trim()
    const isMissing = /is not a docker command|unknown (?:command|flag|shorthand)/i.test(said)
    const message = isMissing
      ? 'Docker has no buildx; install it (docker/setup-buildx-action, or the package docker-buildx)'
      : `Docker's builder does not answer: ${said}`
    return failed({ kind: 'environment-missing', message })
  }

  async build(request: BuildRequest, watch: BuildWatch): Promise<Result<Built>> {
    const folder = await mkdtemp(join(tmpdir(), 'smart-image-build-'))
    try {
      return await this.#build(request, { watch, metadata: join(folder, 'metadata.json') })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #build(request: BuildRequest, run_: { watch: BuildWatch; metadata: string }): Promise<Result<Built>> {
    const { watch, metadata } = run_
    const { root, environment, now } = this.options
    const progress = new BuildProgress(watch.onLine)
    const started = now()
    const end = await run('docker', argumentsOf(request, { root, metadata }), {
      cwd: root,
      env: { ...environment, BUILDX_METADATA_PROVENANCE: 'disabled' },
      onErrorLine: (line) => {
        progress.take(line)
      },
      signal: watch.signal,
    })
    if (end.kind === 'missing') return failed(noDocker())
    if (watch.signal.aborted) return failed({ kind: 'interrupted', message: `${request.service}: stopped` })
    if (end.kind === 'killed')
      return failed(buildFailed(request, `buildx was ended by ${end.signal}`, progress))
    if (end.exitCode !== 0) {
      const error = progress.log.findLast((line) => line.startsWith('ERROR:')) ?? `exit code ${end.exitCode}`
      return failed(buildFailed(request, error.replace(/^ERROR:\s*/, ''), progress))
    }
    const digest = await digestOf(metadata)
    return ok({ durationMs: now() - started, ...(digest !== undefined && { digest }) })
  }
}

function argumentsOf(request: BuildRequest, places: { root: string; metadata: string }): string[] {
  const outputs = [...(request.push ? ['--push'] : []), ...(request.load ? ['--load'] : [])]
  return [
    ...['buildx', 'build', '--progress=rawjson', '--metadata-file', places.metadata],
    ...['--file', join(places.root, request.file)],
    ...request.options,
    ...request.tags.flatMap((tag) => ['--tag', tag]),
    // Without an output the docker driver would load the image into the engine, unasked.
    ...(outputs.length > 0 ? outputs : ['--output', 'type=cacheonly']),
    '--',
    join(places.root, request.context),
  ]
}

function buildFailed(request: BuildRequest, error: string, progress: BuildProgress) {
  return { kind: 'build-failed' as const, message: `${request.service}: ${error}`, log: progress.log }
}

/** The digest that buildx wrote; `undefined` when nothing was exported. */
async function digestOf(metadata: string): Promise<string | undefined> {
  const text = await readFile(metadata, 'utf8').catch(() => '{}')
  const value = (JSON.parse(text) as Record<string, unknown>)['containerimage.digest']
  return typeof value === 'string' ? value : undefined
}
