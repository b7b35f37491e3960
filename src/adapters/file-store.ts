import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { StateStore, StoredState } from '../ports/state-store.js'

const MEMO = 'memo'

/** Keeps each scope's state in a file of a folder, replaced as a whole. */
export class FileStore implements StateStore {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  async load(scope: string): Promise<StoredState> {
    try {
      return { kind: 'found', text: await textOf(this.#file(scope)) }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      return code === 'ENOENT' ? { kind: 'none' } : { kind: 'unavailable', problem: message }
    }
  }

  save(scope: string, text: string): Promise<string | undefined> {
    return this.#write(this.#file(scope), text)
  }

  async loadMemo(): Promise<string | undefined> {
    return textOf(join(this.folder, MEMO)).catch(() => undefined)
  }

  async saveMemo(text: string): Promise<void> {
    await this.#write(join(this.folder, MEMO), text)
  }

  async #write(file: string, text: string): Promise<string | undefined> {
    const draft = `${file}.${process.pid}`
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(draft, text)
      await rename(draft, file)
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  }

  #file(scope: string): string {
    return join(this.folder, `state-${createHash('sha256').update(scope, 'utf8').digest('hex').slice(0, 16)}`)
  }
}

/** Decoded at once: to do it chunk by chunk takes several times as long for a file of some megabytes. */
async function textOf(file: string): Promise<string> {
  return (await readFile(file)).toString('utf8')
}
