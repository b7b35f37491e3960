import { execFileSync } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Parts of the clients are CommonJS. */
const REQUIRE =
  "--banner:js=import { createRequire as c } from 'node:module'; const require = c(import.meta.url)"

/** The program that `dist/cache` is, made from the sources as they are, in a folder that holds nothing else. */
export async function bundledCacheProgram(): Promise<string> {
  return bundled('cache')
}

/** So for `dist/artifacts`. */
export async function bundledArtifactsProgram(): Promise<string> {
  return bundled('artifacts')
}

async function bundled(entry: 'cache' | 'artifacts'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${entry}-program-`))
  const program = join(folder, `${entry}.mjs`)
  const source = join(folder, `${entry}.ts`)
  const from = JSON.stringify(join(root, `src/${entry}.ts`))
  await writeFile(source, `import { ${entry} } from ${from}\nvoid ${entry}(process.argv.slice(2))\n`)
  const bundle = ['--bundle', '--platform=node', '--format=esm', REQUIRE, `--outfile=${program}`]
  execFileSync(join(root, 'node_modules/.bin/esbuild'), [source, ...bundle, '--log-level=error'])
  return program
}
