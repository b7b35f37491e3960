import type { Archive } from './apt.js'
import { probe } from './commands.js'
import type { AptRelease } from './host.js'

/** One thing to install: the first of these names that the archive has. */
export interface PackageRequest {
  readonly anyOf: readonly string[]
  /** Whether an archive without it will do, as some ship the thing inside another package. */
  readonly isOptional?: boolean
}

export interface InstallPlan {
  readonly packages: readonly string[]
  /** Name and version of each, for people. */
  readonly descriptions: readonly string[]
}

/**
 * Debian suites that have what an older release lacks, in order of preference: testing for its current engine,
 * unstable for the days when testing misses a package, the stable release last because its buildx is years older.
 */
const newerSuites: Record<AptRelease['distribution'], readonly string[]> = {
  debian: ['forky', 'sid', 'trixie'],
  ubuntu: [],
}

/** apt words its answers in the user's language unless told otherwise. */
const untranslated = 'LC_ALL=C'

/** Prefers the release's own archive; else the first newer suite that leaves all installed packages alone. */
export async function findPlan(
  archive: Archive,
  release: AptRelease,
  requests: readonly PackageRequest[],
): Promise<InstallPlan | undefined> {
  for (const suite of [undefined, ...newerSuites[release.distribution]]) {
    archive.pin(suite === undefined ? '' : formatPins(suite, requests))
    if (!(await archive.open(suite))) continue
    const candidates = await readCandidates(archive, requests)
    const packages = choosePackages(requests, candidates)
    if (packages === undefined || !(await isHarmless(archive, packages))) continue
    return { packages, descriptions: packages.map((name) => `${name} ${candidates.get(name) ?? ''}`) }
  }
  return undefined
}

/**
 * The requested packages come from the newer suite; priority 1 lets a new dependency follow when the own archive
 * has no package of that name, and never lifts one that is installed or that the own archive has, such as libc6.
 */
function formatPins(suite: string, requests: readonly PackageRequest[]): string {
  const names = requests.flatMap((request) => request.anyOf).join(' ')
  const pins = [
    ['*', 1],
    [names, 900],
  ] as const
  const stanzas = pins.map(([packages, priority]) => {
    return `Package: ${packages}\nPin: release n=${suite}\nPin-Priority: ${priority}\n`
  })
  return stanzas.join('\n')
}

async function readCandidates(
  archive: Archive,
  requests: readonly PackageRequest[],
): Promise<ReadonlyMap<string, string>> {
  const names = requests.flatMap((request) => request.anyOf)
  const policy = await probe('env', [untranslated, 'apt-cache', ...archive.options, 'policy', ...names])
  const found = policy.stdout.matchAll(/^(\S+):\n.*\n\s+Candidate: (\S+)$/gm)
  return new Map([...found].flatMap(([, name, version]) => (version === '(none)' ? [] : [[name!, version!]])))
}

/** Undefined when something indispensable is missing. */
function choosePackages(
  requests: readonly PackageRequest[],
  candidates: ReadonlyMap<string, string>,
): string[] | undefined {
  const chosen = requests.map((request) => ({
    request,
    name: request.anyOf.find((name) => candidates.has(name)),
  }))
  if (chosen.some(({ request, name }) => name === undefined && request.isOptional !== true)) return undefined
  return chosen.flatMap(({ name }) => name ?? [])
}

/** Simulates the installation: only the named packages may change version, and none may go. */
async function isHarmless(archive: Archive, packages: readonly string[]): Promise<boolean> {
  const args = [...archive.options, '--simulate', '--no-install-recommends', 'install', ...packages]
  const simulation = await probe('env', [untranslated, 'apt-get', ...args])
  const upgraded = [...simulation.stdout.matchAll(/^Inst (\S+) \[/gm)].map(([, name]) => name!)
  return (
    simulation.exitCode === 0 &&
    !/^Remv /m.test(simulation.stdout) &&
    upgraded.every((name) => packages.includes(name))
  )
}
