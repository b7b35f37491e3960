import { type Command, InvalidArgumentError, Option } from 'commander'
import { secretFlag, type SecretFlag } from './terminal-flags.js'

/** What every command takes that looks at a repository. */
export function common(command: Command): Command {
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

/** What a decision depends on. */
export function shared(command: Command): Command {
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

/** The document of `--json` has the relations already. */
export function graphOption(): Option {
  return new Option('--graph [form]', 'draw what is built from what: text (a tree, the default) or mermaid')
    .choices(['text', 'mermaid'])
    .conflicts('json')
}

function several(command: Command): Command {
  return command.argument('[services...]', 'names or globs; all services when none is given')
}

/** What a promotion takes, besides what every command does. */
export function promoting(command: Command): Command {
  return several(command)
    .requiredOption('--tag <tag>', 'tag that is to point at the image, repeatable', repeated)
    .option('--from <image>', 'a tag, or the digest of one service (default: the image of this commit)')
    .option('--wait <duration>', 'wait so long for images that are being built elsewhere, such as 10m')
}

/** What a verification takes, besides what every command does. */
export function verifying(command: Command): Command {
  return several(command)
    .option('--url <address>', 'ask [SERVICE=]https://…/build/info in place of Docker, repeatable', repeated)
    .option('--compose-project <name>', 'look at the containers of this Compose project alone')
}

/** What loading into a kind cluster takes, besides what every command does. */
export function intoKind(command: Command): Command {
  return several(command)
    .requiredOption('--kind <cluster>', 'name of the cluster')
    .option('--tag <tag>', 'tags of the images there (default: latest), repeatable', repeated)
    .option('--local-only', 'ask no registry')
}

function repeated(value: string, values: readonly string[] | undefined): readonly string[] {
  return [...(values ?? []), value]
}

function secretOption(text: string, given: readonly SecretFlag[] | undefined): readonly SecretFlag[] {
  const secret = secretFlag(text)
  if (secret === undefined) throw new InvalidArgumentError('write id=ID,env=VARIABLE or id=ID,src=PATH.')
  return [...(given ?? []), secret]
}

/** What a build takes, besides what its decision depends on. */
export function building(command: Command): Command {
  return command
    .option(
      '--tag <tag>',
      'tags besides the fingerprint (default: latest; with --push: commit and branch), repeatable',
      repeated,
    )
    .option(
      '--max-parallel <n>',
      'builds at once (default: twice the processors, at least 4, and eight times as many short ones)',
    )
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
    .option('--cleanup', 'then remove dangling images and stopped containers made here')
    .option('--dry-run', 'only say what would be built')
    .option('--check-only', 'the same as --dry-run')
}
