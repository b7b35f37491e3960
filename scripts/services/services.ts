import { type Apt, createApt } from './apt.js'
import { baseImage, hasBaseImage } from './base-image.js'
import { areBuilding, type BuildersRecord, stopBuilders } from './builders.js'
import { stopEngine } from './engine.js'
import { type Host, readHost } from './host.js'
import { type Progress, progressOnStderr } from './progress.js'
import {
  addRegistry,
  provideBuilders,
  provideEngine,
  provideImage,
  type Provision,
  provideRegistry,
} from './provision.js'
import { isAnswering, type RegistryOptions, type RegistryRecord, stopRegistry } from './registry.js'
import { prepareFolder, readState, type State, withLock, writeState } from './state.js'
import { onTermination } from './termination.js'

export type ServiceName = keyof State

export interface StartOptions {
  /** Whether the services stay when this process ends; else a signal that ends it stops them, as `stop` does. */
  readonly isLasting?: boolean
  /** What the base image is for; `linux/amd64` unless told otherwise. */
  readonly platform?: string
  /** Whether there are to be builders of the other drivers too, whose software may have to be compiled first. */
  readonly hasBuilders?: boolean
  readonly progress?: Progress
  readonly host?: Host
}

interface Provided {
  /** `localhost:PORT`, to be put before a repository name. */
  readonly registry: string
  /** As asked for. */
  readonly builders?: BuildersRecord
}

export interface Services extends Provided {
  readonly baseImage: string
  /** What this call started; empty when all was running before. */
  readonly started: readonly ServiceName[]
  /** Stops what this call started, and nothing else. A second call does nothing. */
  stop(): Promise<void>
}

export interface PrivateRegistry {
  readonly registry: string
  stop(): Promise<void>
}

const defaultPlatform = 'linux/amd64'

/**
 * Provides a Docker engine with buildx, a registry and the base image, reusing what runs already. Throws
 * `EnvironmentMissing` when this machine cannot have one of them, after stopping what it had started.
 */
export async function startServices(options: StartOptions = {}): Promise<Services> {
  const host = options.host ?? readHost()
  const running = await findRunning(host, options)
  if (running !== undefined) return { ...running, baseImage, started: [], stop: () => Promise.resolve() }
  const mine = createHoldings(host)
  try {
    const provideAll = options.hasBuilders === true ? provideWithBuilders : provideServices
    const provided = await withLock(host, () => withApt({ ...options, host }, mine.add, provideAll))
    const started = mine.names()
    if (options.isLasting === true) mine.forget()
    return { ...provided, baseImage, started, stop: mine.stop }
  } catch (error) {
    await mine.stop()
    throw error
  }
}

/** Order matters: the registry may be a container, and the image is built by the engine. */
async function provideServices(provision: Provision): Promise<Provided> {
  await provideEngine(provision)
  const registry = await provideRegistry(provision)
  await provideImage(provision)
  return { registry }
}

async function provideWithBuilders(provision: Provision): Promise<Provided> {
  const { registry } = await provideServices(provision)
  return { registry, builders: await provideBuilders(provision, registry) }
}

/** One more registry, such as one with passwords; it is no part of the state and ends with this process. */
export async function startRegistry(options: RegistryOptions & StartOptions = {}): Promise<PrivateRegistry> {
  const host = options.host ?? readHost()
  prepareFolder(host)
  const started: RegistryRecord[] = []
  const stop = async (): Promise<void> => {
    forget()
    for (const registry of started.splice(0)) await stopRegistry(registry)
  }
  const forget = onTermination(stop)
  const onStart = ({ registry }: State): void => {
    if (registry) started.push(registry)
  }
  try {
    const { address } = await withApt({ ...options, host }, onStart, (provision) =>
      addRegistry(provision, options),
    )
    return { registry: address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Stops what an earlier start left running, all or only the builders; answers what that was. */
export async function stopServices(
  which: 'all' | 'builders' = 'all',
  host: Host = readHost(),
): Promise<readonly ServiceName[]> {
  return await withLock(host, async () => {
    const { builders, ...others } = readState(host)
    const state = { ...(builders && { builders }), ...(which === 'all' && others) }
    await stopAll(host, state)
    return namesOf(state)
  })
}

/**
 * What was asked for, when all of it is there; asked without the lock, as nothing is changed. The image's presence is
 * the engine's answer, and a registry gets into the state only after buildx was found: one docker command is enough.
 */
async function findRunning(host: Host, options: StartOptions): Promise<Provided | undefined> {
  const { platform = defaultPlatform, hasBuilders = false } = options
  const { registry, builders } = readState(host)
  if (registry === undefined) return undefined
  const { address } = registry
  const answers = [isAnswering(address), hasBaseImage(platform)]
  if (hasBuilders) answers.push(areBuilding(builders, address))
  if ((await Promise.all(answers)).includes(false)) return undefined
  return { registry: address, ...(hasBuilders && builders && { builders }) }
}

type Provisioning<T> = (provision: Provision) => Promise<T>

async function withApt<T>(
  options: StartOptions & { readonly host: Host },
  onStart: (service: State) => void,
  work: Provisioning<T>,
): Promise<T> {
  const { host, progress = progressOnStderr, platform = defaultPlatform } = options
  const release = host.aptRelease
  let apt: Apt | undefined
  const openApt = release && ((): Apt => (apt ??= createApt({ release, folder: host.folder, progress })))
  const close = (): void => {
    apt?.close()
  }
  const forget = onTermination(close)
  try {
    return await work({ host, progress, platform, openApt, onStart })
  } finally {
    forget()
    close()
  }
}

interface Holdings {
  readonly add: (service: State) => void
  readonly names: () => ServiceName[]
  /** Leaves the services to whoever stops them by the state file. */
  readonly forget: () => void
  readonly stop: () => Promise<void>
}

/** What one call started. It is in the state file too, for reuse and for a stop after this process crashed. */
function createHoldings(host: Host): Holdings {
  let held: State = {}
  const stop = async (): Promise<void> => {
    forget()
    const ending = held
    held = {}
    await stopAll(host, ending)
  }
  const forget = onTermination(stop)
  return {
    add: (service) => {
      held = { ...held, ...service }
      writeState(host, { ...readState(host), ...service })
    },
    names: () => namesOf(held),
    forget,
    stop,
  }
}

/** The engine goes last, as the others' containers need it. What others started since stays in the state. */
async function stopAll(host: Host, services: State): Promise<void> {
  if (services.builders) await stopBuilders(services.builders)
  if (services.registry) await stopRegistry(services.registry)
  if (services.engine) await stopEngine(services.engine)
  const { engine, registry, builders } = readState(host)
  writeState(host, {
    ...(engine && engine.pid !== services.engine?.pid ? { engine } : {}),
    ...(registry && registry.address !== services.registry?.address ? { registry } : {}),
    ...(builders && builders.registry !== services.builders?.registry ? { builders } : {}),
  })
}

function namesOf(services: State): ServiceName[] {
  return (['engine', 'registry', 'builders'] as const).filter((name) => services[name] !== undefined)
}
