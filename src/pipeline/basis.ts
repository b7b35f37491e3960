import { committedText } from '../fingerprint/committed.js'
import { digestOf } from '../fingerprint/encode.js'
import type { Result } from '../model/failure.js'
import type { Run } from './job.js'

export interface ConfigFile {
  readonly path: string
  readonly text: string
  /** Compose or bake files that it stands for: nobody has named them, and they may define nothing. */
  readonly found?: readonly string[]
}

/** Text of a file where this run looks for files; `undefined` when there is none. */
export function textAt(path: string, { ports, withDisk }: Run): Promise<Result<string | undefined>> {
  return withDisk ? ports.git.read(path) : committedText(path, ports.git)
}

/** Functions and variables of bake whose values are others in every run, or on every machine. */
const UNSTEADY = /\b(?:timestamp|uuidv\d|bcrypt|homedir|BAKE_LOCAL_PLATFORM)\b/

/**
 * What these files and the environment say, as texts: as long as they are the same, bake prints the same. A variable
 * counts when its name stands anywhere in a file, or when Docker's programs look at it themselves. `undefined`: it
 * cannot be said.
 */
async function basisOf(files: readonly string[], run: Run): Promise<readonly string[] | undefined> {
  const texts: string[] = []
  const words = new Set<string>()
  for (const path of files) {
    const text = await textAt(path, run)
    if (!text.ok || UNSTEADY.test(text.value ?? '')) return undefined
    texts.push(path, JSON.stringify(text.value ?? null))
    for (const [word] of (text.value ?? '').matchAll(/[A-Za-z_]\w*/g)) words.add(word)
  }
  const variables = Object.entries(run.job.context.variables)
    .filter(([name]) => words.has(name) || /^(?:BAKE|BUILDX|COMPOSE)_/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return files.length === 0 ? [] : [...texts, JSON.stringify(variables)]
}

/**
 * The key of what was understood from a configuration and of `files`, which it names. `undefined`: it has to be
 * understood anew by every run.
 */
export async function keyOf(
  file: ConfigFile,
  files: readonly string[],
  run: Run,
): Promise<string | undefined> {
  const basis = await basisOf(files, run)
  return basis && digestOf([file.path, file.text, run.request.registry ?? '', ...basis])
}
