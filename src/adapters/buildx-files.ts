import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildRequest } from '../ports/image-builder.js'

/** What buildx wrote to `--metadata-file`; empty when it wrote none. */
export async function readMetadata(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  return JSON.parse(text) as Record<string, unknown>
}

/** The digest that the metadata of one build names; `undefined` when nothing was exported. */
export function digestOf(metadata: unknown): string | undefined {
  const value = (metadata as Readonly<Record<string, unknown>>)['containerimage.digest']
  return typeof value === 'string' ? value : undefined
}

/**
 * Name of a build context → the layout that it is, as buildx takes it. buildx ends the path of a layout at the first `:`
 * or `@`: each is handed over under a path of ours in this folder, without any.
 */
export async function layoutSources(
  { layouts }: BuildRequest,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  await mkdir(folder, { recursive: true })
  const sources = Object.entries(layouts).map(async ([name, layout], index) => {
    const link = join(folder, `layout-${index}`)
    await symlink(layout.folder, link, 'dir')
    return [name, `oci-layout://${link}@${layout.digest}`] as const
  })
  return Object.fromEntries(await Promise.all(sources))
}
