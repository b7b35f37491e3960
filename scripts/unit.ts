/* The quick tests: no Docker, no network. Options are jest's. */
import { runJest } from './jest.js'

process.exitCode = runJest(['--testPathIgnorePatterns=/integration/', ...process.argv.slice(2)])
