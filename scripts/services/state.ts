import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildersRecord } from './builders.js'
import { waitUntil } from './commands.js'
import type { ProcessRecord } from './daemon.js'
import type { Host } from './host.js'
import type { RegistryRecord } from './registry.js'

/** What these scripts started and have not stopped: a later process finds it here again. */
export interface State {
  readonly engine?: ProcessRecord
  readonly registry?: RegistryRecord
  readonly builders?: BuildersRecord
}

const lockTimeoutMs = 10 * 60_000

/**
 * The name in the shared temporary folder can be guessed, so a folder that someone else made there is refused:
 * its state file could name any process as ours to end.
 */
export function prepareFolder(host: Host): void {
  mkdirSync(host.folder, { recursive: true, mode: 0o755 })
  const found = lstatSync(host.folder)
  const isOurs = process.getuid === undefined || found.uid === process.getuid()
  if (!found.isDirectory() || !isOurs) throw new Error(`${host.folder} exists but belongs to someone else`)
}

/** An unreadable state file means "nothing known": at worst a daemon keeps running and is found by its answers. */
export function readState(host: Host): State {
  try {
    return JSON.parse(readFileSync(stateFile(host), 'utf8')) as State
  } catch {
    return {}
  }
}

/** Renamed into place, so that a reader never sees half a file. */
export function writeState(host: Host, state: State): void {
  if (Object.keys(state).length === 0) {
    rmSync(stateFile(host), { force: true })
    return
  }
  const draft = `${stateFile(host)}.${process.pid}`
  writeFileSync(draft, JSON.stringify(state))
  renameSync(draft, stateFile(host))
}

/** Starting and stopping exclude each other across processes; a lock whose holder died is taken over. */
export async function withLock<T>(host: Host, work: () => Promise<T>): Promise<T> {
  prepareFolder(host)
  const lock = join(host.folder, 'lock')
  if (!(await waitUntil(() => takeLock(lock), lockTimeoutMs))) {
    throw new Error(`${lock} is held by another run since ${lockTimeoutMs / 60_000} minutes`)
  }
  const release = (): void => {
    rmSync(lock, { force: true })
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isHolderAlive(lock)) rmSync(lock, { force: true })
    return false
  }
}

/** An empty lock was created an instant ago and is about to get its pid. */
function isHolderAlive(lock: string): boolean {
  try {
    const holder = readFileSync(lock, 'utf8')
    return holder === '' || process.kill(Number(holder), 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function stateFile(host: Host): string {
  return join(host.folder, 'state.json')
}
