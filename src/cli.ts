import { Command, CommanderError } from 'commander'
import { randomUUID } from 'node:crypto'
import { basename, join, resolve } from 'node:path'
import { FileStore } from './adapters/file-store.js'
import { FolderFiles } from './adapters/folder-files.js'
import { FolderKept } from './adapters/folder-kept.js'
import { FolderLayers } from './adapters/folder-layers.js'
import { FolderLayouts } from './adapters/folder-layouts.js'
import { GitHeadsCli } from './adapters/git-heads.js'
import { openRepository } from './adapters/git-open.js'
import { abortOnSignals } from './adapters/interruption.js'
import { DockerKindClusters } from './adapters/kind-clusters.js'
import { machine } from './adapters/machine.js'
import { defaultParallel } from './adapters/parallel.js'
import { NO_LAYER_SERVICE } from './adapters/no-layer-service.js'
import { NO_RUN_ARTIFACTS } from './adapters/no-run-artifacts.js'
import { type CommandName, type Flags, inputsOf, type Invocation } from './adapters/terminal-flags.js'
import { wantsColor } from './adapters/terminal-color.js'
import { TerminalHost } from './adapters/terminal-host.js'
import {
  building,
  common,
  graphOption,
  intoKind,
  promoting,
  shared,
  verifying,
} from './adapters/terminal-options.js'
import { run } from './pipeline.js'
import { explainService } from './pipeline/explain-service.js'
import { fail, type Job } from './pipeline/job.js'
import type { PrunePorts } from './pipeline/prune.js'
import type { RunContext } from './model/request.js'
import type { GitTree } from './ports/git-tree.js'
import type { KindClusters } from './ports/kind-clusters.js'
import type { NewFiles } from './ports/new-files.js'
import { VERSION } from './adapters/version.js'

/** The terminal command. Sets `process.exitCode`; `args` are the words after the program's name. */
export async function cli(args: readonly string[]): Promise<void> {
  endQuietlyWithoutReader(process)
  const program = new Command('smart-image-build')
    .description('Builds the container images of a monorepo whose content changed, and says why.')
    .version(VERSION, '--version')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EXIT_CODES)
  shared(program.command('plan'))
    .description('say what would be built, and why')
    .option('--exit-code', 'end with code 10 when something is to be rebuilt')
    .option(
      '--advise',
      'say what is sent to the builder, and which lines of .dockerignore would keep it back',
    )
    .addOption(graphOption())
    .action((services: string[], flags: Flags) => start('plan', { services, flags }))
  building(shared(program.command('build')))
    .description('build what changed and reuse the rest; without --push images are loaded into Docker')
    .action((services: string[], flags: Flags) => start('build', { services, flags }))
  promoting(common(program.command('promote')))
    .description('point tags at images that exist; builds nothing, and moves no tag unless all of them do')
    .action((services: string[], flags: Flags) => start('promote', { services, flags }))
  common(program.command('explain').argument('<service>', 'name of a service'))
    .description("show a service's inputs, the Dockerfile lines that take them, and what changed")
    .option('--against <commit>', 'commit to compare with (default: that of the last build)')
    .action((service: string, flags: Flags) => start('explain', { services: [service], flags }))
  common(program.command('init'))
    .description('write a configuration from what the repository has')
    .option('--workflow', 'write a workflow, too')
    .option('--stdout', 'print instead of writing')
    .action((flags: Flags) => start('init', { services: [], flags }))
  atRest(program)
  for (const command of [program, ...program.commands]) command.exitOverride()
  try {
    await program.parseAsync(args.map(withValue), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? 0 : 2
  }
}

/** Commands for what was built before. */
function atRest(program: Command): void {
  verifying(common(program.command('verify')))
    .description('say whether what runs is what the commit gives; ends 1 when a service is stale')
    .action((services: string[], flags: Flags) => start('verify', { services, flags }))
  intoKind(common(program.command('load')))
    .description('put the images of the services into a kind cluster; builds none')
    .action((services: string[], flags: Flags) => start('load', { services, flags }))
  common(program.command('prune'))
    .description('remove what is kept in the git directory and of no use any more')
    .option('--dry-run', 'only list it')
    .action((flags: Flags) => start('prune', { services: [], flags }))
}

/** `plan --json | head`: who has read enough closes the pipe, which is no error of ours. */
function endQuietlyWithoutReader({ stdout }: NodeJS.Process): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}

const EXIT_CODES = `
Exit codes:
  0 done   1 an image failed, or a service is stale   2 wrong usage or configuration
  3 git, Docker or buildx is missing
  10 something is to be rebuilt (plan --exit-code)   130 interrupted`

