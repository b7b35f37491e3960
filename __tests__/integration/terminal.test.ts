import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../rig/run-action.js'
import { CLI, Shop, SHOP_SERVICES } from '../rig/shop.js'

interface Document {
  readonly version: number
  readonly commit: string
  readonly images: readonly {
    readonly name: string
    readonly decision: string
    readonly outcome?: string
    readonly changed: boolean
  }[]
}

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open()
  await shop.repository.commit('The shop')
})

afterEach(async () => {
  // Named to the engine, as to list all that other tests left takes long.
  const named = ['*', '*/*'].flatMap((names) => ['--filter', `reference=${shop.prefix}/${names}`])
  const listed = ['image', 'ls', ...named, '--format', '{{.Repository}}:{{.Tag}}']
  const ours = execFileSync('docker', listed, { encoding: 'utf8' }).split('\n').filter(Boolean)
  if (ours.length > 0) execFileSync('docker', ['image', 'rm', '--force', ...ours], { stdio: 'ignore' })
  await shop.close()
})

function command(...args: string[]) {
  const registry =
    args[0] === 'build' || args[0] === 'plan' || args[0] === 'promote' ? ['--registry', shop.prefix] : []
  return runCommand(CLI, [...args, ...registry], { cwd: shop.repository.folder })
}

async function decisions(...args: string[]): Promise<Record<string, string>> {
  const { stdout } = await command(...args, '--json')
  const { images } = JSON.parse(stdout) as Document
  return Object.fromEntries(images.map((image) => [image.name, image.decision]))
}

function all(decision: string): Record<string, string> {
  return Object.fromEntries(SHOP_SERVICES.map((service) => [service, decision]))
}

describe('plan', () => {
  test('needs no Docker, writes only what it remembers, into the git directory, and prints one document with --json', async () => {
    const planned = await runCommand(CLI, ['plan', '--json', '--registry', shop.prefix], {
      cwd: shop.repository.folder,
      env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    })
    expect(planned.exitCode).toBe(0)
    const document = JSON.parse(planned.stdout) as Document
    expect(document).toMatchObject({ version: 1, commit: await shop.repository.git('rev-parse', 'HEAD') })
    expect(document.images.map((image) => image.name)).toEqual(SHOP_SERVICES)
    expect(await readdir(join(shop.repository.folder, '.git/smart-image-build'))).toEqual(['memo'])
    expect(await shop.repository.git('status', '--porcelain')).toBe('')
  })

  test('draws the images with --graph, which takes no service for its form', async () => {
    const tree = await command('plan', '--graph', 'backend')
    expect(tree.stdout).toMatch(/^backend {2}rebuild {2}.*\n1 to rebuild/)
    const diagram = await command('plan', '--graph=mermaid')
    expect(diagram.stdout).toContain('flowchart LR\n')
    expect(diagram.stdout).toContain('["backend<br/>rebuild"]:::rebuild\n')
    expect((await command('plan', '--graph=dot')).exitCode).toBe(2)
    expect((await command('plan', '--graph', '--json')).exitCode).toBe(2)
  })

  test('ends with 10 only when asked to and only when something is to be rebuilt', async () => {
    expect((await command('plan')).exitCode).toBe(0)
    expect((await command('plan', '--exit-code')).exitCode).toBe(10)
    expect((await command('build', '--push', '--quiet')).exitCode).toBe(0)
    expect((await command('plan', '--exit-code')).exitCode).toBe(0)
  })
})

