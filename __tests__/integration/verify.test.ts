import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runCommand } from '../rig/run-action.js'
import { CLI } from '../rig/shop.js'
import { TempRepository } from '../rig/temp-repository.js'

jest.setTimeout(120_000)

/** Serves what it was built from, out of the arguments that every build is given. */
const DOCKERFILE = `FROM busybox:1.37
COPY www /www
ARG CACHE_BUST
ARG GIT_COMMIT
RUN mkdir -p /www/build && printf '{"fingerprint":"%s","revision":"%s"}' "$CACHE_BUST" "$GIT_COMMIT" >/www/build/info
CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]
`

let repository: TempRepository
let prefix: string
let started: string[]

beforeEach(async () => {
  started = []
  prefix = `verify-${randomBytes(6).toString('hex')}`
  repository = await TempRepository.create()
  const services = `services:\n  web: {context: web, image: ${prefix}/web}\n  other: {context: web, image: ${prefix}/other}\n`
  await repository.write('smart-image-build.yml', services)
  await repository.write('web/Dockerfile', DOCKERFILE)
  await repository.write('web/www/index.html', prefix)
  await repository.commit('The first')
})

afterEach(async () => {
  if (started.length > 0) docker('container', 'rm', '--force', ...started)
  const listed = ['image', 'ls', '--filter', `reference=${prefix}/*`, '--format', '{{.Repository}}:{{.Tag}}']
  const images = docker(...listed)
    .split('\n')
    .filter(Boolean)
  if (images.length > 0) docker('image', 'rm', '--force', ...images)
  await repository.dispose()
})

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim()
}

function start(...args: string[]): string {
  const id = docker('run', '--detach', ...args)
  started.push(id)
  return id
}

function command(...args: string[]) {
  return runCommand(CLI, args, { cwd: repository.folder })
}

async function verify(...args: string[]) {
  const { exitCode, stdout, stderr } = await command('verify', ...args, '--json')
  const { services } = JSON.parse(stdout) as {
    services: { name: string; state: string; running: { revision?: string }[] }[]
  }
  return {
    exitCode,
    stderr,
    states: Object.fromEntries(services.map(({ name, state }) => [name, state])),
    services,
  }
}

describe('a container', () => {
  test('of the commit is fresh; after a commit that changes its image it is stale until it is replaced', async () => {
    await command('build', 'web', '--quiet')
    const old = start(`${prefix}/web:latest`)
    expect(await verify()).toMatchObject({ exitCode: 0, states: { web: 'fresh', other: 'not-running' } })

    await repository.write('README.md', 'Nothing that any image takes')
    await repository.commit('Words')
    // It names the commit that it was built from, which is not this one.
    const revision = await repository.git('rev-parse', 'HEAD~1')
    const kept = await verify('web')
    expect(kept).toMatchObject({ exitCode: 0, states: { web: 'fresh' } })
    expect(kept.services[0]?.running[0]?.revision).toBe(revision)

    await repository.write('web/www/index.html', 'new')
    await repository.commit('Another page')
    const stale = await verify()
    expect([stale.exitCode, stale.states['web']]).toEqual([1, 'stale'])
    expect(stale.stderr).toContain('`web` is stale')

    await command('build', 'web', '--quiet')
    // Its tag means the new image by now; what runs is the old one all the same.
    expect((await verify()).exitCode).toBe(1)
    docker('container', 'rm', '--force', old)
    started.pop()
    start(`${prefix}/web:latest`)
    expect(await verify()).toMatchObject({ exitCode: 0, states: { web: 'fresh' } })
  })

  test('of an image that was built by other means is stale', async () => {
    docker('image', 'tag', 'busybox:1.37', `${prefix}/web:latest`)
    start(`${prefix}/web:latest`, 'sleep', '600')
    const { exitCode, stderr } = await command('verify')
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('it was not built by this')])
  })
})

describe('an address', () => {
  test('of a service that serves its build arguments is fresh, and stale after a change', async () => {
    await command('build', 'web', '--quiet', '--inputs-from', 'commit')
    const id = start('--publish', '127.0.0.1::8080', `${prefix}/web:latest`)
    const url = `http://${docker('port', id, '8080/tcp')}/build/info`
    const fresh = await verify('--url', `web=${url}`)
    expect(fresh).toMatchObject({ exitCode: 0, states: { web: 'fresh' } })
    expect(fresh.services[0]?.running[0]?.revision).toBe(await repository.git('rev-parse', 'HEAD'))
    await repository.write('web/www/index.html', 'new')
    await repository.commit('Another page')
    expect(await verify('web', '--url', url)).toMatchObject({ exitCode: 1, states: { web: 'stale' } })
  })

  test.each([
    { answer: 'not found', status: 404, problem: 'it answered 404' },
    { answer: '<html>', status: 200, problem: 'its answer is no JSON object' },
    { answer: '["x"]', status: 200, problem: 'its answer is no JSON object' },
  ])('that answers $answer is a failure', async ({ answer, status, problem }) => {
    const server = createServer((_, response) => response.writeHead(status).end(answer)).listen(
      0,
      '127.0.0.1',
    )
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const { exitCode, stderr } = await command('verify', 'web', '--url', `http://127.0.0.1:${port}/`)
    server.close()
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(problem)])
  })

  test('that nobody listens at is a failure', async () => {
    const { exitCode, stderr } = await command('verify', 'web', '--url', 'http://127.0.0.1:1/')
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('127.0.0.1:1 does not answer')])
  })
})
