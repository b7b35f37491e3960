import { availableParallelism, tmpdir } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import { ActionsCacheStore, cacheProgram } from './adapters/actions-cache-store.js'
import { ActionsHost, readInput, readRequestInputs } from './adapters/actions-host.js'
import { actionsRun } from './adapters/actions-run.js'
import { BuildxCli } from './adapters/buildx-cli.js'
import { DockerCredentials } from './adapters/docker-credentials.js'
import { DockerEngine } from './adapters/docker-engine.js'
import { openRepository } from './adapters/git-cli.js'
import { fetchEnvironment } from './adapters/git-fetch.js'
import { abortOnSignals } from './adapters/interruption.js'
import { OciRegistry } from './adapters/oci-registry.js'
import { RegistryClient } from './adapters/registry-client.js'
import { fail, run } from './pipeline.js'

/** The main step of the action: sets `process.exitCode`, never throws for what can be expected. */
export async function main(): Promise<void> {
  const env = withoutInputs(process.env)
  const workspace = resolve(env['GITHUB_WORKSPACE'] ?? '.')
  const root = resolve(workspace, readInput('working-directory'))
  const host = new ActionsHost(relative(workspace, root))
  const token = readInput('github-token')
  // A container job's user often differs from the owner of the work tree that the runner mounted for it.
  const environment = fetchEnvironment(env, { server: env['GITHUB_SERVER_URL'], token, trusted: true })
  const repository = await openRepository(root, { environment, fetchFolder: stepFolder(env) })
  if (!repository.ok) {
    process.exitCode = fail(repository.failures, { host })
    return
  }
  const signal = abortOnSignals(process)
  const job = {
    inputs: readRequestInputs(),
    defaults: { maxParallel: Math.max(4, 2 * availableParallelism()) },
    context: actionsRun(env, readInput('state')),
    rootName: env['GITHUB_REPOSITORY']?.split('/')[1] ?? basename(root),
    color: false,
    signal,
  }
  process.exitCode = await run(job, {
    git: repository.value.git,
    registry: new OciRegistry(new RegistryClient(new DockerCredentials(env), { signal })),
    engine: new DockerEngine(env),
    builder: new BuildxCli({ root, environment: env, now: Date.now }),
    store: new ActionsCacheStore(stepFolder(env), cacheProgram(process.argv)),
    host,
    clock: { now: Date.now },
  })
}

/** What programs that are started need not see: the inputs, of which one is a token. */
function withoutInputs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')))
}

/** Apart for each step of a job, as two steps may use the action. */
function stepFolder(env: NodeJS.ProcessEnv): string {
  return join(env['RUNNER_TEMP'] ?? tmpdir(), 'smart-image-build', env['GITHUB_ACTION'] ?? 'step')
}
