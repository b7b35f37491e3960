import { openRepository } from '../../src/adapters/git-open.js'
import type { GitOptions } from '../../src/adapters/git-run.js'
import type { TreeEntry } from '../../src/model/snapshot.js'
import type { GitTree } from '../../src/ports/git-tree.js'
import { valueOf } from '../fakes/images.js'

/** For git without a say of the user's and the machine's configuration. */
export const PLAIN = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
}

/** The repository of a folder; one that cannot be opened is an error of the test. */
export async function openGit(
  folder: string,
  options: GitOptions = { environment: PLAIN },
): Promise<GitTree> {
  return valueOf(await openRepository(folder, options)).git
}

/** Files of a commit below folders (`''` is the root) or at paths, links and submodules too, sorted by path. */
export async function committed(
  git: GitTree,
  folders: readonly string[],
  commit?: string,
): Promise<readonly TreeEntry[]> {
  const entries: TreeEntry[] = []
  const walk = async (tree: string, folder: string): Promise<void> => {
    for (const { name, mode, id } of await git.tree(tree)) {
      const path = folder === '' ? name : `${folder}/${name}`
      if (mode === '040000') await walk(id, path)
      else entries.push({ mode, path, id })
    }
  }
  await walk(await git.root(commit), '')
  const isAsked = ({ path }: TreeEntry) =>
    folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`))
  return entries.filter(isAsked).sort((a, b) => (a.path < b.path ? -1 : 1))
}
