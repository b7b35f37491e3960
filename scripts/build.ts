/*
 * Builds `dist`: one bundle with lazy parts for all entries, and a thin wrapper for each entry. The output is the same
 * byte for byte in any folder and on any supported Node, so that `git diff` tells whether it is current.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

/** Packages whose licences must be in the bundle's list; fewer means that ncc has overlooked lazy parts. */
const FEWEST_LICENSES = 40

const WRAPPERS = {
  main: "import { main } from '../app/index.js'\n\nawait main()\n",
  post: "import { post } from '../app/index.js'\n\nawait post()\n",
  cache: "import { cache } from '../app/index.js'\n\nawait cache(process.argv.slice(2))\n",
  artifacts: "import { artifacts } from '../app/index.js'\n\nawait artifacts(process.argv.slice(2))\n",
  cli: "#!/usr/bin/env node\nimport { cli } from '../app/index.js'\n\nawait cli(process.argv.slice(2))\n",
}

function ncc(entry: string, out: string): void {
  const program = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const options = ['--license', 'licenses.txt', '--no-cache', '--quiet']
  execFileSync(process.execPath, [program, 'build', entry, '--out', out, ...options], {
    cwd: root,
    stdio: 'inherit',
  })
}

// ncc leaves the parts of earlier builds behind.
rmSync(dist, { recursive: true, force: true })
ncc('src/app.ts', join(dist, 'app'))
for (const [name, text] of Object.entries(WRAPPERS)) {
  mkdirSync(join(dist, name), { recursive: true })
  writeFileSync(join(dist, name, 'index.js'), text)
}
chmodSync(join(dist, 'cli/index.js'), 0o755)
writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`)

const licenses = readFileSync(join(dist, 'app/licenses.txt'), 'utf8')
const count = licenses.split('\n').filter((line) => /^(?:@[\w.-]+\/)?[\w.-]+$/.test(line)).length
if (count < FEWEST_LICENSES) throw new Error(`licenses.txt names only ${count} packages`)
