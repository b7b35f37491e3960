import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const jest = join(root, 'node_modules/jest/bin/jest.js')
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']

/** Runs jest with its options and returns its exit code; native ESM still wants the flag on every Node. */
export function runJest(args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const options = { cwd: root, stdio: 'inherit' as const, env: { ...process.env, ...env } }
  return spawnSync(process.execPath, [...flags, jest, ...args], options).status ?? 1
}

/** Paths of the tests that `runJest` would run. */
export function listTests(args: readonly string[]): string[] {
  const others = args.filter((arg) => !/^--(?:json|outputFile)\b/.test(arg))
  const options = { cwd: root, encoding: 'utf8' as const, stdio: 'pipe' as const }
  return spawnSync(process.execPath, [...flags, jest, ...others, '--listTests'], options)
    .stdout.split('\n')
    .filter(Boolean)
}
