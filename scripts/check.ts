/*
 * Everything that a change must pass: types, style, schema, a current `dist`, all tests, the demo. All of it runs,
 * whatever fails before. Ends with a line that counts: tests one by one, every other step as one.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

interface JestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  /** Suites that did not even start. */
  readonly numRuntimeErrorTestSuites: number
}

const root = join(import.meta.dirname, '..')
const results = mkdtempSync(join(tmpdir(), 'check-'))
const report = join(results, 'jest.json')
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const STEPS: readonly Step[] = [
  { name: 'types', command: [bin('tsc'), '--noEmit', '-p', 'tsconfig.check.json'] },
  { name: 'lint', command: [bin('eslint'), '.'] },
  { name: 'format', command: [bin('prettier'), '--check', '.'] },
  { name: 'schema', command: [process.execPath, '--import', 'tsx', 'scripts/schema.ts', '--check'] },
  { name: 'build', command: [process.execPath, '--import', 'tsx', 'scripts/build.ts'] },
  // A new part of the bundle is not tracked yet, and must not pass for that.
  { name: 'dist is tracked', command: ['git', 'add', '--intent-to-add', 'dist'] },
  { name: 'dist is current', command: ['git', 'diff', '--exit-code', '--stat', '--', 'dist'] },
  { name: 'tests', command: ['npm', 'test', '--', '--json', `--outputFile=${report}`] },
  { name: 'demo', command: ['npm', 'run', 'demo'] },
]

function passes({ name, command: [program, ...args] }: Step): boolean {
  console.log(`\n=== ${name}`)
  const started = Date.now()
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(
    `=== ${name}: ${status === 0 ? 'passed' : `FAILED with ${status ?? 'a signal'}`} (${seconds} s)`,
  )
  return status === 0
}

function count(): { passed: number; failed: number } {
  let passed = 0
  let failed = 0
  for (const step of STEPS) {
    const isPassed = passes(step)
    // The tests' own report counts in place of their step, unless they did not get as far as one.
    if (step.name === 'tests' && existsSync(report)) {
      const tests = JSON.parse(readFileSync(report, 'utf8')) as JestReport
      passed += tests.numPassedTests
      failed += Math.max(tests.numFailedTests + tests.numRuntimeErrorTestSuites, isPassed ? 0 : 1)
    } else if (isPassed) passed += 1
    else failed += 1
  }
  return { passed, failed }
}

try {
  const { passed, failed } = count()
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
} finally {
  rmSync(results, { recursive: true, force: true })
}
