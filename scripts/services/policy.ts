import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { onTermination } from './termination.js'

const policyFile = '/usr/sbin/policy-rc.d'
const denied = '#!/bin/sh\n# Written by smart-image-build for the time of one installation.\nexit 101\n'

/**
 * Keeps maintainer scripts from starting the services they install: without an init system that can hang, and an
 * engine started by the package would take the socket ours needs. A policy the machine has already stays.
 */
export async function withoutServiceStarts<T>(install: () => Promise<T>): Promise<T> {
  if (existsSync(policyFile)) return await install()
  writeFileSync(policyFile, denied, { mode: 0o755 })
  const restore = (): void => {
    rmSync(policyFile, { force: true })
  }
  const forget = onTermination(restore)
  try {
    return await install()
  } finally {
    forget()
    restore()
  }
}
