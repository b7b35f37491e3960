/**
 * A program that calls the real @actions/cache, for tests: the client reads `process.env` and spawns tar, so it needs a
 * process of its own. The arguments are calls, each a JSON list of `save` or `restore`, the key and the restore keys.
 * The path is always `cached` in the working directory, emptied before a restore. The results, and what is then in the
 * file `cached/file`, are the JSON after RESULT in the last line of stdout.
 */
import { restoreCache, saveCache } from '@actions/cache'
import { existsSync, readFileSync, rmSync } from 'node:fs'

export interface ClientResult {
  /** The id of a save, -1 if there is none; the key that a restore found, null for none. */
  readonly value: number | string | null
  /** Base64, null where there is no such file. */
  readonly file: string | null
}

const paths = ['cached']
const results: ClientResult[] = []
for (const argument of process.argv.slice(2)) {
  const [command, key = '', ...restoreKeys] = JSON.parse(argument) as string[]
  if (command === 'restore') rmSync('cached', { recursive: true, force: true })
  const value = command === 'save' ? await saveCache(paths, key) : await restoreCache(paths, key, restoreKeys)
  const file = existsSync('cached/file') ? readFileSync('cached/file', 'base64') : null
  results.push({ value: value ?? null, file })
}
console.log(`\nRESULT${JSON.stringify(results)}`)
