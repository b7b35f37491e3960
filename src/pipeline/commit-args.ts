import type { Plan } from '../model/plan.js'
import type { Snapshot } from '../model/snapshot.js'
import type { Run } from './job.js'
import { revisionOf } from './tags.js'

type Args = Readonly<Record<string, string>>

/**
 * Name of an image → those of the arguments `GIT_COMMIT`, `BUILD_DATE`, `SOURCE_DATE_EPOCH` and `CACHE_BUST` that its
 * Dockerfile declares. They never count as a change, so that an unchanged image keeps those of an earlier commit; all of
 * them are the same for every build of one commit.
 */
export async function commitArgs(
  { images }: Plan,
  { inputs }: Pick<Snapshot, 'inputs'>,
  run: Run,
): Promise<ReadonlyMap<string, Args>> {
  const all = new Map<string, Args>()
  let committed: Promise<number> | undefined
  for (const { service, fingerprint, decision } of images) {
    if (decision.kind === 'skip') continue
    const args: Record<string, string> = {}
    for (const name of inputs.get(service.name)?.declaredArgs ?? []) {
      if (name === 'GIT_COMMIT') args[name] = revisionOf(run)
      if (name === 'CACHE_BUST') args[name] = fingerprint.digest
      if (name !== 'BUILD_DATE' && name !== 'SOURCE_DATE_EPOCH') continue
      const at = await (committed ??= run.ports.git.committedAt())
      args[name] = name === 'BUILD_DATE' ? new Date(at).toISOString() : String(at / 1000)
    }
    all.set(service.name, args)
  }
  return all
}
