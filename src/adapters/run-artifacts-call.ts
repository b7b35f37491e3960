import type { DefaultArtifactClient } from '@actions/artifact'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ReadArtifacts } from '../ports/run-artifacts.js'

export type ArtifactCall =
  | { readonly operation: 'upload'; readonly name: string; readonly file: string }
  /** `answer` is the file that gets a `ReadAnswer`; its folder holds nothing else. */
  | { readonly operation: 'read'; readonly prefix: string; readonly answer: string }

/** `ReadArtifacts` as JSON. */
export interface ReadAnswer extends Pick<ReadArtifacts, 'problems'> {
  readonly texts: readonly (readonly [name: string, text: string])[]
}

/** Downloads at once: a run has up to 256 legs. */
const AT_ONCE = 8

/** One call of the artifact service. Throws, and prints on standard output, as @actions/artifact does. */
export async function callArtifacts(call: ArtifactCall): Promise<void> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const client = new DefaultArtifactClient()
  if (call.operation === 'upload') await client.uploadArtifact(call.name, [call.file], dirname(call.file))
  else await writeFile(call.answer, JSON.stringify(await readAll(client, call)))
}

async function readAll(
  client: DefaultArtifactClient,
  { prefix, answer }: Extract<ArtifactCall, { readonly operation: 'read' }>,
): Promise<ReadAnswer> {
  const { artifacts } = await client.listArtifacts({ latest: true })
  const open = artifacts.filter(({ name }) => name.startsWith(prefix))
  const texts: (readonly [string, string])[] = []
  const problems: string[] = []
  const work = async () => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const { name, id, digest } = next
      try {
        const folder = join(dirname(answer), String(id))
        const expected = digest === undefined ? {} : { expectedHash: digest }
        const { digestMismatch } = await client.downloadArtifact(id, { path: folder, ...expected })
        if (digestMismatch === true) throw new Error('its bytes are not those that were uploaded')
        texts.push([name, await onlyFile(folder)])
      } catch (error) {
        problems.push(`${name}: ${(error as Error).message}`)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { texts, problems }
}

async function onlyFile(folder: string): Promise<string> {
  const [file, ...more] = await readdir(folder)
  if (file === undefined || more.length > 0) throw new Error('it does not hold one file')
  return readFile(join(folder, file), 'utf8')
}
