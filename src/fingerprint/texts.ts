import type { Need } from '../model/memo.js'
import { type Failure, failed, ok, type Result } from '../model/failure.js'
import type { GitTree } from '../ports/git-tree.js'
import { needOfNode, placeOf } from './need.js'
import { LINK, type Node, parted, SUBMODULE, type View } from './view.js'

const MOST_LINKS = 40

interface Found {
  readonly path: string
  readonly node: Node
}

export interface Texts {
  /** Path → text of those files that are there. */
  readonly texts: ReadonlyMap<string, string>
  /** Path → why its text cannot be had. */
  readonly failures: ReadonlyMap<string, readonly Failure[]>
  /** Path → what its text, or its absence, rests on. */
  readonly needs: ReadonlyMap<string, readonly Need[]>
}

/**
 * Texts of those of the files that are there, by path. A link is followed as BuildKit does it, which is within the
 * folder that the file is looked for in; one that leads out of it is a failure, `config-invalid`.
 */
export async function readTexts(paths: Iterable<string>, view: View, git: GitTree): Promise<Texts> {
  const files = await Promise.all(
    [...new Set(paths)].map(async (path) => {
      const needs: Need[] = []
      return { path, needs, found: await follow(path, view, needs) }
    }),
  )
  const known = files.flatMap(({ path, found }) =>
    found.ok && found.value !== undefined ? [{ path, found: found.value }] : [],
  )
  const failures = files.flatMap(({ path, found }) => (found.ok ? [] : [[path, found.failures] as const]))
  const blobs = known.map(({ found }) => found.node.id).filter((id) => id !== '')
  await git.prefetch([...new Set(blobs)])
  const texts = await Promise.all(
    known.map(async ({ path, found }) => [path, await view.text(found.path, found.node)] as const),
  )
  return {
    texts: new Map(texts),
    failures: new Map(failures),
    needs: new Map(files.map(({ path, needs }) => [path, needs])),
  }
}

/** The files themselves, and all that links in their place lead over. */
export async function pathsTo(files: readonly string[], view: View): Promise<readonly string[]> {
  const needs: Need[] = []
  await Promise.all(files.map((path) => follow(path, view, needs)))
  return [...files, ...needs.map(placeOf)]
}

async function follow(path: string, view: View, needs: Need[]): Promise<Result<Found | undefined>> {
  let at: string | undefined = path
  for (let links = 0; links < MOST_LINKS && at !== undefined; links++) {
    needs.push(needOfNode(at))
    const node = await view.node(at)
    if (node === undefined || node.mode === SUBMODULE || !/^1[02]/.test(node.mode)) return ok(undefined)
    if (node.mode !== LINK) return ok({ path: at, node })
    at = ledTo(await view.target(at, node), { at, path })
  }
  return failed(leadingOut(path))
}

/** `undefined` where a link leads out; one of an absolute path is no matter of the repository. */
function ledTo(target: string, { at, path }: { at: string; path: string }): string | undefined {
  if (target.startsWith('/')) return undefined
  const parts = parted(at).parent.split('/').filter(Boolean)
  for (const part of target.split('/').filter((step) => step !== '' && step !== '.')) {
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  const end = parts.join('/')
  const { parent } = parted(path)
  return parent === '' || end.startsWith(`${parent}/`) ? end : undefined
}

function leadingOut(path: string): Failure {
  const message = `${path} is a link that leads out of ${parted(path).parent || 'the root'}, where Docker does not follow it; put the file there`
  return { kind: 'config-invalid', message }
}
