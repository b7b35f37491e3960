import type { Ancestor } from '../ports/git-tree.js'
import type { GitProgram } from './git-program.js'

/** What `origin` has under a full name now; a repository without one has nothing there. */
export async function remoteHead(ref: string, git: GitProgram): Promise<Ancestor> {
  // git takes a name for the end of one; the line with `^{}` tells the commit of an annotated tag.
  const listed = await git.text(['ls-remote', '--quiet', '--', 'origin', ref, `${ref}^{}`])
  if (listed === undefined) {
    if ((await git.text(['config', 'remote.origin.url'])) === undefined) return { kind: 'none' }
    return { kind: 'unknown', problem: 'the remote repository does not answer' }
  }
  const heads = new Map([...listed.matchAll(/^(\S+)\t(.*)$/gm)].map(([, id = '', name]) => [name, id]))
  const commit = heads.get(`${ref}^{}`) ?? heads.get(ref)
  return commit ? { kind: 'found', commit } : { kind: 'none' }
}
