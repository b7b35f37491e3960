// @ts-check
/*
 * The way into every script from a fresh clone, in plain JavaScript as nothing is installed yet: installs the pinned
 * dependencies where they are missing or outdated, then runs the script that is named.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, URL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'node_modules', '.smart-image-build-lock')
const [script = '', ...args] = process.argv.slice(2)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Node 20.19 or newer is needed, this is ${process.version}; install it from nodejs.org\n`,
  )
  process.exit(3)
}

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  process.stderr.write('run: installing the pinned dependencies (npm ci)\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const install = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (install.status !== 0) {
    process.stderr.write('run: npm ci failed; see its output above\n')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

// Signals of the terminal reach the script as well, as it is in the same process group: it ends by itself.
process.on('SIGINT', () => undefined)
const ended = spawnSync(
  process.execPath,
  ['--import', 'tsx', join(root, 'scripts', `${script}.ts`), ...args],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
process.exit(ended.status ?? 1)
