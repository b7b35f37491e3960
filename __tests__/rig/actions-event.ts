import { jest } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunContext } from '../../src/model/request.js'

/** An event as GitHub gives it to a workflow of the repository acme/shop. */
export interface Event {
  readonly name: string
  readonly ref: string
  readonly payload: object
  readonly actor?: string
  readonly environment?: Readonly<Record<string, string | undefined>>
}

const repository = {
  full_name: 'acme/shop',
  default_branch: 'main',
  html_url: 'https://github.com/acme/shop',
}

/** What a run of the event knows. The toolkit reads the event when it is loaded, so each run loads it anew. */
export async function contextOf(event: Event, state = ''): Promise<RunContext> {
  const folder = await mkdtemp(join(tmpdir(), 'actions-event-'))
  const before = process.env
  try {
    const file = join(folder, 'event.json')
    await writeFile(file, JSON.stringify({ repository, ...event.payload }))
    process.env = {
      PATH: before['PATH'],
      GITHUB_EVENT_NAME: event.name,
      GITHUB_EVENT_PATH: file,
      GITHUB_REF: event.ref,
      GITHUB_ACTOR: event.actor ?? 'alice',
      GITHUB_RUN_ID: '7654321',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_WORKFLOW: 'Images',
      GITHUB_WORKFLOW_REF: `acme/shop/.github/workflows/images.yml@${event.ref}`,
      ...event.environment,
    }
    jest.resetModules()
    const { actionsRun } = await import('../../src/adapters/actions-run.js')
    return actionsRun({ ...process.env }, state)
  } finally {
    process.env = before
    await rm(folder, { recursive: true })
  }
}
