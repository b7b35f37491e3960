import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/** Neither the user's nor the system's git settings have a say. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  LC_ALL: 'C',
}

const LARGEST_OUTPUT_BYTES = 1024 ** 3

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
}

/** Wall time of the whole process in milliseconds; what it prints goes nowhere. */
export function timed({ program, args, folder }: Command): number {
  const start = performance.now()
  const { status, error } = spawnSync(program, args, { cwd: folder, env: ENVIRONMENT, stdio: 'ignore' })
  const taken = performance.now() - start
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status ?? String(error)}`)
  return taken
}

/** What a command prints on standard output, without the last line break; throws when it fails. */
export function output({ program, args, folder }: Command): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: ENVIRONMENT,
    encoding: 'utf8',
    maxBuffer: LARGEST_OUTPUT_BYTES,
  })
  if (status === 0) return stdout.replace(/\n$/, '')
  throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}: ${stderr.trim()}`)
}

export function git(folder: string, args: readonly string[]): string {
  return output({ program: 'git', args, folder })
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [below, above] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0]
  return sorted.length % 2 === 1 ? above : (below + above) / 2
}