/** Bare, each would swallow the service that follows it. */
const VALUE_OF_BARE: Readonly<Record<string, string>> = { '--force': 'all', '--graph': 'text' }

function withValue(arg: string): string {
  const value = VALUE_OF_BARE[arg]
  return value === undefined ? arg : `${arg}=${value}`
}

async function start(command: CommandName, { services, flags }: Invocation): Promise<void> {
  const { env } = process
  const options = {
    ...{ json: flags.json === true, quiet: flags.quiet === true, verbose: flags.verbose === true },
    live: flags.plain !== true && process.stderr.isTTY && env['TERM'] !== 'dumb' && env['CI'] === undefined,
  }
  const host = new TerminalHost({ out: process.stdout, error: process.stderr }, options)
  const repository = await openRepository(resolve(flags.cwd ?? '.'), {
    environment: env,
    atTop: flags.cwd === undefined,
  })
  if (!repository.ok) {
    process.exitCode = fail(repository.failures, { host })
    return
  }
  const { git, root, commonDirectory } = repository.value
  const signal = abortOnSignals(process)
  const job = {
    inputs: inputsOf(command, { services, flags }),
    defaults: { maxParallel: defaultParallel(), layerCache: 'none' as const },
    context: contextOf(git, flags.push === true || command === 'promote' || flags.url !== undefined),
    rootName: basename(root),
    color: wantsColor(env, process.stdout.isTTY && process.stderr.isTTY),
    ...(process.stdout.isTTY && process.stdout.columns > 0 && { columns: process.stdout.columns }),
    ...(flags.graph !== undefined && { graph: flags.graph }),
    version: VERSION,
    signal,
  }
  const ports = {
    git,
    ...machine({ root, environment: env, signal }),
    ...keptIn(join(commonDirectory, 'smart-image-build')),
    host,
  }
  process.exitCode = await carryOut(command, {
    services,
    flags,
    job,
    ports: {
      ...ports,
      files: new FolderFiles(root),
      kind: new DockerKindClusters(env),
      heads: new GitHeadsCli(root, env),
    },
  })
}

/** `isElsewhere`: what is built, or looked at, is not for the machine that the command runs on. */
function contextOf({ branch, head }: GitTree, isElsewhere: boolean): RunContext {
  const ref = branch === undefined ? undefined : `refs/heads/${branch}`
  const own = `linux/${DOCKER_ARCHITECTURES[process.arch] ?? process.arch}`
  return {
    trigger: { kind: 'terminal' },
    runId: randomUUID(),
    stateScope: `terminal@${ref ?? head}`,
    defaultPlatform: isElsewhere ? 'linux/amd64' : own,
    variables: process.env,
    ...(ref !== undefined && { ref }),
  }
}

/** What is there from one command to the next. */
function keptIn(
  folder: string,
): Pick<PrunePorts, 'store' | 'layouts' | 'layers' | 'layerService' | 'artifacts' | 'kept'> {
  return {
    store: new FileStore(folder),
    layouts: new FolderLayouts(join(folder, 'layouts')),
    layers: new FolderLayers(join(folder, 'layers')),
    layerService: NO_LAYER_SERVICE,
    artifacts: NO_RUN_ARTIFACTS,
    kept: new FolderKept(folder),
  }
}

interface Work extends Invocation {
  readonly job: Job
  readonly ports: PrunePorts & { readonly files: NewFiles; readonly kind: KindClusters }
}

async function carryOut(command: CommandName, { services, flags, job, ports }: Work): Promise<number> {
  switch (command) {
    case 'explain': {
      const { against } = flags
      return explainService(job, ports, {
        service: services[0] ?? '',
        ...(against !== undefined && { against }),
      })
    }
    case 'init':
      // Loaded only here: writing YAML takes longer to load than all the rest.
      return (await import('./pipeline/init.js')).init(job, ports, {
        workflow: flags.workflow === true,
        stdout: flags.stdout === true,
      })
    case 'load': {
      const { kind: cluster = '', tag: tags = ['latest'] } = flags
      return (await import('./pipeline/load-kind.js')).loadIntoKind(job, ports, { cluster, tags })
    }
    case 'prune':
      return (await import('./pipeline/prune.js')).prune(job, ports, flags.dryRun === true)
    case 'plan':
    case 'build':
    case 'promote':
    case 'verify':
      return run(job, ports)
  }
}

const DOCKER_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', arm: 'arm/v7' }
