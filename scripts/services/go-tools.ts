import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runLogged } from './commands.js'
import { findExecutable, readHost, type Host } from './host.js'
import { prepareFolder } from './state.js'

export interface GoTool {
  readonly name: string
  readonly module: string
  readonly version: string
}

/** The first act that knows the runtime `node24` is 0.2.87. */
export const ACT: GoTool = { name: 'act', module: 'github.com/nektos/act', version: 'v0.2.89' }
export const ACTIONLINT: GoTool = {
  name: 'actionlint',
  module: 'github.com/rhysd/actionlint/cmd/actionlint',
  version: 'v1.7.12',
}

/** What compiling act may take on a busy machine. */
export const goToolTimeoutMs = 15 * 60_000

/** Whether `goTool` can be asked for one: without Go there is nothing to compile it with. */
export function hasGo(host: Host = readHost()): boolean {
  return findExecutable(host, 'go') !== undefined
}

/** Path of the tool, compiled on first use and kept for later ones. Throws when it cannot be compiled. */
export async function goTool(tool: GoTool, host: Host = readHost()): Promise<string> {
  prepareFolder(host)
  const programs = join(host.folder, 'go-tools')
  const program = join(programs, `${tool.name}-${tool.version}`)
  if (existsSync(program)) return program
  mkdirSync(programs, { recursive: true })
  const folder = mkdtempSync(join(programs, 'install-'))
  try {
    const log = join(host.folder, 'go-tools.log')
    const env = { GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' }
    const args = ['install', '-trimpath', `${tool.module}@${tool.version}`]
    if ((await runLogged('go', args, { log, env, timeoutMs: goToolTimeoutMs })) !== 0)
      throw new Error(`${tool.name} ${tool.version} does not compile (log: ${log})`)
    // Whole or not there at all, whoever else installs it at the same time.
    renameSync(join(folder, tool.name), program)
    return program
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
