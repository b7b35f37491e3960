import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { runCommand } from '../rig/run-action.js'
import { CLI, testRegistry } from '../rig/shop.js'
import { TempRepository } from '../rig/temp-repository.js'

jest.setTimeout(120_000)

const SERVING = 'CMD ["httpd", "-f", "-v", "-p", "8080", "-h", "/www"]'
const BROKEN = 'CMD ["sh", "-c", "echo no database; exit 3"]'
const HEALTH = '{port: 8080, path: /health, timeout: 10s}'

let repository: TempRepository
let registry: string
let prefix: string

beforeEach(async () => {
  registry = testRegistry()
  prefix = `health-${randomBytes(6).toString('hex')}`
  repository = await TempRepository.create()
  await repository.write(
    'smart-image-build.yml',
    `services:\n  web: {context: web, health: ${HEALTH}}\n  other: {context: other}\n`,
  )
  await repository.write('other/Dockerfile', 'FROM busybox:1.37\nCMD ["true"]\n')
  await repository.write('web/www/health', 'fine\n')
  await serves(SERVING)
})

afterEach(async () => {
  const listed = [
    'image',
    'ls',
    '--filter',
    `reference=*/${prefix}/*`,
    '--format',
    '{{.Repository}}:{{.Tag}}',
  ]
  const images = docker(...listed)
    .split('\n')
    .filter(Boolean)
  if (images.length > 0) docker('image', 'rm', '--force', ...images)
  await repository.dispose()
})

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' })
}

/** Commits an image of another last instruction. */
async function serves(command: string): Promise<void> {
  // Not in any layer cache, so that each is an image of its own.
  const label = `LABEL test=${prefix}`
  await repository.write('web/Dockerfile', `FROM busybox:1.37\nCOPY www /www\n${label}\n${command}\n`)
  await repository.commit(command)
}

/** Service → what became of it. */
async function build(...args: string[]) {
  const { exitCode, stdout, stderr } = await runCommand(
    CLI,
    ['build', ...args, '--registry', `${registry}/${prefix}`, '--json'],
    { cwd: repository.folder },
  )
  const { images } = JSON.parse(stdout) as {
    images: { name: string; outcome: string; fingerprint: string }[]
  }
  const [web] = images
  return {
    ...{ exitCode, stderr, fingerprint: web?.fingerprint.slice(0, 32) ?? '' },
    outcomes: Object.fromEntries(images.map(({ name, outcome }) => [name, outcome])),
  }
}

async function tags(): Promise<string[]> {
  const response = await fetch(`http://${registry}/v2/${prefix}/web/tags/list`)
  const { tags: found } = (await response.json()) as { tags?: string[] }
  return (found ?? []).sort()
}

/** Containers that were made of this test's images, running or not. */
function containers(): string {
  return docker('container', 'ls', '--all', '--quiet', '--filter', `label=test=${prefix}`).trim()
}

function localTags(): string[] {
  const listed = docker('image', 'ls', '--filter', `reference=*/${prefix}/web`, '--format', '{{.Tag}}')
  return listed.split('\n').filter(Boolean).sort()
}

describe('a pushed image', () => {
  test('that answers gets its tags, and is reused by the next run', async () => {
    const first = await build('--push', '--tag', 'v1')
    expect([first.exitCode, first.outcomes]).toEqual([0, { web: 'built', other: 'built' }])
    const { fingerprint } = first
    expect(await tags()).toEqual([`fp-${fingerprint}`, `try-${fingerprint}`, 'v1'])
    expect([containers(), localTags()]).toEqual(['', []])
    expect((await build('--push', '--tag', 'v1')).outcomes).toEqual({ web: 'reused', other: 'reused' })
  })

  test('that does not answer gets no tag but that of its trial, and is not reused', async () => {
    const working = await build('--push', '--tag', 'v1')
    const before = await tags()
    await serves(BROKEN)
    for (const attempt of ['first', 'next']) {
      const broken = await build('--push', '--tag', 'v2')
      expect([attempt, broken.exitCode, broken.outcomes]).toEqual([
        ...[attempt, 1],
        { web: 'failed', other: 'reused' },
      ])
      expect(broken.stderr).toContain(
        '/health at port 8080 did not answer within 10 s (it ended with code 3)',
      )
      expect(broken.stderr).toContain('no database')
      expect(broken.fingerprint).not.toBe(working.fingerprint)
      expect(await tags()).toEqual([...before, `try-${broken.fingerprint}`].sort())
    }
    expect(containers()).toBe('')
    await serves(SERVING)
    expect((await build('--push', '--tag', 'v2')).outcomes).toEqual({ web: 'reused', other: 'reused' })
    expect(await tags()).toContain('v2')
  })

  test('is stopped and removed when the run is interrupted, and gets no tag', async () => {
    await serves('CMD ["sleep", "600"]')
    const text = `services:\n  web: {context: web, health: {port: 8080, timeout: 100s}}\n`
    await repository.write('smart-image-build.yml', text)
    await repository.commit('Wait long')
    const args = [CLI, 'build', '--push', '--tag', 'v1', '--registry', `${registry}/${prefix}`]
    const child = spawn(process.execPath, args, { cwd: repository.folder, stdio: 'ignore' })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    while (containers() === '' && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 100))
    expect(containers()).not.toBe('')
    child.kill('SIGINT')
    expect([await ended, containers()]).toEqual([130, ''])
    expect(await tags()).toEqual([expect.stringMatching(/^try-/)])
  })
})

describe('an image that is not pushed', () => {
  test('is tried in the engine, and loaded when it answers', async () => {
    const { exitCode, fingerprint } = await build('web')
    expect([exitCode, localTags()]).toEqual([0, [`fp-${fingerprint}`, 'latest']])
    expect([containers(), await tags()]).toEqual(['', []])
  })

  test('leaves nothing in the engine when it does not answer', async () => {
    await serves(BROKEN)
    const { exitCode, stderr } = await build('web')
    expect([exitCode, localTags(), containers()]).toEqual([1, [], ''])
    expect(stderr).toContain('no database')
  })
})
