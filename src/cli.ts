import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { randomUUID } from 'node:crypto'
import { basename, join, resolve } from 'node:path'
import { FileStore } from './adapters/file-store.js'
import { FolderFiles } from './adapters/folder-files.js'
import { FolderLayers } from './adapters/folder-layers.js'
import { FolderLayouts } from './adapters/folder-layouts.js'
import { openRepository } from './adapters/git-open.js'
import { abortOnSignals } from './adapters/interruption.js'
import { defaultParallel, machine } from './adapters/machine.js'
import { NO_LAYER_SERVICE } from './adapters/no-layer-service.js'
import {
  type CommandName,
  type Flags,
  inputsOf,
  type Invocation,
  secretFlag,
  type SecretFlag,
} from './adapters/terminal-flags.js'
import { TerminalHost } from './adapters/terminal-host.js'
import { run } from './pipeline.js'
import { explainService } from './pipeline/explain-service.js'
import { fail, type Job, type Ports } from './pipeline/job.js'
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
  return several(common(command))
    .option('--force [list]', 'rebuild all, `bases`, or a comma separated list of images')
    .option('--push', 'images must be in the registry')
    .option('--load', 'images must be in this Docker')
    .option('--local-only', 'ask no registry')
    .option('--base-ref <commit>', 'commit that changes are explained against')
    .option(
      '--changed-since <tag>',
      'changed is what this registry tag does not point at (default: the record)',
    )
    .option('--detect <how>', 'what tells a change: content (default), or commits, the commit range alone')
    .option('--verbose', "print the output of every build's steps")
}

function several(command: Command): Command {
  return command.argument('[services...]', 'names or globs; all services when none is given')
}

function promoting(command: Command): Command {
  return several(command)
    .requiredOption('--tag <tag>', 'tag that is to point at the image, repeatable', repeated)
    .option('--from <image>', 'a tag, or the digest of one service (default: the image of this commit)')
    .option('--wait <duration>', 'wait so long for images that are being built elsewhere, such as 10m')
}

function repeated(value: string, values: readonly string[] | undefined): readonly string[] {
  return [...(values ?? []), value]
}

function secretOption(text: string, given: readonly SecretFlag[] | undefined): readonly SecretFlag[] {
  const secret = secretFlag(text)
  if (secret === undefined) throw new InvalidArgumentError('write id=ID,env=VARIABLE or id=ID,src=PATH.')
  return [...(given ?? []), secret]
}

function building(command: Command): Command {
  return command
    .option(
      '--tag <tag>',
      'tags besides the fingerprint (default: latest; with --push: commit and branch), repeatable',
      repeated,
    )
    .option('--max-parallel <n>', 'builds at once (default: twice the processors, at least 4)')
    .option('--fail-fast', 'start no further build after a failure')
    .option(
      '--layer-cache <where>',
      'layers of earlier builds: local, registry, inline, gha or none (default)',
    )
    .option('--layer-cache-mode <mode>', 'max: of every stage (default for bases); min: of the image alone')
    .option('--layer-cache-write <when>', 'leave layers for later builds: auto (default), always or never')
    .option('--no-cache', 'build without the layer cache')
    .option('--pull', 'look for newer base images')
    .option('--builder <name>', 'buildx builder')
    .option('--secret <secret>', 'id=ID,env=VARIABLE or id=ID,src=PATH, repeatable', secretOption)
    .option('--plain', 'plain progress lines')
    .option('--allow-dirty', 'push images that hold uncommitted files; moves no tag but the fingerprint')
    .option('--dry-run', 'only say what would be built')
    .option('--check-only', 'the same as --dry-run')
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
  const ref = git.branch === undefined ? undefined : `refs/heads/${git.branch}`
  const signal = abortOnSignals(process)
  const job = {
    inputs: inputsOf(command, { services, flags }),
    defaults: { maxParallel: defaultParallel(), layerCache: 'none' as const },
    context: {
      trigger: { kind: 'terminal' as const },
      runId: randomUUID(),
      stateScope: `terminal@${ref ?? git.head}`,
      defaultPlatform:
        flags.push || command === 'promote'
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
    ...keptIn(join(commonDirectory, 'smart-image-build')),
    host,
  }
  process.exitCode = await carryOut(command, {
    services,
    flags,
    job,
    ports: { ...ports, files: new FolderFiles(root) },
  })
}

/** What is there from one command to the next. */
function keptIn(folder: string): Pick<Ports, 'store' | 'layouts' | 'layers' | 'layerService'> {
  return {
    store: new FileStore(folder),
    layouts: new FolderLayouts(join(folder, 'layouts')),
    layers: new FolderLayers(join(folder, 'layers')),
    layerService: NO_LAYER_SERVICE,
  }
}

interface Work extends Invocation {
  readonly job: Job
  readonly ports: Ports & { readonly files: NewFiles }
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
    case 'plan':
    case 'build':
    case 'promote':
      return run(job, ports)
  }
}

const DOCKER_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', arm: 'arm/v7' }
