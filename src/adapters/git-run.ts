import { type ProcessEnd, run } from './process.js'

export interface GitOptions {
  /** Variables that git runs with, those that carry its credentials included. */
  readonly environment: NodeJS.ProcessEnv
  /** Folder for a missing commit that is fetched from `origin`; without it none is fetched. */
  readonly fetchFolder?: string
  /** Whether the top of the work tree plays the root, wherever in it the folder lies. */
  readonly atTop?: boolean
}

/**
 * What would make git silent about what lies on the disk, or talkative in another way: modes and the case of names are
 * as the disk has them.
 */
const SETTINGS = [
  ...['-c', 'core.fileMode=true', '-c', 'status.showStash=false'],
  ...(process.platform === 'linux' ? ['-c', 'core.ignoreCase=false'] : []),
]

/** Set by git for its hooks; a run inside of one looks at the work tree all the same. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY']

/** Environment for git in which its user's settings have no say in what it prints. */
export function gitEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const fixed = { LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '1', GIT_TERMINAL_PROMPT: '0' }
  const env: NodeJS.ProcessEnv = { ...environment, ...fixed }
  for (const name of OF_HOOKS) env[name] = undefined
  return env
}

/** Runs git in a folder of a repository; `input` is written to its standard input. */
export function git(
  folder: string,
  { environment, input }: { readonly environment: NodeJS.ProcessEnv; readonly input?: string },
  args: readonly string[],
): Promise<ProcessEnd> {
  const env = gitEnvironment(environment)
  return run('git', [...SETTINGS, ...args], { cwd: folder, env, ...(input !== undefined && { input }) })
}
