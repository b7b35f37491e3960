import type { GitProgram } from './git-program.js'

/** Name of the remote that a clone without all objects gets the others from; `undefined` in a clone with all of them. */
export async function promisorOf(git: GitProgram): Promise<string | undefined> {
  const listed = await git.text(['config', '--type=bool', '--get-regexp', String.raw`^remote\..*\.promisor$`])
  return /^remote\.(.*)\.promisor true$/m.exec(listed ?? '')?.[1]
}

/**
 * Fetches blobs into a clone that was made without them, in one request, as git itself would fetch them one by one;
 * nothing happens when they cannot be had. The options are those that git uses for its own requests of this kind
 * (partial-clone.txt, "promisor remote").
 */
export async function fetchBlobs(
  git: GitProgram,
  { remote, blobs }: { readonly remote: string; readonly blobs: readonly string[] },
): Promise<void> {
  const options = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance']
  const fetch = ['fetch', ...options, '--filter=blob:none', '--quiet', '--stdin', remote]
  await git.text(
    ['-c', 'fetch.negotiationAlgorithm=noop', ...fetch],
    blobs.map((blob) => `${blob}\n`).join(''),
  )
}

/**
 * Environment in which git may fetch from a GitHub server with a token, without the token in an argument or in a
 * file. What `actions/checkout` left for the same server is put aside: two credentials in one request are refused.
 */
export function fetchEnvironment(
  environment: NodeJS.ProcessEnv,
  of: { readonly server: string | undefined; readonly token: string; readonly trusted: boolean },
): NodeJS.ProcessEnv {
  const settings: [string, string][] = of.trusted ? [['safe.directory', '*']] : []
  if (of.token !== '' && of.server !== undefined) {
    const header = `http.${of.server}/.extraheader`
    const basic = Buffer.from(`x-access-token:${of.token}`, 'utf8').toString('base64')
    settings.push([header, ''], [header, `AUTHORIZATION: basic ${basic}`])
  }
  const before = Number(environment['GIT_CONFIG_COUNT'] ?? 0)
  const entries = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${before + index}`, key],
    [`GIT_CONFIG_VALUE_${before + index}`, value],
  ])
  const count = String(before + settings.length)
  return { ...environment, ...Object.fromEntries(entries), GIT_CONFIG_COUNT: count } as NodeJS.ProcessEnv
}
