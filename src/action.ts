import { tmpdir } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import { ActionsCacheStore, cacheProgram } from './adapters/actions-cache-store.js'
import { ActionsCacheAccess } from './adapters/actions-cache-access.js'
import { ActionsCacheLayers } from './adapters/actions-cache-layers.js'
import { ActionsCacheLayouts, type CacheLayoutsOptions } from './adapters/actions-cache-layouts.js'
import { ActionsHost, readInput, readRequestInputs } from './adapters/actions-host.js'
import { actionsRun } from './adapters/actions-run.js'
import { CacheOutage } from './adapters/cache-outage.js'
import { PullRequestThread } from './adapters/pull-request-comment.js'
import { openRepository } from './adapters/git-open.js'
import { fetchEnvironment } from './adapters/git-fetch.js'
import { ActionsRunArtifacts, artifactsProgram } from './adapters/run-artifacts.js'
import { abortOnSignals } from './adapters/interruption.js'
import { machine } from './adapters/machine.js'
import { defaultParallel } from './adapters/parallel.js'
import { VERSION } from './adapters/version.js'
import type { Trigger } from './model/request.js'
import { run } from './pipeline.js'
import { fail } from './pipeline/job.js'

/** The main step of the action: sets `process.exitCode`, never throws for what can be expected. */
export async function main(): Promise<void> {
  const env = withoutInputs(process.env)
  const workspace = resolve(env['GITHUB_WORKSPACE'] ?? '.')
  const root = resolve(workspace, readInput('working-directory'))
  const folder = relative(workspace, root)
  const host = new ActionsHost(folder, join(stepFolder(env), 'outputs'))
  const token = readInput('github-token')
  // A container job's user often differs from the owner of the work tree that the runner mounted for it.
  const environment = fetchEnvironment(env, { server: env['GITHUB_SERVER_URL'], token, trusted: true })
  const repository = await openRepository(root, { environment, fetchFolder: stepFolder(env) })
  if (!repository.ok) {
    process.exitCode = fail(repository.failures, { host })
    return
  }
  const signal = abortOnSignals(process)
  const context = actionsRun(env, readInput('state'))
  const job = {
    inputs: readRequestInputs(),
    defaults: { maxParallel: defaultParallel(), layerCache: 'gha' as const },
    context,
    rootName: env['GITHUB_REPOSITORY']?.split('/')[1] ?? basename(root),
    folder,
    color: false,
    version: VERSION,
    signal,
  }
  const program = cacheProgram(process.argv)
  process.exitCode = await run(job, {
    git: repository.value.git,
    ...machine({ root, environment: env, signal }),
    ...actionsCache({ env, program, signal }),
    artifacts: new ActionsRunArtifacts({
      folder: join(stepFolder(env), 'artifacts'),
      program: artifactsProgram(process.argv),
    }),
    ...commentThread(env, { trigger: context.trigger, token, signal }),
    host,
  })
}

/** Only a run for a pull request has one. */
function commentThread(
  env: NodeJS.ProcessEnv,
  { trigger, ...access }: { readonly trigger: Trigger; readonly token: string; readonly signal: AbortSignal },
) {
  if (trigger.kind !== 'pull-request') return {}
  const { GITHUB_API_URL: apiUrl = 'https://api.github.com', GITHUB_REPOSITORY: repository = '' } = env
  return { thread: new PullRequestThread({ ...access, apiUrl, repository, number: trigger.number }) }
}

/** All that is kept in the Actions cache, so that each hears of an outage that another one met. */
function actionsCache({
  env,
  program,
  signal,
}: Pick<CacheLayoutsOptions, 'program' | 'signal'> & { readonly env: NodeJS.ProcessEnv }) {
  const outage = new CacheOutage()
  const folder = stepFolder(env)
  const layerService = new ActionsCacheAccess({ environment: env, folder, program, outage })
  const layouts = { folder: join(folder, 'layouts'), program, signal, outage }
  return {
    store: new ActionsCacheStore(folder, program, outage),
    layouts: new ActionsCacheLayouts(layouts),
    layerService,
    layers: new ActionsCacheLayers({ ...layouts, folder: join(folder, 'layers') }, layerService),
  }
}

/** What programs that are started need not see: the inputs, of which one is a token. */
function withoutInputs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')))
}

/** Apart for each step of a job, as two steps may use the action. */
function stepFolder(env: NodeJS.ProcessEnv): string {
  return join(env['RUNNER_TEMP'] ?? tmpdir(), 'smart-image-build', env['GITHUB_ACTION'] ?? 'step')
}
