import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import { FINGERPRINT, TRIAL } from '../model/labels.js'
import type { Cleared, Container, Containers, Trial, TrialEnd } from '../ports/containers.js'
import { failureOf } from './docker-engine.js'
import { type ProcessEnd, run } from './process.js'

/** Time between two questions to an image that does not answer yet, and how long one may take. */
const PAUSE_MS = 250
const ANSWER_MS = 5000
const LOG_LINES = '200'
const SILENCE = 'nothing listens there'
const TOO_LATE = 'its answer took too long'
const COMPOSE_PROJECT = 'com.docker.compose.project'

const INTERRUPTED: Failure = {
  kind: 'interrupted',
  message: 'the run was interrupted while an image was tried',
}

/** How a container on trial stands; `port` is that of this machine, while one is published. */
interface Standing {
  readonly isRunning: boolean
  readonly exitCode: number
  readonly port?: string
}

/** The containers of the Docker engine that the client of this machine talks to. */
export class DockerContainers implements Containers {
  private readonly environment: NodeJS.ProcessEnv

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment
  }

  async running(project?: string): Promise<Result<readonly Container[]>> {
    const ofProject = project === undefined ? [] : ['--filter', `label=${COMPOSE_PROJECT}=${project}`]
    const listed = await this.#ids(['container', 'ls', '--quiet', '--no-trunc', ...ofProject])
    if (!listed.ok || listed.value.length === 0) return listed.ok ? ok([]) : listed
    // Labels of a list are one text in which a comma may be of a value.
    const format = '[{{json .Name}},{{json .Config.Image}},{{json .Config.Labels}}]'
    const end = await this.#docker(['container', 'inspect', '--format', format, ...listed.value])
    if (end.kind !== 'exited' || (end.exitCode !== 0 && !isOnlyGone(end.stderr)))
      return failed(failureOf('inspect', end))
    const containers = linesOf(end).map((line): Container => {
      const [name, image, labels] = JSON.parse(line) as [string, string, Container['labels'] | null]
      return { name: name.replace(/^\//, ''), image, labels: labels ?? {} }
    })
    return ok(containers.filter(({ labels }) => labels[TRIAL] === undefined))
  }

  async attempt({ image, port, path, timeoutMs, signal }: Trial): Promise<Result<TrialEnd>> {
    const name = `smart-image-build-${randomUUID()}`
    // To all of the machine's addresses it would be open to others.
    const published = ['--publish', `127.0.0.1::${port}`]
    const args = ['run', '--detach', '--quiet', '--name', name, '--label', `${TRIAL}=`, ...published, image]
    try {
      const started = await this.#docker(args, signal)
      if (signal.aborted) return failed(INTERRUPTED)
      if (started.kind !== 'exited' || started.exitCode !== 0) return failed(failureOf('run', started))
      return await this.#untilAnswer(name, { port, path, timeoutMs, signal })
    } finally {
      // Also what was made but could not be started; without the signal, as an interruption must not leave it.
      await this.#docker(['container', 'rm', '--force', '--volumes', name])
    }
  }

  async clear(): Promise<Result<Cleared>> {
    // None that was made and is about to be started, by another run on this engine.
    const ended = ['--filter', 'status=exited', '--filter', 'status=dead']
    const list = ['container', 'ls', '--all', '--quiet', '--filter', `label=${TRIAL}`, ...ended]
    const trials = await this.#ids(list)
    if (!trials.ok) return trials
    if (trials.value.length > 0) {
      const removed = await this.#docker(['container', 'rm', '--volumes', ...trials.value])
      if (removed.kind !== 'exited' || (removed.exitCode !== 0 && !isOnlyGone(removed.stderr)))
        return failed(failureOf('rm', removed))
    }
    const pruned = await this.#docker(['image', 'prune', '--force', '--filter', `label=${FINGERPRINT}`])
    if (pruned.kind !== 'exited' || pruned.exitCode !== 0) return failed(failureOf('image prune', pruned))
    const reclaimed = /^Total reclaimed space: (.*)$/m.exec(pruned.stdout.toString('utf8'))?.[1] ?? '0B'
    return ok({ containers: trials.value.length, reclaimed })
  }

  async #untilAnswer(name: string, trial: Omit<Trial, 'image'>): Promise<Result<TrialEnd>> {
    const { path, timeoutMs, signal } = trial
    const end = Date.now() + timeoutMs
    let problem = SILENCE
    for (;;) {
      const standing = await this.#standing(name, trial.port)
      if (signal.aborted) return failed(INTERRUPTED)
      if (!standing.ok) return standing
      const { isRunning, exitCode, port } = standing.value
      if (!isRunning) return this.#silent(name, `it ended with code ${exitCode}`)
      if (port !== undefined) {
        const url = `http://127.0.0.1:${port}${path}`
        const refusal = await refusalOf(url, Math.max(1, Math.min(ANSWER_MS, end - Date.now())), signal)
        if (refusal === undefined) return ok({ kind: 'answered' })
        // The last question has little time; what the one before it was told says more.
        if (refusal !== TOO_LATE || problem === SILENCE) problem = refusal
      }
      if (Date.now() >= end) return this.#silent(name, problem)
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  async #standing(name: string, inside: number): Promise<Result<Standing>> {
    const format = '{{json .State}}\n{{json .NetworkSettings.Ports}}'
    const end = await this.#docker(['container', 'inspect', '--format', format, name])
    if (end.kind !== 'exited' || end.exitCode !== 0) return failed(failureOf('inspect', end))
    const [state = '', ports = ''] = linesOf(end)
    const { Running: isRunning, ExitCode: exitCode } = JSON.parse(state) as {
      Running: boolean
      ExitCode: number
    }
    const published = JSON.parse(ports) as Readonly<
      Record<string, readonly { HostPort: string }[] | null>
    > | null
    const port = published?.[`${inside}/tcp`]?.[0]?.HostPort
    return ok({ isRunning, exitCode, ...(port !== undefined && { port }) })
  }

  async #silent(name: string, problem: string): Promise<Result<TrialEnd>> {
    const end = await this.#docker(['container', 'logs', '--timestamps', '--tail', LOG_LINES, name])
    const lines = end.kind === 'exited' ? [...linesOf(end), ...end.stderr.split('\n')] : []
    // Both of its outputs, in the order of their times, which have as many digits in each line.
    const log = lines
      .filter(Boolean)
      .sort()
      .map((line) => line.replace(/^\S+ /, ''))
    return ok({ kind: 'silent', problem, log })
  }

  async #ids(args: readonly string[]): Promise<Result<readonly string[]>> {
    const end = await this.#docker(args)
    if (end.kind !== 'exited' || end.exitCode !== 0) return failed(failureOf('container ls', end))
    return ok(linesOf(end))
  }

  #docker(args: readonly string[], signal?: AbortSignal): Promise<ProcessEnd> {
    return run('docker', args, { env: this.environment, ...(signal && { signal }) })
  }
}

/** Why it is no answer that will do; `undefined` for one that will. A redirect is an answer, wherever it leads. */
async function refusalOf(url: string, timeoutMs: number, signal: AbortSignal): Promise<string | undefined> {
  const late = new AbortController()
  const timer = setTimeout(() => {
    late.abort()
  }, timeoutMs)
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([late.signal, signal]) })
    await response.body?.cancel()
    return response.status >= 200 && response.status < 400 ? undefined : `it answered ${response.status}`
  } catch (error) {
    if (late.signal.aborted) return TOO_LATE
    const { message, cause } = error as Error
    return cause instanceof Error ? cause.message : message
  } finally {
    clearTimeout(timer)
  }
}

/** Containers end while they are listed. */
function isOnlyGone(stderr: string): boolean {
  return stderr.split('\n').every((line) => line.trim() === '' || /No such container/i.test(line))
}

function linesOf(end: Extract<ProcessEnd, { kind: 'exited' }>): string[] {
  return end.stdout.toString('utf8').split('\n').filter(Boolean)
}
