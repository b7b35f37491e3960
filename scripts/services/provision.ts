import type { Apt } from './apt.js'
import { baseImage, hasBaseImage, makeBaseImage, pullBaseImage } from './base-image.js'
import { areBuilding, buildersOf, type BuildersRecord, launchBuilders, stopBuilders } from './builders.js'
import { buildkitImage, hasBuildkitImage, makeBuildkitImage, pullBuildkitImage } from './buildkit-image.js'
import { enginePackages, isUsable, readEngine, requireStartable, startEngine } from './engine.js'
import { EnvironmentMissing } from './environment-missing.js'
import { findExecutable, type Host } from './host.js'
import type { Progress } from './progress.js'
import {
  isAnswering,
  launchRegistry,
  type RegistryOptions,
  type RegistryRecord,
  registryPackages,
} from './registry.js'
import { readState, type State } from './state.js'

/** What the steps need to provide a service, and where they say what they started. */
export interface Provision {
  readonly host: Host
  readonly progress: Progress
  /** What the base image must be made for. */
  readonly platform: string
  /** Undefined on machines without apt. All steps share one apt, so that lists are fetched once. */
  readonly openApt: (() => Apt) | undefined
  /** Called as soon as a process exists, so that an interruption in the next moment can end it. */
  readonly onStart: (service: State) => void
}

/** Installs the registry in the same run of apt as the engine: a second run costs seconds. */
export async function provideEngine(provision: Provision): Promise<void> {
  const { host, progress, onStart } = provision
  const found = await readEngine()
  requireStartable(host, found)
  if (!isUsable(found)) await installEngine(provision, enginePackages(host, found))
  if ('version' in found.server) {
    progress.note(`Docker engine ${found.server.version} answers`)
  } else {
    const onLaunch = (engine: NonNullable<State['engine']>): void => {
      onStart({ engine })
    }
    await progress.step(
      () => startEngine({ host, progress, onLaunch }),
      (version) => `started Docker engine ${version}`,
    )
  }
  if (!found.hasBuildx) await requireBuildx(host)
}

async function installEngine(
  provision: Provision,
  packages: ReturnType<typeof enginePackages>,
): Promise<void> {
  if (packages.length === 0) return
  const { host, progress } = provision
  const apt = openRootApt(provision)
  if (apt === undefined) {
    const names = packages.map((request) => request.anyOf[0]).join(', ')
    throw new EnvironmentMissing(
      `this machine lacks ${names}, and packages are installed for root on Debian or Ubuntu only`,
      'install a Docker engine with buildx',
    )
  }
  await progress.step(
    () => apt.install([...packages, ...registryPackages(host)]),
    () => 'installed',
  )
}

/** A client of the owner's that precedes the package's on PATH may look for plugins elsewhere. */
async function requireBuildx(host: Host): Promise<void> {
  if ((await readEngine()).hasBuildx) return
  const client = findExecutable(host, 'docker') ?? 'docker'
  throw new EnvironmentMissing(`${client} does not find its plugin buildx`, 'update or remove this client')
}

/** Answers the address. */
export async function provideRegistry(provision: Provision): Promise<string> {
  const known = readState(provision.host).registry
  if (known === undefined || !(await isAnswering(known.address)))
    return (await addRegistry(provision, {})).address
  provision.progress.note(`registry ${known.address} answers`)
  return known.address
}

/** Starts one more registry, after getting the software for it where needed. */
export async function addRegistry(provision: Provision, options: RegistryOptions): Promise<RegistryRecord> {
  const { host, progress, onStart } = provision
  await installRegistry(provision)
  return await progress.step(
    async () => {
      const registry = await launchRegistry(host, options)
      onStart({ registry })
      return registry
    },
    ({ address }) => `started registry ${address}`,
  )
}

/** A failure is not the end: the registry can run in a container too. */
async function installRegistry(provision: Provision): Promise<void> {
  const packages = registryPackages(provision.host)
  const apt = packages.length > 0 ? openRootApt(provision) : undefined
  if (apt === undefined) return
  try {
    await provision.progress.step(
      () => apt.install(packages),
      () => 'installed',
    )
  } catch (error) {
    if (!(error instanceof EnvironmentMissing)) throw error
    provision.progress.note(error.message)
  }
}

export async function provideImage({ host, progress, platform, openApt }: Provision): Promise<void> {
  if (await hasBaseImage(platform)) {
    progress.note(`image ${baseImage} is there`)
    return
  }
  const isPulled = await progress.step(
    () => pullBaseImage(host, platform),
    (isDone) => (isDone ? `pulled ${baseImage}` : `${baseImage} cannot be pulled`),
  )
  if (isPulled) return
  if (openApt === undefined || host.containerPlatform !== platform) {
    throw new EnvironmentMissing(
      `the image ${baseImage} for ${platform} can neither be pulled nor be made on this machine`,
      'give the engine access to the image, or load it from a file',
    )
  }
  const make = { host, platform, apt: openApt() }
  await progress.step(
    () => makeBaseImage(make),
    (source) => `made ${baseImage} from Debian package ${source}`,
  )
}

/** After all others, which builders are made of. */
export async function provideBuilders(provision: Provision, registry: string): Promise<BuildersRecord> {
  const { host, progress, onStart } = provision
  const known = readState(host).builders
  if (known && (await areBuilding(known, registry))) {
    progress.note(`builders ${known.container} and ${known.remote} answer`)
    return known
  }
  await provideBuildkitImage(provision)
  if (known) await stopBuilders(known)
  const builders = buildersOf(registry)
  onStart({ builders })
  await progress.step(
    () => launchBuilders(host, builders),
    () => `started builders ${builders.container} and ${builders.remote}`,
  )
  return builders
}

async function provideBuildkitImage({ host, progress }: Provision): Promise<void> {
  if (await hasBuildkitImage()) return
  const isPulled = await progress.step(
    () => pullBuildkitImage(host),
    (isDone) => (isDone ? `pulled ${buildkitImage}` : `${buildkitImage} cannot be pulled`),
  )
  if (isPulled) return
  progress.note(`compiling ${buildkitImage} …`)
  await progress.step(
    () => makeBuildkitImage({ host, progress }),
    () => `made ${buildkitImage}`,
  )
}

function openRootApt({ host, openApt }: Provision): Apt | undefined {
  return host.isRoot ? openApt?.() : undefined
}
