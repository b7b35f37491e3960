/* The quick tests: no Docker, no network, no waiting. Options are jest's. */
import { runJest } from './jest.js'

process.exitCode = runJest([
  ...process.argv.slice(2),
  '--testPathIgnorePatterns=/__tests__/(?:integration|rig|adapters)/',
])
