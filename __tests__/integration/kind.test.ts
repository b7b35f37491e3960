import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { DockerKindClusters } from '../../src/adapters/kind-clusters.js'
import { valueOf } from '../fakes/images.js'
import { runCommand } from '../rig/run-action.js'
import { CLI } from '../rig/shop.js'
import { TempRepository } from '../rig/temp-repository.js'

jest.setTimeout(120_000)

const run = promisify(execFile)
const name = `test-${randomBytes(6).toString('hex')}`
const { signal } = new AbortController()

let folder: string
/** Without a program `kind`. */
let path: string
const nodes = [`${name}-control-plane`, `${name}-worker`]

async function docker(...args: string[]): Promise<string> {
  return (await run('docker', args)).stdout.trim()
}

async function which(program: string): Promise<string> {
  return (await run('sh', ['-c', 'command -v "$0"', program])).stdout.trim()
}

/** An image that runs the containerd of this machine, in place of kind's node image. */
async function nodeImage(): Promise<string> {
  const root = join(folder, 'root')
  const add = async (file: string, to = file) => {
    await mkdir(join(root, dirname(to)), { recursive: true })
    await copyFile(file, join(root, to))
  }
  for (const program of ['containerd', 'ctr']) {
    const file = await which(program)
    await add(file, `/usr/bin/${program}`)
    const { stdout } = await run('ldd', [file]).catch(() => ({ stdout: '' }))
    for (const [library] of stdout.matchAll(/\/\S+/g)) await add(library)
  }
  await writeFile(join(folder, 'Dockerfile'), 'FROM busybox:1.37\nCOPY root/ /\nCMD ["containerd"]\n')
  const build = ['buildx', 'build', '--builder', 'default', '--load', '--quiet']
  await docker(...build, '--tag', `${name}:node`, folder)
  return `${name}:node`
}

/** Names of the images that containerd has for Kubernetes. */
async function imagesIn(node: string): Promise<string[]> {
  const listed = await docker('exec', node, 'ctr', '--namespace=k8s.io', 'images', 'ls', '--quiet')
  return listed.split('\n').filter(Boolean).sort()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kind-'))
  const tools = join(folder, 'tools')
  await mkdir(tools)
  await writeFile(join(tools, 'docker'), `#!/bin/sh\nexec '${await which('docker')}' "$@"\n`)
  await chmod(join(tools, 'docker'), 0o755)
  path = tools
  const image = await nodeImage()
  for (const node of nodes) {
    const label = ['--label', `io.x-k8s.kind.cluster=${name}`]
    const volume = ['--volume', '/var/lib/containerd']
    await docker('run', '--detach', '--privileged', '--name', node, ...label, ...volume, image)
  }
  for (const node of nodes)
    for (let tries = 0; ; tries++) {
      const isUp = await imagesIn(node).then(
        () => true,
        () => false,
      )
      if (isUp) break
      if (tries === 100) throw new Error(await docker('logs', node))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  for (const tag of ['api', 'web']) await docker('image', 'tag', 'busybox:1.37', `localhost/${name}:${tag}`)
})

afterAll(async () => {
  await run('docker', ['container', 'rm', '--force', '--volumes', ...nodes]).catch(() => undefined)
  const images = [`${name}:node`, `localhost/${name}:api`, `localhost/${name}:web`]
  await run('docker', ['image', 'rm', '--force', ...images]).catch(() => undefined)
  await rm(folder, { recursive: true, force: true })
})

describe('without the program kind', () => {
  test('the containerd of every node imports the images, and has their layers', async () => {
    const clusters = new DockerKindClusters({ ...process.env, PATH: path })
    const references = [`localhost/${name}:api`, `localhost/${name}:web`]
    valueOf(await clusters.load(name, references, signal))
    for (const node of nodes) {
      expect(await imagesIn(node)).toEqual(expect.arrayContaining(references))
      const ctr = ['exec', node, 'ctr', '--namespace=k8s.io']
      await docker('exec', node, 'mkdir', '-p', '/mnt')
      await docker(...ctr, 'images', 'mount', references[0] ?? '', '/mnt')
      expect(await docker('exec', node, 'ls', '/mnt/bin/busybox')).toBe('/mnt/bin/busybox')
    }
    // What is there already is no failure.
    valueOf(await clusters.load(name, references, signal))
  })

  test('the command puts what was built into the cluster, and says what must be built first', async () => {
    const repository = await TempRepository.create()
    const config = `services:\n  web: {context: web, image: localhost/${name}}\n`
    await repository.write('smart-image-build.yml', config)
    await repository.write('web/Dockerfile', `FROM busybox:1.37\nLABEL test=${name}\n`)
    await repository.commit('The first')
    const command = (...args: string[]) =>
      runCommand(CLI, args, { cwd: repository.folder, env: { PATH: `${path}:/usr/bin:/bin` } })
    const missing = await command('load', 'web', '--kind', name, '--local-only')
    expect([missing.exitCode, missing.stderr]).toEqual([
      ...[2, expect.stringContaining('build it first: smart-image-build build web --load')],
    ])
    await command('build', '--quiet', '--local-only')
    const loaded = await command('load', 'web', '--kind', name, '--tag', 'v1', '--local-only')
    expect([loaded.exitCode, loaded.stderr]).toEqual([0, ''])
    for (const node of nodes)
      expect(await imagesIn(node)).toEqual(
        expect.arrayContaining([`localhost/${name}:v1`, expect.stringMatching(`^localhost/${name}:fp-`)]),
      )
    const tags = await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', `localhost/${name}`)
    await docker(
      'image',
      'rm',
      '--force',
      ...tags.split('\n').filter((tag) => /:(?:fp-|v1|latest)/.test(tag)),
    )
    await repository.dispose()
  })

  test.each([
    { cluster: `${name}-2`, tag: 'api', kind: 'usage', message: `no kind cluster \`${name}-2\`` },
    { cluster: name, tag: 'none', kind: 'engine-failed', message: 'docker image save failed' },
  ])('$message is a failure', async ({ cluster, tag, kind, message }) => {
    const clusters = new DockerKindClusters({ ...process.env, PATH: path })
    expect(await clusters.load(cluster, [`localhost/${name}:${tag}`], signal)).toMatchObject({
      ok: false,
      failures: [{ kind, message: expect.stringContaining(message) as unknown }],
    })
  })
})

describe('with the program kind', () => {
  /** Stands in for it: writes down its arguments and ends as it is told. */
  async function withKind(exitCode: number) {
    const tools = await mkdtemp(join(folder, 'with-kind-'))
    const log = join(tools, 'log')
    await writeFile(join(tools, 'kind'), `#!/bin/sh\necho "$*" >'${log}'\necho oh no >&2\nexit ${exitCode}\n`)
    await chmod(join(tools, 'kind'), 0o755)
    const clusters = new DockerKindClusters({
      ...process.env,
      PATH: `${tools}:${path}:${process.env['PATH'] ?? ''}`,
    })
    return { clusters, log: async () => (await run('cat', [log])).stdout }
  }

  test('it is asked to do it', async () => {
    const { clusters, log } = await withKind(0)
    valueOf(await clusters.load('any', ['a:1', 'b:2'], signal))
    expect(await log()).toBe('load docker-image a:1 b:2 --name any\n')
  })

  test('its failure is ours', async () => {
    const { clusters } = await withKind(1)
    expect(await clusters.load('any', ['a:1'], signal)).toMatchObject({
      ok: false,
      failures: [{ kind: 'engine-failed', message: 'kind load docker-image failed: oh no' }],
    })
  })
})
