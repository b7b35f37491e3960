/* All tests, with the engine and the registry that they need. Options are jest's. */
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { startServices } from './services/services.js'
import { runJest } from './jest.js'

try {
  const services = await startServices()
  try {
    const args = process.argv.slice(2)
    process.exitCode = runJest(args, { SMART_IMAGE_BUILD_TEST_REGISTRY: services.registry })
  } finally {
    await services.stop()
  }
} catch (error) {
  if (!(error instanceof EnvironmentMissing)) throw error
  console.error(`test: ${error.message}`)
  process.exitCode = environmentMissingExitCode
}
