import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { PackageRequest } from './apt-plan.js'
import { run, waitUntil } from './commands.js'
import { isAlive, launch, type ProcessRecord, terminate } from './daemon.js'
import { EnvironmentMissing } from './environment-missing.js'
import { findExecutable, type Host } from './host.js'

/** A registry that was started, and how to end it from any process. */
export interface RegistryRecord {
  /** `localhost:PORT`: Docker speaks plain HTTP to a registry of this name only. */
  readonly address: string
  readonly backing: RegistryProcess | RegistryContainer
}

interface RegistryProcess {
  readonly kind: 'process'
  readonly process: ProcessRecord
  /** Storage and configuration, removed with the registry. */
  readonly folder: string
}

interface RegistryContainer {
  readonly kind: 'container'
  readonly id: string
}

export interface RegistryOptions {
  /** The text of an htpasswd file; its hashes must be bcrypt. Without it the registry asks nobody who they are. */
  readonly htpasswd?: string
}

const containerImage = 'registry:3'
const startTimeoutMs = 20_000
const stopTimeoutMs = 5_000
const portAttempts = 3

export function registryPackages(host: Host): PackageRequest[] {
  return findExecutable(host, 'docker-registry') === undefined ? [{ anyOf: ['docker-registry'] }] : []
}

/** Runs the machine's docker-registry, else a container, which needs a running engine that can get the image. */
export async function launchRegistry(host: Host, options: RegistryOptions): Promise<RegistryRecord> {
  const executable = findExecutable(host, 'docker-registry')
  const registry = executable
    ? await launchProcess({ host, executable, htpasswd: options.htpasswd })
    : await launchContainer(host, options)
  if (await waitUntil(() => isAnswering(registry.address), startTimeoutMs)) return registry
  await stopRegistry(registry)
  throw new Error(`the registry at ${registry.address} does not answer`)
}

/** A registry that wants a password answers 401, which is an answer. */
export async function isAnswering(address: string): Promise<boolean> {
  try {
    const response = await fetch(`http://${address}/v2/`, { signal: AbortSignal.timeout(2000) })
    await response.arrayBuffer()
    return response.status === 200 || response.status === 401
  } catch {
    return false
  }
}

export async function stopRegistry(registry: RegistryRecord): Promise<void> {
  switch (registry.backing.kind) {
    case 'process':
      await terminate(registry.backing.process, stopTimeoutMs)
      rmSync(registry.backing.folder, { recursive: true, force: true })
      return
    case 'container':
      await run('docker', ['rm', '--force', '--volumes', registry.backing.id])
  }
}

interface ProcessOptions {
  readonly host: Host
  readonly executable: string
  readonly htpasswd: string | undefined
}

/** Another process may take the free port before the registry does; then the registry ends and the next is tried. */
async function launchProcess({ host, executable, htpasswd }: ProcessOptions): Promise<RegistryRecord> {
  const folder = mkdtempSync(join(host.folder, 'registry-'))
  const log = join(host.folder, 'registry.log')
  for (let attempt = 1; attempt <= portAttempts; attempt += 1) {
    const port = await findFreePort()
    const file = writeConfiguration(folder, port, htpasswd)
    const registry = await launch({ executable, args: ['serve', file], log, searchPath: host.searchPath })
    const address = `localhost:${port}`
    await waitUntil(async () => !isAlive(registry) || (await isAnswering(address)), startTimeoutMs)
    if (isAlive(registry)) return { address, backing: { kind: 'process', process: registry, folder } }
  }
  throw new Error(`docker-registry ends right after its start (log: ${log})`)
}

/** JSON is YAML, the format of this file. */
function writeConfiguration(folder: string, port: number, htpasswd: string | undefined): string {
  const passwords = join(folder, 'htpasswd')
  if (htpasswd !== undefined) writeFileSync(passwords, htpasswd, { mode: 0o600 })
  const configuration = {
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}` },
    ...(htpasswd === undefined ? {} : { auth: { htpasswd: { realm: 'registry', path: passwords } } }),
  }
  const file = join(folder, 'config.yml')
  writeFileSync(file, JSON.stringify(configuration, undefined, 2))
  return file
}

/** The password file is copied in, as a mount would need a folder that the engine's machine shares. */
async function launchContainer(host: Host, { htpasswd }: RegistryOptions): Promise<RegistryRecord> {
  const passwords = '/htpasswd'
  const variables = {
    REGISTRY_STORAGE_DELETE_ENABLED: 'true',
    REGISTRY_LOG_LEVEL: 'warn',
    REGISTRY_LOG_ACCESSLOG_DISABLED: 'true',
    ...(htpasswd === undefined
      ? {}
      : { REGISTRY_AUTH_HTPASSWD_REALM: 'registry', REGISTRY_AUTH_HTPASSWD_PATH: passwords }),
  }
  const env = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  const id = await createContainer([...env, '--publish', '127.0.0.1::5000', containerImage])
  if (htpasswd !== undefined) {
    const folder = mkdtempSync(join(host.folder, 'htpasswd-'))
    writeFileSync(join(folder, 'htpasswd'), htpasswd, { mode: 0o644 })
    await run('docker', ['cp', join(folder, 'htpasswd'), `${id}:${passwords}`])
    rmSync(folder, { recursive: true })
  }
  await run('docker', ['start', id])
  const published = await run('docker', ['port', id, '5000/tcp'])
  return { address: `localhost:${published.trim().split(':').at(-1)!}`, backing: { kind: 'container', id } }
}

async function createContainer(args: readonly string[]): Promise<string> {
  try {
    return (await run('docker', ['create', ...args])).trim()
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n').at(-1)! : String(error)
    const missing = `there is neither docker-registry nor the image ${containerImage} (${reason})`
    throw new EnvironmentMissing(missing, 'install the package docker-registry, or pull that image')
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port')
  return address.port
}
