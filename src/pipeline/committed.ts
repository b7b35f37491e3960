import type { Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import type { Snapshot } from '../model/snapshot.js'
import { Completion } from './completion.js'
import { gatherInputs } from './inputs.js'
import type { Run } from './job.js'
import type { Loaded } from './load.js'
import type { Stored } from './stored.js'

/** What the fingerprints of a commit are computed from. */
export interface Basis {
  readonly run: Run
  readonly loaded: Loaded
  readonly stored: Stored
}

/** The fingerprints that the services have at this commit, whatever lies on the disk. */
export async function committedFingerprints(
  services: readonly Service[],
  { run, loaded, stored }: Basis,
): Promise<Result<Snapshot['fingerprints']>> {
  const gathered = await gatherInputs(loaded, stored, { ...run, withDisk: false })
  if (!gathered.ok) return gathered
  const names = new Set(services.map(({ name }) => name))
  return new Completion(run).complete(gathered.value.known.snapshot, loaded.services, names)
}
