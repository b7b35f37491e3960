/**
 * A program that calls the real @actions/cache once, for tests: the client reads `process.env` and spawns tar, so it
 * needs a process of its own. Arguments: `save` or `restore`, the key, the restore keys. The path is always `cached`,
 * relative to the workspace. The result is the JSON after RESULT in the last line of stdout.
 */
import { restoreCache, saveCache } from '@actions/cache'

const [command, key = '', ...restoreKeys] = process.argv.slice(2)
const paths = ['cached']
const result = command === 'save' ? await saveCache(paths, key) : await restoreCache(paths, key, restoreKeys)
console.log(`\nRESULT${JSON.stringify({ value: result ?? null })}`)
