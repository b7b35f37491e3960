import { basename, dirname } from 'node:path/posix'
import { isWithin } from './view.js'

interface Kind {
  readonly lockfile: RegExp
  /** Names of the files whose dependencies it pins. */
  readonly manifests: RegExp
}

/** By the documentation of each package manager. */
const KINDS: readonly Kind[] = [
  { lockfile: /^Cargo\.lock$/, manifests: /^Cargo\.toml$/ },
  {
    lockfile: /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/,
    manifests: /^package\.json$/,
  },
  { lockfile: /^go\.sum$/, manifests: /^go\.mod$/ },
  { lockfile: /^go\.work\.sum$/, manifests: /^go\.work$/ },
  { lockfile: /^(?:(?:poetry|uv|pdm)\.lock|pylock\.toml)$/, manifests: /^pyproject\.toml$/ },
  { lockfile: /^requirements.*\.txt$/, manifests: /^(?:requirements.*\.in|pyproject\.toml)$/ },
  { lockfile: /^Pipfile\.lock$/, manifests: /^Pipfile$/ },
  { lockfile: /^Gemfile\.lock$/, manifests: /^Gemfile$/ },
  { lockfile: /^composer\.lock$/, manifests: /^composer\.json$/ },
  { lockfile: /^packages\.lock\.json$/, manifests: /\.(?:cs|fs|vb)proj$/ },
  { lockfile: /^(?:buildscript-)?gradle\.lockfile$/, manifests: /^build\.gradle(?:\.kts)?$/ },
  { lockfile: /^mix\.lock$/, manifests: /^mix\.exs$/ },
  { lockfile: /^pubspec\.lock$/, manifests: /^pubspec\.yaml$/ },
]

/** Whether a file has the name of a lockfile. */
export function isLockfile(path: string): boolean {
  return KINDS.some(({ lockfile }) => lockfile.test(basename(path)))
}

/** Whether a manifest's dependencies are pinned by a lockfile: one beside it, or above it, as in a workspace. */
export function isPinnedBy(manifest: string, lockfile: string): boolean {
  const folder = dirname(lockfile)
  return (
    isWithin(manifest, folder === '.' ? '' : folder) &&
    KINDS.some((kind) => kind.lockfile.test(basename(lockfile)) && kind.manifests.test(basename(manifest)))
  )
}
