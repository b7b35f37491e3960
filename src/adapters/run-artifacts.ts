import * as core from '@actions/core'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { failed, ok, type Result } from '../model/failure.js'
import type { ReadArtifacts, RunArtifacts } from '../ports/run-artifacts.js'
import { run } from './process.js'
import type { ArtifactCall, ReadAnswer } from './run-artifacts-call.js'

/** What the post step needs to know of the main step: the file that is to be uploaded. */
const KEPT = 'run-artifact'

/** The client tries five times within half a minute, and would wait for five minutes where nothing moves. */
const UPLOAD_LIMIT_MS = 60_000
const READ_LIMIT_MS = 180_000

/** `program` is what `callArtifacts` runs in. */
export interface ArtifactsOptions {
  /** Outside of the work tree. */
  readonly folder: string
  readonly program: string
}

/** The artifacts of this workflow run. */
export class ActionsRunArtifacts implements RunArtifacts {
  private readonly options: ArtifactsOptions

  constructor(options: ArtifactsOptions) {
    this.options = options
  }

  async keep(name: string, text: string): Promise<string | undefined> {
    const file = join(this.options.folder, 'kept', `${name}.json`)
    const problem = await write(file, text)
    if (problem === undefined) core.saveState(KEPT, file)
    return problem
  }

  async upload(name: string, text: string): Promise<Result<void>> {
    const file = join(this.options.folder, 'uploaded', `${name}.json`)
    const upload = (as: string) =>
      call({ operation: 'upload', name: as, file }, this.options.program, UPLOAD_LIMIT_MS)
    let problem = (await write(file, text)) ?? (await upload(name))
    // Another matrix of the run, or an upload that broke off, has the name.
    if (problem?.includes('(409)') === true) problem = await upload(`${name}-${randomUUID().slice(0, 8)}`)
    if (problem !== undefined)
      return failed({
        kind: 'artifact-failed',
        message: `The run artifact \`${name}\` was not uploaded: ${problem}`,
      })
    core.saveState(KEPT, '')
    return ok(undefined)
  }

  async read(prefix: string): Promise<ReadArtifacts> {
    const answer = join(this.options.folder, 'read', randomUUID(), 'answer.json')
    try {
      await mkdir(dirname(answer), { recursive: true })
      const request = { operation: 'read', prefix, answer } as const
      const problem = await call(request, this.options.program, READ_LIMIT_MS)
      if (problem !== undefined) return { texts: new Map(), problems: [problem] }
      const { texts, problems } = JSON.parse(await readFile(answer, 'utf8')) as ReadAnswer
      return { texts: new Map(texts), problems }
    } catch (error) {
      return { texts: new Map(), problems: [(error as Error).message] }
    }
  }
}

/**
 * The post step: uploads what the main step kept and did not bring away, under a name of its own, as an upload that broke
 * off may hold the other one. Says why when it could not.
 */
export async function uploadKept(program: string): Promise<string | undefined> {
  const file = core.getState(KEPT)
  if (file === '') return undefined
  const name = `${basename(file, '.json')}-post`
  return call({ operation: 'upload', name, file }, program, UPLOAD_LIMIT_MS)
}

/** The entry for `callArtifacts` beside the entry that runs, both as built. */
export function artifactsProgram([, entry = '']: readonly string[]): string {
  return join(entry, '..', '..', 'artifacts', 'index.js')
}

/** Whole or not at all; returns what went wrong. */
async function write(file: string, text: string): Promise<string | undefined> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(`${file}.draft`, text)
    await rename(`${file}.draft`, file)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * Calls @actions/artifact in a process of its own, which is stopped when the service hangs and whose chatter nobody reads.
 * It goes on while the run is being interrupted. Returns what went wrong.
 */
async function call(request: ArtifactCall, program: string, limitMs: number): Promise<string | undefined> {
  const deadline = new AbortController()
  const timer = setTimeout(() => {
    deadline.abort()
  }, limitMs)
  const end = await run(process.execPath, [program, JSON.stringify(request)], {
    env: process.env,
    signal: deadline.signal,
  }).finally(() => {
    clearTimeout(timer)
  })
  if (end.kind === 'missing') return `${process.execPath} is not there`
  if (end.kind === 'killed') return `the artifact service did not answer within ${limitMs / 1000} s`
  return end.exitCode === 0 ? undefined : end.stderr.trim() || `exit code ${end.exitCode}`
}
