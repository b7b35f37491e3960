import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { workflowText } from '../../src/report/init.js'

export const root = join(import.meta.dirname, '../..')

/** A workflow that the project runs, offers, shows or writes. */
export interface WorkflowText {
  /** Where it stands. */
  readonly place: string
  readonly text: string
}

/** The parts of a workflow that the tests look at. */
export interface Workflow {
  readonly on?: unknown
  readonly permissions?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

export interface Job {
  readonly uses?: string
  readonly permissions?: unknown
  readonly with?: Readonly<Record<string, unknown>>
  readonly secrets?: Readonly<Record<string, unknown>> | 'inherit'
  readonly needs?: string | readonly string[]
  readonly steps?: readonly Step[]
}

export interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

export function readWorkflow({ text }: WorkflowText): Workflow {
  return parse(text) as Workflow
}

/** Our own, those of the examples, every YAML snippet of the documentation that is a workflow, and what `init` writes. */
export function allWorkflows(): WorkflowText[] {
  const files = ['.github/workflows', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.github\/workflows\/[^/]+\.ya?ml$/.test(path)),
  )
  const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]
  const written = [{ registry: 'ghcr.io/acme' }, { registry: 'registry.example.com/acme' }, {}]
  return [
    ...files.map((place) => ({ place, text: read(place) })),
    ...documents.filter((path) => path.endsWith('.md')).flatMap(snippets),
    ...written.map((options, index) => ({
      place: `init --workflow (${String(index + 1)})`,
      text: workflowText({ branch: 'main', ...options }),
    })),
  ]
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The workflow of that name in a document. */
export function snippet(path: string, name: string): string {
  const found = snippets(path).find(({ text }) => text.startsWith(`name: ${name}\n`))
  if (found === undefined) throw new Error(`${path} has no workflow ${name}`)
  return found.text
}

/** A snippet with jobs is a workflow. */
function snippets(path: string): WorkflowText[] {
  const blocks = [...read(path).matchAll(/^```ya?ml\n(.*?)^```/gms)]
  return blocks
    .map(([, text = ''], index) => ({ place: `${path} (snippet ${String(index + 1)})`, text }))
    .filter(({ text }) => /^jobs:/m.test(text))
}
