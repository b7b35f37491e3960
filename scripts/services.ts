import { parseArgs } from 'node:util'
import { baseImage, hasBaseImage } from './services/base-image.js'
import { readEngine } from './services/engine.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { readHost } from './services/host.js'
import { isAnswering } from './services/registry.js'
import { startServices, stopServices } from './services/services.js'
import { readState } from './services/state.js'

/** Each command answers its exit code; `status` answers 1 when something is missing, for use in conditions. */
const commands: Record<string, () => Promise<number>> = { start, stop, status }

async function start(): Promise<number> {
  const { registry, started } = await startServices({ isLasting: true })
  console.error(
    `services: ready, ${started.length > 0 ? `started ${started.join(' and ')}` : 'all ran before'}`,
  )
  console.log(registry)
  return 0
}

async function stop(): Promise<number> {
  const stopped = await stopServices()
  console.error(
    `services: ${stopped.length > 0 ? `stopped ${stopped.join(' and ')}` : 'nothing of ours runs'}`,
  )
  return 0
}

async function status(): Promise<number> {
  const state = readState(readHost())
  const { server, hasBuildx } = await readEngine()
  const owner = state.engine ? 'started by this script' : 'not started by this script'
  const address = state.registry?.address
  const isRegistryThere = address !== undefined && (await isAnswering(address))
  const isImageThere = await hasBaseImage('linux/amd64')
  console.log(`engine    ${'version' in server ? `${server.version}, ${owner}` : server.unreachable}`)
  console.log(`buildx    ${hasBuildx ? 'there' : 'missing'}`)
  console.log(`registry  ${isRegistryThere ? address : 'missing'}`)
  console.log(`image     ${isImageThere ? baseImage : 'missing'}`)
  return 'version' in server && hasBuildx && isRegistryThere && isImageThere ? 0 : 1
}

async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const command = commands[positionals[0] ?? 'start']
  if (command && positionals.length <= 1) return await command()
  console.error(`services: expected one of ${Object.keys(commands).join(', ')}`)
  return 2
}

try {
  process.exitCode = await main()
} catch (error) {
  const isMissing = error instanceof EnvironmentMissing
  console.error(isMissing ? `services: ${error.message}` : error)
  process.exitCode = isMissing ? environmentMissingExitCode : 1
}
