import type { Notice } from '../model/failure.js'
import type { Service } from '../model/service.js'
import type { ImageInputs } from '../model/snapshot.js'
import type { GitView } from './git-view.js'
import { matcher } from './patterns.js'
import type { Recipe } from './recipe.js'

/** How many paths a notice names. */
const SHOWN = 5

/** Names the inputs that no commit has: another checkout would give another image. */
export async function untrackedNotices(
  inputs: ReadonlyMap<string, ImageInputs>,
  view: GitView,
): Promise<readonly Notice[]> {
  const takers = new Map<string, string[]>()
  for (const [service, { uncommitted }] of inputs)
    for (const path of uncommitted) takers.set(path, [...(takers.get(path) ?? []), service])
  const untracked: string[] = []
  for (const path of takers.keys()) if (!(await view.isCommitted(path))) untracked.push(path)
  if (untracked.length === 0) return []
  const services = new Set(untracked.flatMap((path) => takers.get(path) ?? []))
  const names = listed([...services].map((name) => `\`${name}\``))
  const paths = listed(untracked.map((path) => JSON.stringify(path)))
  const message = `untracked files count as inputs of ${names}: ${paths}. Commit them, or keep them out of the build by .dockerignore; what an earlier step makes belongs under \`generated\``
  return [{ message }, ...untracked.filter(isCredential).map(credentialNotice)]
}

/** What google-github-actions/auth leaves in the work tree. */
function isCredential(path: string): boolean {
  return /(?:^|\/)gha-creds-[^/]*\.json$/.test(path)
}

function credentialNotice(path: string): Notice {
  const message = `${JSON.stringify(path)} holds credentials and would be copied into an image; add \`gha-creds-*.json\` to .dockerignore`
  return { message }
}

/** Said of a service that copies the repository's own folder, whose content differs in every clone. */
export function gitFolderNotice(service: Service, { sources }: Recipe): Notice | undefined {
  const taking = sources.find(
    ({ context, path, rules }) =>
      context === '' && (path === '' || path === '.git' || path.startsWith('.git/')) && !rules.drops('.git'),
  )
  if (taking === undefined) return undefined
  const message = `\`${service.name}\` copies \`.git\` into its image, which never counts as an input; add \`.git\` to .dockerignore`
  return {
    message,
    ...(taking.line !== undefined && { place: { file: service.file, line: taking.line, column: 1 } }),
  }
}

/** Said of patterns under `paths` that none of the files which count by them matches. */
export function idlePathsNotice(service: Service, files: readonly string[]): Notice | undefined {
  const idle = service.paths.filter((pattern) => !pattern.startsWith('!') && !files.some(matcher([pattern])))
  if (idle.length === 0) return undefined
  const patterns = listed(idle.map((pattern) => `\`${pattern}\``))
  const message = `\`${service.name}\`: no file matches ${patterns} under \`paths\`, relative to the repository root`
  return { message, ...(service.place && { place: service.place }) }
}

/** The first of some names or paths, and how many more there are. */
export function listed(all: readonly string[], most = SHOWN): string {
  const shown = all.slice(0, most).join(', ')
  return all.length > most ? `${shown} and ${all.length - most} more` : shown
}
