/** Flags of a command, by commander's names for them. */
export interface Flags {
  readonly workflow?: true
  readonly stdout?: true
  readonly config?: string
  readonly cwd?: string
  readonly json?: true
  readonly quiet?: true
  readonly verbose?: true
  readonly plain?: true
  readonly force?: string
  readonly push?: true
  readonly load?: true
  readonly registry?: string
  readonly localOnly?: true
  readonly inputsFrom?: string
  readonly baseRef?: string
  readonly changedSince?: string
  readonly detect?: string
  readonly from?: string
  readonly wait?: string
  readonly against?: string
  readonly exitCode?: true
  readonly advise?: true
  readonly graph?: 'text' | 'mermaid'
  readonly dryRun?: true
  readonly checkOnly?: true
  readonly tag?: readonly string[]
  readonly builder?: string
  readonly maxParallel?: string
  readonly failFast?: true
  readonly cache?: boolean
  readonly pull?: true
  readonly allowDirty?: true
  readonly secret?: readonly SecretFlag[]
  readonly layerCache?: string
  readonly layerCacheMode?: string
  readonly layerCacheWrite?: string
  readonly cleanup?: true
  readonly url?: readonly string[]
  readonly composeProject?: string
  readonly kind?: string
}

/** An entry of the input of that name. */
export interface SecretFlag {
  readonly input: 'secret-envs' | 'secret-files'
  readonly entry: string
}

/** `id=ID,env=VARIABLE` or `id=ID,src=PATH`, as for `docker build --secret`; `undefined` for anything else. */
export function secretFlag(text: string): SecretFlag | undefined {
  const fields = new Map(
    text.split(',').map((field): [string, string] => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(field) ?? []
      return [name, value]
    }),
  )
  const [id, variable, path] = [
    fields.get('id'),
    fields.get('env'),
    fields.get('src') ?? fields.get('source'),
  ]
  if (!id || (variable ? path : !path)) return undefined
  return variable
    ? { input: 'secret-envs', entry: `${id}=${variable}` }
    : { input: 'secret-files', entry: `${id}=${path ?? ''}` }
}

/** By the names of the action's inputs. */
type Inputs = Readonly<Record<string, string | undefined>>

export interface Invocation {
  readonly services: readonly string[]
  readonly flags: Flags
}

export type CommandName = 'plan' | 'build' | 'promote' | 'explain' | 'init' | 'verify' | 'load' | 'prune'

/** The flags by the names of the action's inputs; each command is given those that mean something to it. */
export function inputsOf(command: CommandName, { services, flags }: Invocation): Inputs {
  const shared = {
    config: flags.config,
    services: services.join('\n'),
    registry: flags.registry,
    'inputs-from': flags.inputsFrom,
  }
  switch (command) {
    case 'plan':
    case 'explain':
    case 'init':
      return { mode: 'plan', ...shared, ...deciding(flags), load: text(flags.load) }
    case 'build':
      return { mode: 'build', ...shared, ...deciding(flags), ...howToBuild(flags) }
    case 'verify':
      return {
        ...{ mode: 'verify', ...shared },
        url: flags.url?.join('\n'),
        'compose-project': flags.composeProject,
      }
    case 'load':
      return { mode: 'plan', ...shared, load: 'true', 'local-only': text(flags.localOnly) }
    case 'prune':
      return { mode: 'plan', ...shared }
    case 'promote':
      return { mode: 'promote', ...shared, from: flags.from, wait: flags.wait, tags: flags.tag?.join('\n') }
  }
}

function deciding(flags: Flags): Inputs {
  return {
    force: flags.force,
    push: text(flags.push),
    'base-ref': flags.baseRef,
    'changed-since': flags.changedSince,
    detect: flags.detect,
    'local-only': text(flags.localOnly),
    'exit-code': text(flags.exitCode),
    advise: text(flags.advise),
  }
}

function howToBuild(flags: Flags): Inputs {
  const tags = flags.tag ?? (flags.push ? [] : ['latest'])
  return {
    load: text(flags.load ?? !flags.push),
    tags: tags.join('\n'),
    'max-parallel': flags.maxParallel,
    'fail-fast': text(flags.failFast),
    'no-cache': text(flags.cache === false),
    pull: text(flags.pull),
    builder: flags.builder,
    'allow-dirty': text(flags.allowDirty),
    'layer-cache': flags.layerCache,
    'layer-cache-mode': flags.layerCacheMode,
    'layer-cache-write': flags.layerCacheWrite,
    'secret-envs': secrets('secret-envs', flags),
    'secret-files': secrets('secret-files', flags),
    'dry-run': text(flags.dryRun ?? flags.checkOnly),
    cleanup: flags.cleanup ? 'dangling' : undefined,
  }
}

function secrets(input: SecretFlag['input'], { secret = [] }: Flags): string {
  return secret.flatMap((one) => (one.input === input ? [one.entry] : [])).join('\n')
}

function text(flag: boolean | undefined): string {
  return String(flag ?? false)
}
