import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline, type Readable, type Writable } from 'node:stream'

export interface ProcessOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Written to standard input, which is empty without it. */
  readonly input?: string | Readable
  /** Hears standard error line by line while the process runs; then none of it is collected. */
  readonly onErrorLine?: (line: string) => void
  /** On abort the process gets SIGTERM, and SIGKILL if it still runs `patienceMs` (5 seconds) later. */
  readonly signal?: AbortSignal
  readonly patienceMs?: number
}

/** How a process ended. Its fate is `exitCode` alone; `stderr` only explains. */
export type ProcessEnd =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: Buffer; readonly stderr: string }
  /** Ended by a signal, ours or another's. */
  | { readonly kind: 'killed'; readonly signal: string; readonly stderr: string }
  /** There is no such program. */
  | { readonly kind: 'missing' }

const PATIENCE_MS = 5000

/** For output that is still in the pipes when a program has ended. */
const LAST_WORDS_MS = 2000

/**
 * Runs a program to its end, without a shell. This is the only place that starts one:
 * @actions/exec can neither stop a process nor take a long output without line ends in linear time.
 * Throws when the working directory does not exist.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessEnd> {
  const { cwd, env } = options
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
  // A program that ends without reading its input is judged by its exit code, not by the broken pipe.
  const { input = '' } = options
  child.stdin.on('error', () => undefined)
  if (typeof input === 'string') child.stdin.end(input)
  else pipeline(input, child.stdin, () => undefined)
  const stopped = options.signal && stopOnAbort(child, options.signal, options.patienceMs ?? PATIENCE_MS)
  const stdout: Buffer[] = []
  const stderr: string[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (options.onErrorLine === undefined) stderr.push(line)
    else options.onErrorLine(line)
  })
  return await new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      stopped?.()
      // Node says the same of a program and of a working directory that is not there.
      if (error.code === 'ENOENT' && existsSync(cwd ?? '.')) resolve({ kind: 'missing' })
      else reject(error)
    })
    child.on('exit', () => {
      closePipesSoon(child)
    })
    child.on('close', (exitCode, signal) => {
      stopped?.()
      const text = stderr.join('\n')
      if (exitCode === null) resolve({ kind: 'killed', signal: signal ?? 'unknown', stderr: text })
      else resolve({ kind: 'exited', exitCode, stdout: Buffer.concat(stdout), stderr: text })
    })
  })
}

/** A program that answers on standard output as long as it is written to. */
export interface Conversation {
  write(text: string): void
  /** Nothing more will be written: the program may end. */
  end(): void
  /** Whether the program keeps this process alive, as it does at first: it need not while no answer is awaited. */
  hold(isNeeded: boolean): void
}

export interface Listener {
  readonly onOutput: (bytes: Buffer) => void
  /** The program ended or could not be started; no output follows. */
  readonly onEnd: (why: string) => void
}

/** Starts a program to talk to; it gets the end of its input, and so ends, when this process does. */
export function converse(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env }: Pick<ProcessOptions, 'cwd' | 'env'>,
  { onOutput, onEnd }: Listener,
): Conversation {
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
  const stderr: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.stdout.on('data', onOutput)
  child.stdin.on('error', () => undefined)
  child.on('error', (error) => {
    onEnd(error.message)
  })
  child.on('exit', () => {
    closePipesSoon(child)
  })
  child.on('close', (exitCode, signal) => {
    onEnd(`${signal ?? `exit code ${exitCode ?? 0}`}: ${Buffer.concat(stderr).toString('utf8').trim()}`)
  })
  const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as Handle[]
  return {
    write: (text) => child.stdin.write(text),
    end: () => child.stdin.end(),
    hold: (isNeeded) => {
      for (const handle of handles) {
        if (isNeeded) handle.ref()
        else handle.unref()
      }
    },
  }
}

/** What a child process and, being sockets, its pipes have in common. */
interface Handle {
  ref(): void
  unref(): void
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** What a program leaves behind may hold its pipes open for ever. */
function closePipesSoon(child: Child): void {
  setTimeout(() => {
    closePipes(child)
  }, LAST_WORDS_MS).unref()
}

function closePipes(child: Child): void {
  child.stdout.destroy()
  child.stderr.destroy()
}

/** Returns what takes the listener away again, so that a long run does not gather them. */
function stopOnAbort(child: Child, signal: AbortSignal, patienceMs: number): () => void {
  let timer: NodeJS.Timeout | undefined
  const kill = () => {
    child.kill('SIGKILL')
    closePipes(child)
  }
  const stop = () => {
    child.kill('SIGTERM')
    timer = setTimeout(kill, patienceMs)
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  return () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
