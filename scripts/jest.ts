import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Runs jest with its options and returns its exit code; native ESM still wants the flag on every Node. */
export function runJest(args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const options = { cwd: root, stdio: 'inherit' as const, env: { ...process.env, ...env } }
  return spawnSync(process.execPath, [...flags, jest, ...args], options).status ?? 1
}
