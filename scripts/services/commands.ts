import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { getExecOutput } from '@actions/exec'

export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** For questions whose "no" is an answer: a tool that is not installed counts as exit code 127. */
export async function probe(tool: string, args: readonly string[]): Promise<Outcome> {
  try {
    return await getExecOutput(tool, [...args], { silent: true, ignoreReturnCode: true })
  } catch (error) {
    return { exitCode: 127, stdout: '', stderr: error instanceof Error ? error.message : String(error) }
  }
}

/** For steps that must succeed; answers stdout. */
export async function run(tool: string, args: readonly string[]): Promise<string> {
  const outcome = await probe(tool, args)
  if (outcome.exitCode === 0) return outcome.stdout
  const reason = outcome.stderr.trim() || outcome.stdout.trim()
  throw new Error(`${tool} ${args.slice(0, 2).join(' ')} ended with exit code ${outcome.exitCode}: ${reason}`)
}

export interface LoggedRun {
  /** Appended to, never truncated: a retry must not erase why the first attempt failed. */
  readonly log: string
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  readonly workingFolder?: string
}

/** Answers the exit code: 127 when the tool cannot start, 124 when a signal (such as the time limit's) ended it. */
export async function runLogged(tool: string, args: readonly string[], options: LoggedRun): Promise<number> {
  const output = openSync(options.log, 'a')
  try {
    return await new Promise<number>((resolve) => {
      const child = spawn(tool, args, {
        stdio: ['ignore', output, output],
        env: { ...process.env, ...options.env },
        timeout: options.timeoutMs,
        cwd: options.workingFolder,
      })
      child.once('error', () => {
        resolve(127)
      })
      child.once('close', (code) => {
        resolve(code ?? 124)
      })
    })
  } finally {
    closeSync(output)
  }
}

/** Polls until `isDone` answers true; answers false once the time is over. */
export async function waitUntil(
  isDone: () => Promise<boolean> | boolean,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (!(await isDone())) {
    if (performance.now() > deadline) return false
    await sleep(100)
  }
  return true
}
