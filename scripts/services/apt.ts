import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPlan, type PackageRequest } from './apt-plan.js'
import { formatSources, readOwnSources, sourceOfSuite } from './apt-sources.js'
import { runLogged } from './commands.js'
import { EnvironmentMissing } from './environment-missing.js'
import type { AptRelease } from './host.js'
import { withoutServiceStarts } from './policy.js'
import type { Progress } from './progress.js'

export interface Apt {
  /** Needs root. */
  install(requests: readonly PackageRequest[]): Promise<void>
  /** Fetches a package's file without installing it; answers the file. Needs no root. */
  download(fetch: PackageFetch): Promise<string>
  /** Removes the private lists and cache; the object is of no use afterwards. */
  close(): void
}

export interface PackageFetch {
  readonly packageName: string
  readonly folder: string
  /** Where to take it from by preference, when not from the machine's own release. */
  readonly suite: string | undefined
}

export interface AptContext {
  readonly release: AptRelease
  /** Where the private configuration and the log are kept. */
  readonly folder: string
  readonly progress: Progress
}

/** apt's private files, and the suites whose lists they hold at present. */
export interface Archive {
  /** Options of apt-get and apt-cache that select the private files. */
  readonly options: readonly string[]
  /** Opens the own archive, with `suite` of the same mirror beside it; answers whether its lists could be read. */
  open(suite?: string): Promise<boolean>
  /** `apt-get` with retries, as mirrors and networks fail for moments; answers whether it succeeded. */
  get(args: readonly string[], workingFolder?: string): Promise<boolean>
  pin(preferences: string): void
}

const attempts = 3

/**
 * An apt with sources, pins, lists and a cache of its own, so that the machine's apt configuration is the same
 * after the run. Only the dpkg database is shared: that is what installing means.
 */
export function createApt(context: AptContext): Apt {
  const home = mkdtempSync(join(context.folder, 'apt-'))
  const log = join(context.folder, 'apt.log')
  const archive = createArchive(home, context.release, log)

  function failure(what: string): EnvironmentMissing {
    if (existsSync(log)) context.progress.tail(log)
    return new EnvironmentMissing(
      `apt could not ${what} (log: ${log})`,
      'repair what the log names, or install the packages yourself',
    )
  }

  return {
    install: async (requests) => {
      const plan = await findPlan(archive, context.release, requests)
      if (!plan) throw failure(`find ${requests.map((request) => request.anyOf[0]).join(', ')}`)
      context.progress.note(`installing ${plan.descriptions.join(', ')} … (log: ${log})`)
      await withoutServiceStarts(async () => {
        const args = ['install', '--yes', '--no-install-recommends', ...plan.packages]
        if (!(await archive.get(args))) throw failure(`install ${plan.packages.join(', ')}`)
      })
    },
    download: async ({ packageName, folder, suite }) => {
      const isSuiteOpen = suite !== undefined && (await archive.open(suite))
      const wanted = isSuiteOpen ? `${packageName}/${suite}` : packageName
      const isFetched =
        (isSuiteOpen || (await archive.open())) && (await archive.get(['download', wanted], folder))
      const file = readdirSync(folder).find((name) => name.startsWith(`${packageName}_`))
      if (!isFetched || file === undefined) throw failure(`download ${packageName}`)
      return join(folder, file)
    },
    close: () => {
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function createArchive(home: string, release: AptRelease, log: string): Archive {
  const options = preparePrivateFiles(home)
  const own = readOwnSources(release)
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C', NEEDRESTART_SUSPEND: '1' }
  let opened: string | undefined

  const archive: Archive = {
    options,
    open: async (suite) => {
      const newer = suite === undefined ? undefined : sourceOfSuite(own, suite)
      const sources = formatSources(newer ? [...own, newer] : own)
      if (sources === '' || sources === opened) return sources === opened
      writeFileSync(join(home, 'sources', 'archive.sources'), sources)
      opened = (await archive.get(['update'])) ? sources : undefined
      return opened !== undefined
    },
    get: async (args, workingFolder = home) => {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        if (attempt > 1) await sleep(1000 * attempt)
        if ((await runLogged('apt-get', [...options, ...args], { log, env, workingFolder })) === 0)
          return true
      }
      return false
    },
    pin: (preferences) => {
      writeFileSync(join(home, 'preferences', 'suite.pref'), preferences)
    },
  }
  return archive
}

/** Images of Debian switch these caches off to stay small; every apt command then parses all lists anew. */
const fasterThanImagesWant = {
  'Dir::Cache::pkgcache': 'pkgcache.bin',
  'Dir::Cache::srcpkgcache': 'srcpkgcache.bin',
  'Acquire::GzipIndexes': 'false',
}

/** apt drops its rights to user `_apt` for downloads, so every folder must be open for others to enter. */
function preparePrivateFiles(home: string): string[] {
  chmodSync(home, 0o755)
  for (const folder of ['sources', 'preferences', 'lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(home, folder), { recursive: true, mode: 0o755 })
  }
  const settings = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(home, 'sources'),
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': join(home, 'preferences'),
    'Dir::State::lists': join(home, 'lists'),
    'Dir::Cache': join(home, 'cache'),
    ...fasterThanImagesWant,
    'APT::Update::Error-Mode': 'any',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
    'DPkg::Lock::Timeout': '300',
    'Dpkg::Use-Pty': '0',
    'Dpkg::Options::': '--force-confold',
  }
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])]
}
