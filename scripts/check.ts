/* Everything that a change must pass before it is sent: types, style, a current `dist` and schema, all tests. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const steps: readonly (readonly [string, ...string[]])[] = [
  [bin('tsc'), '--noEmit', '-p', 'tsconfig.check.json'],
  [bin('eslint'), '.'],
  [bin('prettier'), '--check', '.'],
  [process.execPath, '--import', 'tsx', 'scripts/schema.ts', '--check'],
  [process.execPath, '--import', 'tsx', 'scripts/build.ts'],
  ['git', 'diff', '--exit-code', '--stat', 'dist'],
  [process.execPath, '--import', 'tsx', 'scripts/test.ts'],
]

for (const [program, ...args] of steps) {
  console.error(`check: ${program.replace(`${root}/`, '')} ${args.join(' ')}`)
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    process.exitCode = status ?? 1
    break
  }
}
