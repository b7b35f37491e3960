import { runCommand } from './run-action.js'
import { CLI } from './shop.js'

/** What is judged: the command whose plan names the fingerprints. */
const PLAN = ['plan', '--json', '--local-only', '--registry', 'x.test']

/** Where the fingerprint is taken from: what is committed, or what lies on the disk. */
export type Inputs = 'commit' | 'worktree'

export type Fingerprints =
  | { readonly kind: 'planned'; readonly of: ReadonlyMap<string, string> }
  /** A plan that is refused builds nothing and calls nothing unchanged. */
  | { readonly kind: 'refused'; readonly message: string; readonly keys: readonly string[] }

interface PlanDocument {
  readonly images: readonly { readonly name: string; readonly fingerprint?: string | null }[]
}

/** Fingerprint of every service that the configuration of a repository names. */
export async function fingerprintsOf(folder: string, inputs: Inputs): Promise<Fingerprints> {
  const { exitCode, stdout, stderr } = await runCommand(CLI, [...PLAN, '--inputs-from', inputs], {
    cwd: folder,
  })
  if (exitCode === 2) {
    const keys = [...stderr.matchAll(/`([^`]+)` is not supported by this version yet/g)].map(
      ([, key]) => key!,
    )
    return { kind: 'refused', message: stderr, keys }
  }
  if (exitCode !== 0) throw new Error(`the plan ended with ${exitCode}: ${stderr}`)
  const { images } = JSON.parse(stdout) as PlanDocument
  const of = images.flatMap(({ name, fingerprint }) =>
    typeof fingerprint === 'string' ? [[name, fingerprint] as const] : [],
  )
  return { kind: 'planned', of: new Map(of) }
}
