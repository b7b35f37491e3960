import { type Apt, createApt } from './apt.js'
import { baseImage, hasBaseImage } from './base-image.js'
import { stopEngine } from './engine.js'
import { type Host, readHost } from './host.js'
import { type Progress, progressOnStderr } from './progress.js'
import { addRegistry, provideEngine, provideImage, type Provision, provideRegistry } from './provision.js'
import { isAnswering, type RegistryOptions, type RegistryRecord, stopRegistry } from './registry.js'
import { prepareFolder, readState, type State, withLock, writeState } from './state.js'
import { onTermination } from './termination.js'

export type ServiceName = keyof State

export interface StartOptions {
  /** Whether the services stay when this process ends; else a signal that ends it stops them, as `stop` does. */
  readonly isLasting?: boolean
  /** What the base image is for; `linux/amd64` unless told otherwise. */
  readonly platform?: string
  readonly progress?: Progress
  readonly host?: Host
}

export interface Services {
  /** `localhost:PORT`, to be put before a repository name. */
  readonly registry: string
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
  const running = await findRunning(host, options.platform ?? defaultPlatform)
  if (running !== undefined)
    return { registry: running, baseImage, started: [], stop: () => Promise.resolve() }
  const mine = createHoldings(host)
  try {
    const registry = await withLock(host, () => withApt({ ...options, host }, mine.add, provideAll))
    const started = mine.names()
    if (options.isLasting === true) mine.forget()
    return { registry, baseImage, started, stop: mine.stop }
  } catch (error) {
    await mine.stop()
    throw error
  }
}

/** Order matters: the registry may be a container, and the image is built by the engine. */
async function provideAll(provision: Provision): Promise<string> {
  await provideEngine(provision)
  const registry = await provideRegistry(provision)
  await provideImage(provision)
  return registry
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

/** Stops what an earlier start left running; answers what that was. */
export async function stopServices(host: Host = readHost()): Promise<readonly ServiceName[]> {
  return await withLock(host, async () => {
    const state = readState(host)
    await stopAll(host, state)
    return namesOf(state)
  })
}

/**
 * The registry's address when all are there; asked without the lock, as nothing is changed. The image's presence is
 * the engine's answer, and a registry gets into the state only after buildx was found: one docker command is enough.
 */
async function findRunning(host: Host, platform: string): Promise<string | undefined> {
  const registry = readState(host).registry?.address
  if (registry === undefined) return undefined
  const answers = await Promise.all([isAnswering(registry), hasBaseImage(platform)])
  return answers.every(Boolean) ? registry : undefined
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

/** The registry goes first, as its container needs the engine. What others started since stays in the state. */
async function stopAll(host: Host, services: State): Promise<void> {
  if (services.registry) await stopRegistry(services.registry)
  if (services.engine) await stopEngine(services.engine)
  const { engine, registry } = readState(host)
  writeState(host, {
    ...(engine && engine.pid !== services.engine?.pid ? { engine } : {}),
    ...(registry && registry.address !== services.registry?.address ? { registry } : {}),
  })
}

function namesOf(services: State): ServiceName[] {
  return (['engine', 'registry'] as const).filter((name) => services[name] !== undefined)
}
