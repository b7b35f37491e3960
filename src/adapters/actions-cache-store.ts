import * as core from '@actions/core'
import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { StateStore, StoredState } from '../ports/state-store.js'
import { FileStore } from './file-store.js'

/** The one path in the archive: constant, since the cache service compares it between runs. */
const ENTRY = 'smart-image-build-state'

/** What the post step needs to know of the main step. */
const SAVED_FOLDER = 'state-folder'
const SAVED_SCOPE = 'state-scope'

/**
 * Keeps the state in the Actions cache: one immutable entry a run, found again by its prefix. `save` writes a file;
 * the post step, which also follows a failed or cancelled main step, uploads it with `uploadState`.
 */
export class ActionsCacheStore implements StateStore {
  private readonly folder: string
  private readonly files: FileStore

  constructor(folder: string) {
    this.folder = folder
    this.files = new FileStore(join(folder, ENTRY))
  }

  async load(scope: string): Promise<StoredState> {
    const cache = await import('@actions/cache')
    if (!cache.isFeatureAvailable())
      return { kind: 'unavailable', problem: 'this runner has no Actions cache' }
    try {
      await rm(join(this.folder, ENTRY), { recursive: true, force: true })
      const prefix = keyPrefix(scope)
      const found = await within(this.folder, () => cache.restoreCache([ENTRY], `${prefix}none`, [prefix]))
      return found === undefined ? { kind: 'none' } : await this.files.load(scope)
    } catch (error) {
      return { kind: 'unavailable', problem: (error as Error).message }
    }
  }

  async save(scope: string, text: string): Promise<string | undefined> {
    core.saveState(SAVED_FOLDER, this.folder)
    core.saveState(SAVED_SCOPE, scope)
    return this.files.save(scope, text)
  }
}

/** The post step: uploads what the main step saved. Says why when it could not; nothing is lost but time. */
export async function uploadState(entry: string): Promise<string | undefined> {
  const folder = core.getState(SAVED_FOLDER)
  const scope = core.getState(SAVED_SCOPE)
  if (folder === '' || scope === '') return undefined
  const cache = await import('@actions/cache')
  if (!cache.isFeatureAvailable()) return 'this runner has no Actions cache'
  try {
    const id = await within(folder, () => cache.saveCache([ENTRY], `${keyPrefix(scope)}${entry}`))
    return id === -1 ? 'the cache service did not take it' : undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** Fixed length, no comma, no branch name: one scope's prefix is never another's. */
function keyPrefix(scope: string): string {
  return `smart-image-build-state-v1-${createHash('sha256').update(scope, 'utf8').digest('hex').slice(0, 32)}-`
}

/**
 * Runs a task with a folder in the role of the workspace: @actions/cache stores paths relative to the workspace, and
 * this way they are the same on every runner and outside of the work tree. Nothing else may run meanwhile.
 */
async function within<T>(folder: string, task: () => Promise<T>): Promise<T> {
  const { GITHUB_WORKSPACE: workspace } = process.env
  const current = process.cwd()
  await mkdir(folder, { recursive: true })
  process.chdir(folder)
  process.env['GITHUB_WORKSPACE'] = folder
  try {
    return await task()
  } finally {
    process.chdir(current)
    if (workspace === undefined) delete process.env['GITHUB_WORKSPACE']
    else process.env['GITHUB_WORKSPACE'] = workspace
  }
}
