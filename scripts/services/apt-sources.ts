import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AptRelease } from './host.js'

/** One entry of apt's sources, in the fields of the deb822 format. */
export interface AptSource {
  readonly uris: string
  readonly suites: readonly string[]
  readonly components: readonly string[]
  /** Fields that apt needs to reach and trust the archive, such as Signed-By; passed on unread. */
  readonly access: ReadonlyMap<string, string>
}

const accessFields = [
  'Signed-By',
  'Trusted',
  'Allow-Insecure',
  'Check-Valid-Until',
  'Check-Date',
  'Architectures',
]

/** The release's own archive as this machine reaches it: third-party archives are left out, they may be down. */
export function readOwnSources(release: AptRelease, etc = '/etc/apt'): AptSource[] {
  const parts = join(etc, 'sources.list.d')
  const names = existsSync(parts) ? readdirSync(parts).sort() : []
  const files = [join(etc, 'sources.list'), ...names.map((name) => join(parts, name))]
  return onlyOfRelease(release, files.filter(existsSync).flatMap(readSourceFile))
}

function readSourceFile(file: string): AptSource[] {
  if (file.endsWith('.list')) return parseOneLineSources(readFileSync(file, 'utf8'))
  if (file.endsWith('.sources')) return parseDeb822Sources(readFileSync(file, 'utf8'))
  return []
}

/** Parses `deb [option=value …] uri suite component …`. */
export function parseOneLineSources(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const entry = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s+([^#]+)/.exec(line)
    if (!entry) return []
    const options = (entry[1] ?? '').split(/\s+/).filter(Boolean).map(fieldOfOption)
    return [
      {
        uris: withoutEndSlash(entry[2]!),
        suites: [entry[3]!],
        components: entry[4]!.trim().split(/\s+/),
        access: onlyAccess(new Map(options)),
      },
    ]
  })
}

function fieldOfOption(option: string): [string, string] {
  const [name = '', value = ''] = option.split(/=(.*)/s)
  const field =
    name === 'arch' ? 'Architectures' : name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())
  return [field, value.replaceAll(',', ' ')]
}

/** Parses stanzas of `Field: value`; a line that starts with a blank continues the field above (inline keys do). */
export function parseDeb822Sources(text: string): AptSource[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '')
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map<string, string>()
    for (const [, name, value] of stanza.matchAll(/^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm)) {
      fields.set(name!, value!.trimEnd())
    }
    const words = (name: string): string[] => (fields.get(name) ?? '').split(/\s+/).filter(Boolean)
    if (!words('Types').includes('deb') || /^(no|false|0|off)$/i.test(fields.get('Enabled') ?? '')) return []
    return [
      {
        uris: words('URIs').map(withoutEndSlash).join(' '),
        suites: words('Suites'),
        components: words('Components'),
        access: onlyAccess(fields),
      },
    ]
  })
}

/** Both spellings name one archive. */
function withoutEndSlash(uri: string): string {
  return uri.replace(/\/+$/, '')
}

function onlyAccess(fields: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...fields].filter(([name]) => accessFields.includes(name)))
}

const updatesSuite = /[-/](updates|security)$/

/**
 * Others use a release's codename as their suite too; only the distribution has suites of updates beside it. A
 * machine without any such entry is taken at its word.
 */
function onlyOfRelease(release: AptRelease, sources: readonly AptSource[]): AptSource[] {
  const names = [release.codename, 'stable', 'oldstable', 'testing', 'unstable', 'sid']
  const isOwn = (suite: string): boolean => names.includes(suite.replace(updatesSuite, ''))
  const matching = sources.flatMap((source) => {
    const suites = source.suites.filter(isOwn)
    return suites.length > 0 ? [{ ...source, suites }] : []
  })
  const official = new Set(matching.filter(hasUpdates).map(({ uris }) => uris))
  return official.size > 0 ? matching.filter(({ uris }) => official.has(uris)) : matching
}

function hasUpdates({ suites }: AptSource): boolean {
  return suites.some((suite) => updatesSuite.test(suite))
}

/** The same archive's other suite, on the mirror where this machine finds its own. */
export function sourceOfSuite(own: readonly AptSource[], suite: string): AptSource | undefined {
  const main = own.find(({ suites }) => suites.some((name) => !updatesSuite.test(name)))
  return main && { ...main, suites: [suite], components: ['main'] }
}

/** `Targets` keeps apt from fetching indexes that only software centres read: half of the download. */
export function formatSources(sources: readonly AptSource[]): string {
  const stanzas = sources.map((source) => {
    const fields = [
      ['Types', 'deb'],
      ['URIs', source.uris],
      ['Suites', source.suites.join(' ')],
      ['Components', source.components.join(' ')],
      ['Targets', 'Packages'],
      ...source.access,
    ]
    return fields.map(([name, value]) => `${name}: ${value}\n`).join('')
  })
  return stanzas.join('\n')
}
