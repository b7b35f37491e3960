/*
 * The quick tests: no Docker, no network, no git, no waiting; the longest properties are tried less often than in all
 * tests. Options are jest's.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runJest } from './jest.js'

const tests = join(import.meta.dirname, '../__tests__')

/** What takes something of the rig starts git or servers. */
function takesRig(path: string): boolean {
  return / from '(?:\.\.?\/)+rig\//.test(readFileSync(join(tests, path), 'utf8'))
}

const withRig = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && takesRig(path))
  .map((path) => path.replaceAll('\\', '/'))

process.exitCode = runJest(
  [
    // Of two processors jest would leave one idle.
    '--maxWorkers=100%',
    ...process.argv.slice(2),
    `--testPathIgnorePatterns=/__tests__/(?:(?:integration|rig|adapters|workflows)/|${withRig.join('|')})`,
  ],
  { SMART_IMAGE_BUILD_TEST_QUICK: 'true' },
)
