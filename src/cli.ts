import { Command, CommanderError } from 'commander'
import { randomUUID } from 'node:crypto'
import { basename, join, resolve } from 'node:path'
import { FileStore } from './adapters/file-store.js'
import { openRepository } from './adapters/git-open.js'
import { abortOnSignals } from './adapters/interruption.js'
import { defaultParallel, machine } from './adapters/machine.js'
import { TerminalHost } from './adapters/terminal-host.js'
import { run } from './pipeline.js'
import { explainService } from './pipeline/explain-service.js'
import { fail } from './pipeline/job.js'
import { VERSION } from './adapters/version.js'

/** Flags of a command, by commander's names for them. */
interface Flags {
  readonly config?: string
  readonly cwd?: string
  readonly json?: true
  readonly quiet?: true
  readonly verbose?: true
  readonly force?: string
  readonly push?: true
  readonly load?: true
  readonly registry?: string
  readonly localOnly?: true
  readonly inputsFrom?: string
  readonly baseRef?: string
  readonly against?: string
  readonly exitCode?: true
  readonly dryRun?: true
  readonly checkOnly?: true
  readonly tag?: readonly string[]
  readonly builder?: string
  readonly maxParallel?: string
  readonly failFast?: true
  readonly cache?: boolean
  readonly pull?: true
  readonly allowDirty?: true
}

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
    .action((services: string[], flags: Flags) => start('plan', { services, flags }))
  building(shared(program.command('build')))
    .description('build what changed and reuse the rest; without --push images are loaded into Docker')
    .action((services: string[], flags: Flags) => start('build', { services, flags }))
  common(program.command('explain').argument('<service>', 'name of a service'))
    .description("show a service's inputs, the Dockerfile lines that take them, and what changed")
    .option('--against <commit>', 'commit to compare with (default: that of the last build)')
    .action((service: string, flags: Flags) => start('explain', { services: [service], flags }))
  for (const command of [program, ...program.commands]) command.exitOverride()
  try {
    await program.parseAsync(args.map(withValue), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? 0 : 2
  }
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
  0 done   1 an image failed   2 wrong usage or configuration   3 git, Docker or buildx is missing
  10 something is to be rebuilt (plan --exit-code)   130 interrupted`

/** A bare --force would swallow the service that follows it. */
function withValue(arg: string): string {
  return arg === '--force' ? '--force=all' : arg
}

function common(command: Command): Command {
  return command
    .option(
      '--config <file>',
      'configuration (default: .github/smart-image-build.yml, smart-image-build.yml)',
    )
    .option('--cwd <folder>', 'folder that plays the repository root (default: the top of the repository)')
    .option('--registry <prefix>', 'registry prefix, such as ghcr.io/acme')
    .option('--inputs-from <where>', 'whose files count: auto (default), commit or worktree')
    .option('--json', 'print one JSON document on standard output')
    .option('--quiet', 'print only failures')
}

function shared(command: Command): Command {
  return common(command)
    .argument('[services...]', 'names or globs; all services when none is given')
    .option('--force [list]', 'rebuild all, or a comma separated list of services')
    .option('--push', 'images must be in the registry')
    .option('--load', 'images must be in this Docker')
    .option('--local-only', 'ask no registry')
    .option('--base-ref <commit>', 'commit that changes are explained against')
    .option('--verbose', "print the output of every build's steps")
}

function building(command: Command): Command {
  return command
    .option(
      '--tag <tag>',
      'tags besides the fingerprint (default: latest; with --push: commit and branch), repeatable',
      (tag: string, tags: string[] | undefined) => [...(tags ?? []), tag],
    )
    .option('--max-parallel <n>', 'builds at once (default: twice the processors, at least 4)')
    .option('--fail-fast', 'start no further build after a failure')
    .option('--no-cache', 'build without the layer cache')
    .option('--pull', 'look for newer base images')
    .option('--builder <name>', 'buildx builder')
    .option('--plain', 'plain progress lines')
    .option('--allow-dirty', 'push images that hold uncommitted files; moves no tag but the fingerprint')
    .option('--dry-run', 'only say what would be built')
    .option('--check-only', 'the same as --dry-run')
}

interface Invocation {
  readonly services: readonly string[]
  readonly flags: Flags
}

type CommandName = 'plan' | 'build' | 'explain'

async function start(command: CommandName, { services, flags }: Invocation): Promise<void> {
  const { env } = process
  const options = { json: flags.json === true, quiet: flags.quiet === true, verbose: flags.verbose === true }
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
  const ref = git.branch === undefined ? undefined : `refs/heads/${git.branch}`
  const signal = abortOnSignals(process)
  const job = {
    inputs: inputsOf(command, { services, flags }),
    defaults: { maxParallel: defaultParallel() },
    context: {
      trigger: { kind: 'terminal' as const },
      runId: randomUUID(),
      stateScope: `terminal@${ref ?? git.head}`,
      defaultPlatform: flags.push
        ? 'linux/amd64'
        : `linux/${DOCKER_ARCHITECTURES[process.arch] ?? process.arch}`,
      variables: env,
      ...(ref !== undefined && { ref }),
    },
    rootName: basename(root),
    color: process.stdout.isTTY && process.stderr.isTTY && (env['NO_COLOR'] ?? '') === '',
    version: VERSION,
    signal,
  }
  const ports = {
    git,
    ...machine({ root, environment: env, signal }),
    store: new FileStore(join(commonDirectory, 'smart-image-build')),
    host,
  }
  process.exitCode =
    command === 'explain'
      ? await explainService(job, ports, {
          service: services[0] ?? '',
          ...(flags.against !== undefined && { against: flags.against }),
        })
      : await run(job, ports)
}

const DOCKER_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', arm: 'arm/v7' }

/** The flags by the names of the action's inputs. What only says how to build is left out of a plan. */
function inputsOf(command: CommandName, { services, flags }: Invocation): Record<string, string | undefined> {
  const toLoad = flags.load ?? (command === 'build' && !flags.push)
  const tags = flags.tag ?? (flags.push ? [] : ['latest'])
  const building = {
    tags: tags.join('\n'),
    'max-parallel': flags.maxParallel,
    'fail-fast': text(flags.failFast),
    'no-cache': text(flags.cache === false),
    pull: text(flags.pull),
    builder: flags.builder,
    'allow-dirty': text(flags.allowDirty),
    'dry-run': text(flags.dryRun ?? flags.checkOnly),
  }
  return {
    mode: command === 'build' ? 'build' : 'plan',
    config: flags.config,
    services: services.join('\n'),
    force: flags.force,
    push: text(flags.push),
    load: text(toLoad),
    registry: flags.registry,
    'inputs-from': flags.inputsFrom,
    'base-ref': flags.baseRef,
    'local-only': text(flags.localOnly),
    'exit-code': text(flags.exitCode),
    ...(command === 'build' && building),
  }
}

function text(flag: boolean | undefined): string {
  return String(flag ?? false)
}
