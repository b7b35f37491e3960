import { parseArgs } from 'node:util'
import { baseImage, hasBaseImage } from './services/base-image.js'
import { areBuilding } from './services/builders.js'
import { readEngine } from './services/engine.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { readHost } from './services/host.js'
import { isAnswering } from './services/registry.js'
import { startServices, stopServices } from './services/services.js'
import { readState } from './services/state.js'

/** `start builders` starts these too, `stop builders` stops nothing else. */
type Which = 'all' | 'builders'

/**
 * Each command answers its exit code; `status` answers 1 when something is missing, for use in conditions. Builders are
 * missing nowhere: `npm test` starts them for the tests that take them.
 */
const commands: Record<string, (which: Which) => Promise<number>> = { start, stop, status }

async function start(which: Which): Promise<number> {
  const { registry, started } = await startServices({ isLasting: true, hasBuilders: which === 'builders' })
  console.error(
    `services: ready, ${started.length > 0 ? `started ${started.join(' and ')}` : 'all ran before'}`,
  )
  console.log(registry)
  return 0
}

async function stop(which: Which): Promise<number> {
  const stopped = await stopServices(which)
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
  const builders = (await areBuilding(state.builders, address ?? '')) ? state.builders : undefined
  console.log(`engine    ${'version' in server ? `${server.version}, ${owner}` : server.unreachable}`)
  console.log(`buildx    ${hasBuildx ? 'there' : 'missing'}`)
  console.log(`registry  ${isRegistryThere ? address : 'missing'}`)
  console.log(`image     ${isImageThere ? baseImage : 'missing'}`)
  console.log(`builders  ${builders ? `${builders.container}, ${builders.remote}` : 'none'}`)
  return 'version' in server && hasBuildx && isRegistryThere && isImageThere ? 0 : 1
}

async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const [name = 'start', which = 'all', ...others] = positionals
  const command = commands[name]
  if (command && (which === 'all' || which === 'builders') && others.length === 0) return await command(which)
  console.error(`services: expected one of ${Object.keys(commands).join(', ')}, and perhaps builders`)
  return 2
}

try {
  process.exitCode = await main()
} catch (error) {
  const isMissing = error instanceof EnvironmentMissing
  console.error(isMissing ? `services: ${error.message}` : error)
  process.exitCode = isMissing ? environmentMissingExitCode : 1
}
