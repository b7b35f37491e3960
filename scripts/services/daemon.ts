import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { waitUntil } from './commands.js'

/** Identifies one process for good: a pid alone is given to a stranger after a reboot or a wrap-around. */
export interface ProcessRecord {
  readonly pid: number
  /** Field 22 of /proc/PID/stat, in clock ticks since boot. */
  readonly startTicks: string
}

export interface DaemonCommand {
  readonly executable: string
  readonly args: readonly string[]
  readonly log: string
  readonly searchPath: string
}

/**
 * Starts a process that outlives this one. Its own session keeps a Ctrl-C in the terminal away from it: it is
 * stopped in order, by `terminate`. Linux only, like the daemons themselves.
 */
export async function launch(command: DaemonCommand): Promise<ProcessRecord> {
  const output = openSync(command.log, 'a')
  try {
    const child = spawn(command.executable, command.args, {
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...process.env, PATH: command.searchPath },
    })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    child.unref()
    const pid = child.pid!
    return { pid, startTicks: readStat(pid)?.startTicks ?? 'gone' }
  } finally {
    closeSync(output)
  }
}

export function isAlive(record: ProcessRecord): boolean {
  const stat = readStat(record.pid)
  return stat !== undefined && stat.state !== 'Z' && stat.startTicks === record.startTicks
}

/** SIGTERM, and SIGKILL once `graceMs` have passed without an end. */
export async function terminate(record: ProcessRecord, graceMs: number): Promise<void> {
  const isGone = (): boolean => !isAlive(record)
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (isGone()) return
    signalQuietly(record.pid, signal)
    if (await waitUntil(isGone, graceMs)) return
  }
  throw new Error(`process ${record.pid} is still there after SIGKILL`)
}

/** The process may end between the look at it and the signal; that is what was wanted. */
function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** The command name, field 2, may hold spaces and brackets, so fields are counted from its last bracket. */
function readStat(pid: number): { state: string; startTicks: string } | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0]!, startTicks: fields[19]! }
}