describe('build', () => {
  test('loads images into Docker, then finds them there, uncommitted files included', async () => {
    const first = await command('build')
    expect(first.exitCode).toBe(0)
    expect(first.stdout).toContain('5 built, 0 reused, 0 failed')
    const image = `${shop.prefix}/naytife/store-deployer:latest`
    execFileSync('docker', ['image', 'inspect', image], { stdio: 'ignore' })
    expect(await decisions('build', '--check-only')).toEqual(all('reuse'))

    await shop.repository.write('store-deployer/manifests/extra.yaml', 'kind: Extra\n')
    expect(await decisions('build', '--dry-run')).toEqual({ ...all('reuse'), 'store-deployer': 'rebuild' })
    const second = await command('build')
    expect(second.stdout).toContain('1 built, 4 reused, 0 failed')
    expect(second.stdout).toContain('store-deployer/manifests/extra.yaml')
  })

  test('pushes and loads the very same image', async () => {
    expect((await command('build', 'backend', '--push', '--load', '--tag', 'v1')).exitCode).toBe(0)
    const image = `${shop.prefix}/naytife/backend`
    const inspect = ['image', 'inspect', '--format', '{{json .RepoDigests}}', `${image}:v1`]
    const digests = JSON.parse(execFileSync('docker', inspect, { encoding: 'utf8' })) as string[]
    expect(digests).toEqual([`${image}@${(await shop.manifest('backend', 'v1')).digest}`])
  })

  test('rebuilds with --force, all or some, and builds only the services it is told', async () => {
    await command('build', '--push', '--quiet')
    expect(await decisions('plan', '--push', '--force')).toEqual(all('rebuild'))
    expect(await decisions('plan', '--push', '--force=backend,auth-*')).toEqual({
      ...all('reuse'),
      backend: 'rebuild',
      'auth-handler': 'rebuild',
    })
    expect(await decisions('plan', '--push', '--force', 'backend')).toEqual({
      ...all('skip'),
      backend: 'rebuild',
    })
    expect(await decisions('plan', 'backend*', '--push')).toEqual({
      ...all('skip'),
      backend: 'reuse',
      'backend-migrations': 'reuse',
    })
  })

  test('pushes tags, and refuses uncommitted files unless told otherwise', async () => {
    expect((await command('build', 'backend', '--push', '--tag', 'v1', '--tag', 'stable')).exitCode).toBe(0)
    expect((await shop.manifest('backend', 'v1')).status).toBe(200)
    expect((await shop.manifest('backend', 'stable')).status).toBe(200)

    await shop.repository.write('backend/www/new.html', 'new')
    const refused = await command('build', 'backend', '--push', '--tag', 'v2')
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain('backend/www/new.html')
    const allowed = await command('build', 'backend', '--push', '--tag', 'v2', '--allow-dirty')
    expect(allowed.exitCode).toBe(0)
    expect((await shop.manifest('backend', 'v2')).status).toBe(404)

    // What another service's context holds is no matter of this one; its own Dockerfile is, though ignored.
    expect((await command('build', 'auth-handler', '--push')).exitCode).toBe(0)
    await shop.repository.remove('backend/www/new.html')
    await shop.repository.write('backend/Dockerfile', 'FROM busybox:1.37\n')
    const redefined = await command('build', 'backend', '--push')
    expect(redefined.exitCode).toBe(2)
    expect(redefined.stderr).toContain('backend/Dockerfile')
  })

  test('takes the top of the repository for its root, wherever in it it is called', async () => {
    const below = await runCommand(CLI, ['plan', '--json', '--local-only'], {
      cwd: join(shop.repository.folder, 'backend/www'),
    })
    const { images } = JSON.parse(below.stdout) as Document
    expect(images.map((image) => image.name)).toEqual(SHOP_SERVICES)
  })

  test('ends with 1 and the log when an image fails, and puts nothing but the document on standard output', async () => {
    await shop.repository.write('auth-handler/Dockerfile', 'FROM busybox:1.37\nRUN echo "bad day" && false\n')
    await shop.repository.commit('A bad day')
    const built = await command('build', 'auth-handler', '--json')
    expect(built.exitCode).toBe(1)
    expect(built.stderr).toContain('bad day')
    const { images } = JSON.parse(built.stdout) as Document
    expect(images.find((image) => image.name === 'auth-handler')?.outcome).toBe('failed')
  })
})

