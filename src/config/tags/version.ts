import { fill, type Scope, type Template, uses } from './template.js'
import type { Checked } from '../checked.js'

/** A semantic version as `type=semver` shows it. */
export interface Version {
  readonly raw: string
  readonly version: string
  readonly major: string
  readonly minor: string
  readonly patch: string
  readonly isPrerelease: boolean
}

/** The expression that semver.org suggests (FAQ), and a leading `v`, which npm's `semver` and so metadata-action allow. */
const VERSION =
  /^v?((0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?)(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/

export const VERSION_SCOPE: Scope<Version> = {
  texts: {
    raw: ({ raw }) => ({ value: raw }),
    version: ({ version }) => ({ value: version }),
    major: ({ major }) => ({ value: major }),
    minor: ({ minor }) => ({ value: minor }),
    patch: ({ patch }) => ({ value: patch }),
  },
  times: {},
}

/** `undefined`: not a semantic version. */
export function parseVersion(raw: string): Version | undefined {
  const [, version, major, minor, patch, prerelease] = VERSION.exec(raw) ?? []
  if (version === undefined || major === undefined || minor === undefined || patch === undefined)
    return undefined
  return { raw, version, major, minor, patch, isPrerelease: prerelease !== undefined }
}

/**
 * As in metadata-action a prerelease never stands under a partial version: whatever the pattern, it gives `{{version}}`,
 * or `{{raw}}` where that is the whole pattern. Only a tag that says the whole version stays where it is.
 */
export function versionText(
  pattern: Template<Version>,
  version: Version,
): Checked<{ readonly text: string; readonly moves: boolean }> {
  if (version.isPrerelease) {
    const isRaw = pattern.length === 1 && uses(pattern, 'raw')
    return { value: { text: isRaw ? version.raw : version.version, moves: false } }
  }
  const text = fill(pattern, version)
  const isFull = ['raw', 'version'].some((name) => uses(pattern, name))
  const isSpelledOut = ['major', 'minor', 'patch'].every((name) => uses(pattern, name))
  return 'problem' in text ? text : { value: { text: text.value, moves: !isFull && !isSpelledOut } }
}
