import { failed } from '../model/failure.js'
import type { RunArtifacts } from '../ports/run-artifacts.js'

const PROBLEM = 'only a run of GitHub Actions has artifacts'

/** Stands for the artifacts of a run where there is none. */
export const NO_RUN_ARTIFACTS: RunArtifacts = {
  upload: () => Promise.resolve(failed({ kind: 'artifact-failed', message: PROBLEM })),
  keep: () => Promise.resolve(PROBLEM),
  read: () => Promise.resolve({ texts: new Map(), problems: [PROBLEM] }),
}
