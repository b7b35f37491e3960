import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failed, ok, type Result } from '../model/failure.js'
import type { KeptLayout, KeptText, Superseded } from '../model/kept.js'
import type { KeptFiles } from '../ports/kept-files.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** Names that `FileStore` and `FolderLayouts` give; with a number behind, the draft of a process that may be gone. */
const STATE = /^state-[0-9a-f]{16}$/
const TEXT_DRAFT = /^(?:state-[0-9a-f]{16}|memo)\.\d+$/
const LAYOUT = /^\d{15}-([0-9a-f]{64})$/
const LAYOUT_DRAFT = /^\d{15}-.*\.draft$/

const FOLDERS = { layouts: 'layout', layers: 'layers' } as const

/** The folder in a git directory that all commands of a terminal share. */
export class FolderKept implements KeptFiles {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  texts(): Promise<Result<readonly KeptText[]>> {
    return orFailure(async () => {
      const names = (await namesIn(this.folder)).filter((name) => STATE.test(name))
      return Promise.all(
        names.map(async (name) => {
          const text = await readFile(join(this.folder, name), 'utf8')
          return { path: name, bytes: Buffer.byteLength(text), text }
        }),
      )
    })
  }

  layouts(images: readonly string[]): Promise<Result<readonly KeptLayout[]>> {
    const byKey = new Map(images.map((image) => [keyOf(image), image]))
    return orFailure(async () => {
      const kept: KeptLayout[] = []
      for (const [folder, key, name] of await this.#inLayouts()) {
        const fingerprint = LAYOUT.exec(name)?.[1]
        if (fingerprint === undefined) continue
        const path = join(folder, key, name)
        const image = byKey.get(key)
        const bytes = await sizeOf(join(this.folder, path))
        kept.push({ path, bytes, kind: FOLDERS[folder], fingerprint, ...(image !== undefined && { image }) })
      }
      return kept
    })
  }

  drafts(): Promise<Result<readonly Superseded[]>> {
    return orFailure(async () => {
      const texts = (await namesIn(this.folder)).filter((name) => TEXT_DRAFT.test(name))
      const layouts = (await this.#inLayouts()).filter(([, , name]) => LAYOUT_DRAFT.test(name))
      const drafts: Superseded[] = []
      for (const path of [...texts, ...layouts.map((parts) => join(...parts))]) {
        const { mtimeMs } = await stat(join(this.folder, path))
        if (mtimeMs < Date.now() - DAY_MS)
          drafts.push({ path, bytes: await sizeOf(join(this.folder, path)), reason: 'draft' })
      }
      return drafts
    })
  }

  remove(paths: readonly string[]): Promise<Result<void>> {
    return orFailure(async () => {
      for (const path of paths) await rm(join(this.folder, path), { recursive: true, force: true })
    })
  }

  /** Folder, image's folder in it, and name, of each image's the last in the order of their times first. */
  async #inLayouts(): Promise<[keyof typeof FOLDERS, string, string][]> {
    const found: [keyof typeof FOLDERS, string, string][] = []
    for (const folder of ['layouts', 'layers'] as const)
      for (const key of await namesIn(join(this.folder, folder)))
        for (const name of (await namesIn(join(this.folder, folder, key))).reverse())
          found.push([folder, key, name])
    return found
  }
}

/** As `FolderLayouts` names the folder of an image. */
function keyOf(image: string): string {
  return createHash('sha256').update(image, 'utf8').digest('hex').slice(0, 16)
}

/** None in a folder that is not there. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  })
  return names.sort()
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path)
  if (!stats.isDirectory()) return stats.size
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** What goes away meanwhile, or may not be read, is a failure: whoever asks again sees what is there then. */
async function orFailure<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return failed({ kind: 'environment-missing', message: `what is kept cannot be tidied up: ${message}` })
  }
}
