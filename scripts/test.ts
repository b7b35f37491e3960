/*
 * All tests, with the engine and the registry that they need, and builders of every driver for tests that take those.
 * Options are jest's.
 */
import { readFileSync } from 'node:fs'
import type { BuildersRecord } from './services/builders.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { startServices } from './services/services.js'
import { listTests, runJest } from './jest.js'

const args = process.argv.slice(2)

/** Builders cost seconds, and minutes where their software must be compiled. */
function takesBuilders(test: string): boolean {
  return / from '(?:\.\.?\/)+rig\/(?:builders|cold-builders|cold-shop)\.js'/.test(readFileSync(test, 'utf8'))
}

function namesByDriver({ container, remote }: BuildersRecord): string {
  return JSON.stringify({ 'docker-container': container, remote })
}

try {
  const services = await startServices({ hasBuilders: listTests(args).some(takesBuilders) })
  try {
    // While one test waits for the engine, another has something to do; more would wait for each other.
    process.exitCode = runJest(['--maxWorkers=2', ...args], {
      SMART_IMAGE_BUILD_TEST_REGISTRY: services.registry,
      ...(services.builders && { SMART_IMAGE_BUILD_TEST_BUILDERS: namesByDriver(services.builders) }),
    })
  } finally {
    await services.stop()
  }
} catch (error) {
  if (!(error instanceof EnvironmentMissing)) throw error
  console.error(`test: ${error.message}`)
  process.exitCode = environmentMissingExitCode
}
