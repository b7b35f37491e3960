import type { Failure } from '../model/failure.js'
import type { Secret } from '../model/secret.js'

/** The inputs `secrets`, `secret-envs` and `secret-files` as they were written; an absent one is empty. */
export interface SecretTexts {
  readonly secrets: string
  readonly envs: string
  readonly files: string
}

/**
 * The secrets that the inputs name, in the form of docker/build-push-action: one `id=…` a line, and in quotes a value of
 * several lines with `""` for a quote. One of `secrets` that is empty, as GitHub gives it to a fork, is not given. What is
 * wrong is added to `failures`, without a value.
 */
export function readSecrets({ secrets, envs, files }: SecretTexts, failures: Failure[]): readonly Secret[] {
  const all = [
    ...pairs('secrets', secrets, failures).map(([id, value]): Secret => ({ id, kind: 'value', value })),
    ...pairs('secret-envs', envs, failures).map(([id, variable]): Secret => ({
      id,
      kind: 'variable',
      variable,
    })),
    ...pairs('secret-files', files, failures).map(([id, path]): Secret => ({ id, kind: 'file', path })),
  ]
  const doubled = new Set(all.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index))
  for (const id of doubled)
    failures.push(usage(`the secret \`${id}\` is given twice; give each id one value`))
  return all
}

type Input = 'secrets' | 'secret-envs' | 'secret-files'

function pairs(input: Input, text: string, failures: Failure[]): (readonly [id: string, value: string])[] {
  return entriesOf(text).flatMap((entry, index) => {
    const [, id, value = ''] = /^([^\s=,"']+)=(.*)$/s.exec(entry) ?? []
    if (id !== undefined && value !== '') return [[id, value] as const]
    if (id !== undefined && input === 'secrets') return []
    // The entry itself may be a value that lost its name.
    failures.push(usage(`\`${input}\`: entry ${index + 1} is not \`id=${MEANT[input]}\``))
    return []
  })
}

const MEANT: Readonly<Record<Input, string>> = {
  secrets: 'value',
  'secret-envs': 'VARIABLE',
  'secret-files': 'path',
}

/** Lines that are not empty; one that begins with a quote ends with the quote that closes it. */
function entriesOf(text: string): string[] {
  return [...text.matchAll(/[^\S\n]*(?:"((?:[^"]|"")*)"[^\S\n]*(?=\n|$)|([^\n]+))/g)]
    .map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare.trim())
    .filter((entry) => entry !== '')
}

function usage(message: string): Failure {
  return { kind: 'usage', message }
}
