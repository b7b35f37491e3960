import { access, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { failed, ok, type Failure, type Result, unless } from '../model/failure.js'
import type { NewFiles } from '../ports/new-files.js'

/** New files in a folder of the disk. */
export class FolderFiles implements NewFiles {
  private readonly root: string

  constructor(root: string) {
    this.root = root
  }

  async create(texts: ReadonlyMap<string, string>): Promise<Result<void>> {
    const failures: Failure[] = []
    for (const path of texts.keys()) {
      const isThere = await access(join(this.root, path)).then(
        () => true,
        () => false,
      )
      if (isThere) failures.push(thereAlready(path))
    }
    if (failures.length > 0) return unless(failures, undefined)
    for (const [path, text] of texts) {
      try {
        await mkdir(dirname(join(this.root, path)), { recursive: true })
        await writeFile(join(this.root, path), text, { flag: 'wx' })
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        if (code === undefined) throw error
        return failed({ kind: 'usage', message: `${path} cannot be written: ${message}` })
      }
    }
    return ok(undefined)
  }
}

function thereAlready(path: string): Failure {
  return { kind: 'usage', message: `${path} is there already; nothing was written` }
}
