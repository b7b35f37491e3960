import { basename, dirname, join } from 'node:path/posix'
import {
  type ComposeFile,
  composeImage,
  type Project,
  projectName,
  readCompose,
} from '../config/from/compose.js'
import { decodeDefinition } from '../config/from/definition.js'
import { type Found, foundImages } from '../config/from/found.js'
import { isCompose, type Source, targetsOf } from '../config/from/sources.js'
import { failed, ok, type Result } from '../model/failure.js'
import { textAt } from './basis.js'
import type { Run } from './job.js'

export interface Definitions extends Found {
  /** Every file that was looked for, whether it is there or not. */
  readonly files: readonly string[]
}

/** The images of Compose and bake files, which are read as one: there is at least one file. */
export async function readDefinitions(sources: readonly Source[], run: Run): Promise<Result<Definitions>> {
  const files = [...new Set(sources.map(({ path }) => path))]
  const compose = files.find(isCompose)
  const folder = compose === undefined ? '' : folderOf(compose)
  const gathered = await gatherTexts(files, folder, run)
  if (!gathered.ok) return gathered
  const { texts, looked, presence } = gathered.value
  const missing = sources.filter(({ path }) => !texts.has(path))
  const [first, ...more] = missing.map(({ path, place }) => ({
    kind: 'config-invalid' as const,
    message: `\`${path}\` does not exist; paths in \`from\` are relative to the repository root`,
    place,
  }))
  if (first !== undefined) return failed(first, ...more)
  const stubs = presence.filter((path) => !texts.has(path)).map((path): [string, string] => [path, ''])
  const printed = await run.ports.definitions.print({
    ...{ folder, files, targets: targetsOf(sources, texts), signal: run.job.signal },
    texts: new Map([...texts, ...stubs]),
  })
  if (!printed.ok) return printed
  const place = { file: files[0] ?? '', line: 1, column: 1 }
  const definition = decodeDefinition(printed.value, place)
  if (!definition.ok) return definition
  const project = projectOf(gathered.value, { folder, run })
  const name = projectName(project)
  // Names of targets have no dots (buildx, `sanitizeTargetName`).
  const names = project.files.flatMap(({ services }) => [...services.keys()])
  const services = new Map(names.map((service) => [service.replaceAll('.', '_'), service]))
  const serviceOf = (target: string) => services.get(target) ?? (files.every(isCompose) ? target : undefined)
  const found = foundImages(definition.value, {
    ...{ place, folder },
    projectOf: (target) => (serviceOf(target) === undefined ? undefined : name),
    imageOf: (target, printed) => {
      const service = serviceOf(target)
      return service === undefined ? undefined : composeImage(service, project, printed)
    },
  })
  return ok({ ...found, files: looked })
}

interface Gathered {
  readonly texts: ReadonlyMap<string, string>
  readonly looked: readonly string[]
  readonly presence: readonly string[]
  /** Those that others name first, as what names them counts over them. */
  readonly compose: readonly ComposeFile[]
  /** Of the project's folder. */
  readonly dotenv: string
}

/** Compose files name others, which name others. */
async function gatherTexts(files: readonly string[], folder: string, run: Run): Promise<Result<Gathered>> {
  const texts = new Map<string, string>()
  const compose: ComposeFile[] = []
  const named: ComposeFile[] = []
  const dotenv = join(folder, '.env')
  const looked = new Set([...files, ...(files.some(isCompose) ? [dotenv] : [])])
  // What is added meanwhile comes along.
  for (const path of looked) {
    const text = await textAt(path, run)
    if (!text.ok) return text
    if (text.value === undefined) continue
    texts.set(path, text.value)
    if (!isCompose(path)) continue
    const file = readCompose(text.value, path, folder)
    ;(files.includes(path) ? compose : named).push(file)
    for (const other of file.files) looked.add(other)
  }
  const all = [...named, ...compose]
  const presence = all.flatMap((file) => file.presence)
  return ok({ texts, looked: [...looked], presence, compose: all, dotenv: texts.get(dotenv) ?? '' })
}

function projectOf(
  { compose, dotenv }: Gathered,
  { folder, run }: { readonly folder: string; readonly run: Run },
): Project {
  const { context, rootName } = run.job
  const folderName = folder === '' ? rootName : basename(folder)
  return { files: compose, dotenv, variables: context.variables, folderName }
}

function folderOf(path: string): string {
  const folder = dirname(path)
  return folder === '.' ? '' : folder
}
