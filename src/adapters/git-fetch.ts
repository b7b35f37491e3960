import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'

/** Runs git with arguments; the text it printed, or `undefined` when it failed. */
export type AskGit = (args: readonly string[]) => Promise<string | undefined>

export interface CommitToFetch {
  readonly commit: string
  /** Where the objects go: outside of the repository, which stays as it is, not shallower and without a filter. */
  readonly folder: string
}

/**
 * Fetches one commit from `origin` with its trees and without its blobs, into a repository of its own. Returns that
 * repository's object folder, or `undefined` when the commit cannot be had.
 */
export async function fetchApart(
  ask: AskGit,
  { commit, folder }: CommitToFetch,
): Promise<string | undefined> {
  const url = await ask(['remote', 'get-url', 'origin'])
  if (url === undefined) return undefined
  await mkdir(folder, { recursive: true })
  const apart = await mkdtemp(join(folder, 'commit-'))
  const format = commit.length === 40 ? 'sha1' : 'sha256'
  const made = await ask(['init', '--bare', '--quiet', `--object-format=${format}`, apart])
  if (made === undefined) return undefined
  const options = ['--depth=1', '--filter=blob:none', '--no-tags', '--no-recurse-submodules', '--quiet']
  const fetched = await ask([`--git-dir=${apart}`, 'fetch', ...options, url.trim(), commit])
  return fetched === undefined ? undefined : join(apart, 'objects')
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
