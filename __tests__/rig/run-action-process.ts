import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'

/** One signal of a cancellation, and how long the process may take to end before the next one is sent. */
export interface SignalStep {
  readonly signal: NodeJS.Signals
  readonly graceMilliseconds: number
}

/** When a run is cancelled, and how. */
export interface SignalAfter {
  /** As soon as stdout contains this text; left out, as soon as the process is started. */
  readonly output?: string
  /** As soon as this is so, instead. */
  readonly until?: () => Promise<boolean>
  /** And then after this time. */
  readonly milliseconds?: number
  /** The runner's steps unless said otherwise. */
  readonly steps?: readonly SignalStep[]
}

export interface CommandOptions {
  readonly cwd?: string
  /** Added to PATH and HOME, the only variables that are taken from the parent. */
  readonly env?: Readonly<Record<string, string>>
  readonly nodeBinary?: string
  /** Arguments for Node itself, before the file. */
  readonly nodeArguments?: readonly string[]
  readonly signalAfter?: SignalAfter
  /** A run that takes longer is killed with everything it started, and rejects. Two minutes unless said otherwise. */
  readonly deadlineMilliseconds?: number
}

export interface CommandResult {
  /** As a shell says it: 128 + the signal's number for a process that a signal ended. */
  readonly exitCode: number
  readonly signal: NodeJS.Signals | undefined
  readonly stdout: string
  readonly stderr: string
  readonly milliseconds: number
}

/**
 * How the runner cancels a step: SIGINT, SIGTERM after 7.5 s, the whole process tree after another 2.5 s
 * (actions/runner, src/Runner.Sdk/ProcessInvoker.cs, `_sigintTimeout` and `_sigtermTimeout`).
 */
export const RUNNER_CANCELLATION: readonly SignalStep[] = [
  { signal: 'SIGINT', graceMilliseconds: 7_500 },
  { signal: 'SIGTERM', graceMilliseconds: 2_500 },
  { signal: 'SIGKILL', graceMilliseconds: 0 },
]

const DEADLINE_MILLISECONDS = 120_000
const POLL_MILLISECONDS = 50

/** Runs a JavaScript file with Node in a clean environment. Any exit code is a result, not an error. */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const started = performance.now()
  const child = spawn(
    options.nodeBinary ?? process.execPath,
    [...(options.nodeArguments ?? []), file, ...args],
    {
      cwd: options.cwd,
      env: { ...hostEnvironment(), ...options.env },
      // The runner closes stdin, so that nothing waits for a user.
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that SIGKILL reaches grandchildren too: one that survives would hold the pipes open.
      detached: true,
    },
  )
  const timers = new Timers()
  const output = collectOutput(child)
  if (options.signalAfter) cancelLater(child, options.signalAfter, timers)
  try {
    const { code, signal } = await ended(child, options.deadlineMilliseconds ?? DEADLINE_MILLISECONDS, timers)
    const exitCode = code ?? 128 + constants.signals[signal ?? 'SIGKILL']
    return { exitCode, signal: signal ?? undefined, ...output(), milliseconds: performance.now() - started }
  } catch (error) {
    const { stdout, stderr } = output()
    throw new Error(`${file}: ${(error as Error).message}\nstdout: ${stdout}\nstderr: ${stderr}`, {
      cause: error,
    })
  } finally {
    timers.clear()
  }
}

function hostEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME }
}

function collectOutput(child: ChildProcess): () => { stdout: string; stderr: string } {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout?.on('data', (bytes: Buffer) => stdout.push(bytes))
  child.stderr?.on('data', (bytes: Buffer) => stderr.push(bytes))
  // Decoded as a whole: a character may be split over two chunks.
  return () => ({
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
  })
}

/** Waits for `close`, not `exit`: only then is the output complete. */
function ended(
  child: ChildProcess,
  deadline: number,
  timers: Timers,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve({ code, signal })
    })
    timers.add(deadline, () => {
      send(child, 'SIGKILL')
      reject(new Error(`still running after ${deadline} ms`))
    })
  })
}

function cancelLater(child: ChildProcess, when: SignalAfter, timers: Timers): void {
  const cancel = () => {
    timers.add(when.milliseconds ?? 0, () => {
      escalate(child, when.steps ?? RUNNER_CANCELLATION, timers)
    })
  }
  if (when.until !== undefined) {
    pollUntil(when.until, cancel, timers)
    return
  }
  if (when.output === undefined) {
    cancel()
    return
  }
  // Compared as bytes: a character may be split over two chunks.
  const awaited = Buffer.from(when.output)
  let seen: Buffer = Buffer.alloc(0)
  const look = (bytes: Buffer) => {
    seen = Buffer.concat([seen, bytes])
    if (!seen.includes(awaited)) return
    child.stdout?.off('data', look)
    cancel()
  }
  child.stdout?.on('data', look)
}

function pollUntil(isSo: () => Promise<boolean>, go: () => void, timers: Timers): void {
  timers.add(POLL_MILLISECONDS, () => {
    void isSo().then((is) => {
      if (is) go()
      else pollUntil(isSo, go, timers)
    })
  })
}

function escalate(child: ChildProcess, steps: readonly SignalStep[], timers: Timers): void {
  const [step, ...later] = steps
  if (!step) return
  send(child, step.signal)
  timers.add(step.graceMilliseconds, () => {
    escalate(child, later, timers)
  })
}

/** SIGKILL goes to the whole group, every other signal to the process alone, as the runner does. */
function send(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal)
  } catch (error) {
    // It ended between the decision and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

class Timers {
  readonly #timers: NodeJS.Timeout[] = []

  add(milliseconds: number, callback: () => void): void {
    this.#timers.push(setTimeout(callback, milliseconds))
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }
}
