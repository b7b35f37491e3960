import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../rig/run-action.js'
import { CLI } from '../rig/shop.js'
import { TempRepository } from '../rig/temp-repository.js'

jest.setTimeout(120_000)

let repository: TempRepository
let prefix: string

beforeEach(async () => {
  prefix = `prune-${randomBytes(6).toString('hex')}`
  repository = await TempRepository.create()
  await repository.write('smart-image-build.yml', `services:\n  web: {context: web, image: ${prefix}/web}\n`)
  await repository.write('web/Dockerfile', 'FROM busybox:1.37\nCOPY page /\n')
  await repository.write('web/page', prefix)
  await repository.commit('The first')
})

afterEach(async () => {
  const names = ['--filter', `reference=${prefix}/*`, '--format', '{{.Repository}}:{{.Tag}}']
  const listed = execFileSync('docker', ['image', 'ls', ...names], { encoding: 'utf8' })
  const images = listed.split('\n').filter(Boolean)
  if (images.length > 0) execFileSync('docker', ['image', 'rm', '--force', ...images], { stdio: 'ignore' })
  await repository.dispose()
})

function command(...args: string[]) {
  return runCommand(CLI, args, { cwd: repository.folder })
}

async function states(): Promise<string[]> {
  const names = await readdir(join(repository.folder, '.git/smart-image-build'))
  return names.filter((name) => name.startsWith('state-'))
}

test('what a branch has left goes when the branch does, and no sooner', async () => {
  await command('build', '--quiet')
  const [main] = await states()
  await repository.branch('feature')
  await repository.write('web/page', `${prefix} on a branch`)
  await repository.commit('A branch')
  await command('build', '--quiet')
  expect(await states()).toHaveLength(2)
  await repository.branch('main')

  const none = await command('prune')
  expect([none.exitCode, none.stdout]).toEqual([0, '0 removed, 0 B\n'])

  await repository.git('branch', '--quiet', '-D', 'feature')
  const listed = await command('prune', '--dry-run')
  expect(listed.stdout).toContain('(terminal@refs/heads/feature)')
  expect(await states()).toHaveLength(2)
  const removed = JSON.parse((await command('prune', '--json')).stdout) as {
    superseded: { reason: string }[]
  }
  expect(removed.superseded.map(({ reason }) => reason)).toEqual(['branch-gone'])
  expect(await states()).toEqual([main])
  const planned = await command('plan', '--load')
  expect(planned.stdout).toContain('0 to rebuild, 1 to reuse')
})
