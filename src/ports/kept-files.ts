import type { KeptLayout, KeptText, Superseded } from '../model/kept.js'
import type { Result } from '../model/failure.js'

/** All that is kept on this machine from run to run, for whoever tidies it up. */
export interface KeptFiles {
  texts(): Promise<Result<readonly KeptText[]>>
  /** Of each image the newest first; `images`: complete names, by which folders are told apart. */
  layouts(images: readonly string[]): Promise<Result<readonly KeptLayout[]>>
  /** What processes have left that were killed a day ago or longer. */
  drafts(): Promise<Result<readonly Superseded[]>>
  /** Removes these paths; one that is gone by then is no failure. */
  remove(paths: readonly string[]): Promise<Result<void>>
}
