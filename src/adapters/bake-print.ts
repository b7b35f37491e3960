import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { relative } from 'node:path/posix'
import { failed, ok, type Failure, type Place, type Result } from '../model/failure.js'
import type { DefinitionReader, DefinitionRequest } from '../ports/definition-reader.js'
import { noDocker } from './docker-engine.js'
import { type ProcessEnd, run } from './process.js'

/** Reading takes a third of a second; a file that lets bake go round in circles must not hold up a run. */
const TIMEOUT_MS = 30_000

export interface BakePrintOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly timeoutMs?: number
}

/** `docker buildx bake --print`, on copies of the files; asks neither the engine nor a builder. */
export class BakePrint implements DefinitionReader {
  private readonly options: BakePrintOptions

  constructor(options: BakePrintOptions) {
    this.options = options
  }

  async print(request: DefinitionRequest): Promise<Result<string>> {
    const room = await mkdtemp(join(tmpdir(), 'smart-image-build-'))
    const agent = createServer().listen(join(room, 'agent'))
    try {
      const root = join(room, 'files')
      await mkdir(join(root, request.folder), { recursive: true })
      for (const [path, text] of request.texts) {
        await mkdir(dirname(join(root, path)), { recursive: true })
        await writeFile(join(root, path), text)
      }
      return await this.#print(request, { cwd: join(root, request.folder), agent: join(room, 'agent') })
    } finally {
      agent.close()
      await rm(room, { recursive: true, force: true })
    }
  }

  async #print(request: DefinitionRequest, room: { cwd: string; agent: string }): Promise<Result<string>> {
    const { environment, timeoutMs = TIMEOUT_MS } = this.options
    const timeout = AbortSignal.timeout(timeoutMs)
    const end = await run('docker', argumentsOf(request), {
      cwd: room.cwd,
      // bake wants an agent for `ssh`, which it does not talk to here.
      env: { ...environment, ...WITHOUT_TELEMETRY, SSH_AUTH_SOCK: room.agent },
      signal: AbortSignal.any([request.signal, timeout]),
    })
    if (request.signal.aborted) return failed({ kind: 'interrupted', message: 'stopped' })
    if (end.kind === 'exited' && end.exitCode === 0) return ok(end.stdout.toString('utf8'))
    return failed(failureOf(request, end, timeout.aborted))
  }
}

/** A client that is to report to a collector which does not answer waits 10 seconds for it at its end. */
const WITHOUT_TELEMETRY = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' }

function argumentsOf({ folder, files, targets }: DefinitionRequest): string[] {
  return [
    ...['buildx', 'bake', '--print', '--progress=quiet'],
    // bake wants the files of secrets to be there.
    '--set=*.secrets=',
    ...files.map((file) => `--file=${relative(folder, file)}`),
    ...['--', ...targets],
  ]
}

function failureOf({ files, folder }: DefinitionRequest, end: ProcessEnd, isLate: boolean): Failure {
  if (end.kind === 'missing') return noDocker()
  if (/is not a docker command|unknown (?:command|flag|shorthand)/i.test(end.stderr)) {
    const message = `${files.join(', ')}: Docker has no buildx that can read it; install one (docker/setup-buildx-action, or the package docker-buildx)`
    return { kind: 'environment-missing', message }
  }
  const said = end.stderr.replaceAll(/^ERROR: /gm, '').trim()
  const why = isLate ? 'bake did not come to an end' : said || 'bake ended without a word'
  const place = placeIn(said, { files, folder })
  return { kind: 'config-invalid', message: `${files.join(', ')} cannot be read: ${why}`, place }
}

/** Where bake says it is (`docker-bake.hcl:3,12-13`), else the start of the first file. */
function placeIn(said: string, { files, folder }: Pick<DefinitionRequest, 'files' | 'folder'>): Place {
  for (const file of files) {
    const start = `${relative(folder, file)}:`
    const at = said
      .split('\n')
      .find((line) => line.startsWith(start) && /^\d+,\d+/.test(line.slice(start.length)))
    const [line = 1, column = 1] = at?.slice(start.length).match(/\d+/g)?.map(Number) ?? []
    if (at !== undefined) return { file, line, column }
  }
  return { file: files[0] ?? '', line: 1, column: 1 }
}
