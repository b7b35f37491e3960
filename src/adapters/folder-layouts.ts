import { createHash, randomUUID } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Result } from '../model/failure.js'
import { fullName, type ImageName } from '../model/service.js'
import type { ImageLayouts, Layout, LayoutName } from '../ports/image-layouts.js'
import { wholeLayout, writtenLayout } from './oci-layout.js'

/** How many layouts of one image are kept unless told otherwise: those of the branches that are being worked on. */
const KEPT = 3

/** What a build that was killed has written is removed when no build can still be writing it. */
const DRAFT_LIFE_MS = 24 * 60 * 60 * 1000

/** `<time>-<fingerprint>`, or `<time>-<random>.draft` while it is being built; the time has as many digits in each. */
const KEPT_NAME = /^\d{15}-([0-9a-f]{64})$/
const DRAFT_NAME = /^(\d{15})-.*\.draft$/

/**
 * Keeps layouts in a folder of this machine. What is kept is never replaced, as another run may be reading it: what is
 * built anew comes beside it, and goes before it.
 */
export class FolderLayouts implements ImageLayouts {
  private readonly folder: string
  private readonly most: number
  #problems: string[] = []

  constructor(folder: string, most = KEPT) {
    this.folder = folder
    this.most = most
  }

  async has(name: LayoutName): Promise<boolean> {
    return (await this.#kept(name)).length > 0
  }

  async fetch(name: LayoutName): Promise<Layout | undefined> {
    for (const folder of await this.#kept(name)) {
      const layout = await wholeLayout(folder)
      if (layout !== undefined) return layout
    }
    return undefined
  }

  place({ image }: LayoutName): string {
    return join(this.#folderOf(image), `${stamp()}-${randomUUID()}.draft`)
  }

  async keep({ image, fingerprint }: LayoutName, place: string): Promise<Result<Layout>> {
    const written = await writtenLayout(place)
    if (!written.ok) return written
    const folder = join(this.#folderOf(image), `${stamp()}-${fingerprint}`)
    try {
      await rename(place, folder)
    } catch (error) {
      this.#note(error)
      return written
    }
    await this.#removeOld(image).catch((error: unknown) => {
      this.#note(error)
    })
    return ok({ ...written.value, folder })
  }

  problems(): Promise<readonly string[]> {
    const problems = this.#problems
    this.#problems = []
    return Promise.resolve(problems)
  }

  #note(error: unknown): void {
    this.#problems.push((error as Error).message)
  }

  /** The newest first. */
  async #kept({ image, fingerprint }: LayoutName): Promise<string[]> {
    const folder = this.#folderOf(image)
    const names = (await namesIn(folder)).filter((name) => KEPT_NAME.exec(name)?.[1] === fingerprint)
    return names.map((name) => join(folder, name))
  }

  async #removeOld(image: ImageName): Promise<void> {
    const folder = this.#folderOf(image)
    const names = await namesIn(folder)
    const kept = names.filter((name) => KEPT_NAME.test(name))
    const isDead = (name: string) => Number(DRAFT_NAME.exec(name)?.[1]) < Date.now() - DRAFT_LIFE_MS
    const old = [...kept.slice(this.most), ...names.filter(isDead)]
    await Promise.all(old.map((name) => rm(join(folder, name), { recursive: true, force: true })))
  }

  #folderOf(image: ImageName): string {
    return join(this.folder, createHash('sha256').update(fullName(image), 'utf8').digest('hex').slice(0, 16))
  }
}

/** The last in the order of their times first; none in a folder that is not there or cannot be read. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.sort().reverse()
}

function stamp(): string {
  return String(Date.now()).padStart(15, '0')
}
