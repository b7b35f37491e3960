import { openRepository } from '../../src/adapters/git-cli.js'
import type { GitOptions } from '../../src/adapters/git-run.js'
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
