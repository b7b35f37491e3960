import type { Result } from '../model/failure.js'

/** What is there to build in a repository and its work trees. */
export interface GitHeads {
  /** Full names of all branches, and the commit of each work tree. */
  heads(): Promise<Result<readonly string[]>>
}