describe('promote', () => {
  test('points a tag at the images of the commit, or at those of another tag, and builds nothing', async () => {
    await command('build', 'backend', 'auth-handler', '--push', '--quiet')
    const both = ['promote', 'backend', 'auth-handler']
    const staged = await command(...both, '--tag', 'staging', '--tag', 'v1')
    expect([staged.exitCode, staged.stderr]).toEqual([0, ''])
    expect(staged.stdout).toContain('2 promoted, 0 failed')
    const built = await shop.manifest('backend', 'main')
    expect(built.status).toBe(200)
    for (const tag of ['staging', 'v1']) expect(await shop.manifest('backend', tag)).toEqual(built)

    await shop.touch('backend/www/index.html')
    const missing = await command('promote', 'auth-handler', 'backend', '--tag', 'next')
    expect(missing.exitCode).toBe(1)
    expect(missing.stderr).toContain('`backend` cannot be promoted, and nothing was')
    expect((await shop.manifest('auth-handler', 'next')).status).toBe(404)
    const { stdout, exitCode } = await command(...both, '--from', 'staging', '--tag', 'production', '--json')
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([
      0,
      { version: 1, images: [{ name: 'backend', from: 'staging', digest: built.digest }, {}] },
    ])
    expect(await shop.manifest('backend', 'production')).toEqual(built)
  })

  test('finds without tags of the commit what was built for the platform of a push', async () => {
    await command('build', 'backend', '--push', '--tag', 'other', '--quiet')
    expect((await command('promote', 'backend', '--tag', 'staging')).exitCode).toBe(0)
    expect(await shop.manifest('backend', 'staging')).toEqual(await shop.manifest('backend', 'other'))
  })
})

describe('what counts as a change', () => {
  test('is with --changed-since what a tag of the registry does not point at', async () => {
    const services = ['backend', 'auth-handler']
    await command('build', ...services, '--push', '--quiet')
    await command('promote', 'backend', '--tag', 'staging')
    const { stdout } = await command('plan', ...services, '--push', '--changed-since', 'staging', '--json')
    const { images } = JSON.parse(stdout) as Document
    expect(images.filter(({ changed }) => changed).map(({ name }) => name)).toEqual(['auth-handler'])
  })

  test('is with --detect=commits what the commits touch, whatever was built', async () => {
    await shop.repository.branch('feature')
    await shop.touch('auth-handler/cgi-bin/health')
    const byCommits = ['--detect', 'commits', '--base-ref', 'main']
    const expected = { ...all('reuse'), 'auth-handler': 'rebuild' }
    expect(await decisions('plan', ...byCommits)).toEqual(expected)
    expect(await decisions('build', ...byCommits, '--dry-run')).toEqual(expected)
  })
})

describe('usage', () => {
  test.each([
    { args: ['bild'], exitCode: 2, text: 'Did you mean build' },
    { args: ['build', '--psuh'], exitCode: 2, text: 'Did you mean --push' },
    { args: ['build', 'bakend'], exitCode: 2, text: 'did you mean `backend`?' },
    { args: ['promote', 'backend'], exitCode: 2, text: "required option '--tag <tag>'" },
    { args: ['promote', '--tag', 'x', '--wait', 'long'], exitCode: 2, text: 'seconds, or a duration' },
    { args: ['promote', '--tag', 'x', '--push'], exitCode: 2, text: "unknown option '--push'" },
    { args: ['plan', '--detect', 'commit'], exitCode: 2, text: 'did you mean `commits`?' },
    { args: ['--help'], exitCode: 0, text: 'Exit codes' },
    { args: ['build', '--help'], exitCode: 0, text: '--check-only' },
    { args: ['--version'], exitCode: 0, text: '0.1.0' },
  ])('$args ends with $exitCode', async ({ args, exitCode, text }) => {
    const ended = await runCommand(CLI, args, { cwd: shop.repository.folder })
    expect(ended.exitCode).toBe(exitCode)
    expect(ended.stdout + ended.stderr).toContain(text)
  })
})
