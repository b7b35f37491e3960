import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brief, type Reading, servicesOf } from '../rig/definitions.js'
import { TempRepository } from '../rig/temp-repository.js'

jest.setTimeout(60_000)

const HCL = `
variable "TAG" { default = "v1" }
target "_common" { args = { TAG = TAG } }
target "app" {
  inherits   = ["_common"]
  name       = "app-\${kind}"
  matrix     = { kind = ["web", "cron"] }
  context    = "app"
  target     = kind
  tags       = ["ghcr.io/acme/app-\${kind}:\${TAG}"]
  contexts   = { base = "target:base", assets = "./assets" }
  secret     = ["id=npm,src=.npmrc"]
  ssh        = ["default"]
  attest     = ["type=provenance,mode=max"]
  cache-to   = ["type=gha,mode=max"]
}
target "base" {
  context         = "base"
  labels          = { "org.acme.team" = "core" }
  no-cache-filter = ["deps"]
}
target "docs" { context = "docs" }
group "default" { targets = ["app"] }
group "all" { targets = ["app", "docs"] }
`

const APP = [
  ['app-cron', 'app', 'app/Dockerfile', 'cron', 'ghcr.io/acme/app-cron'],
  ['app-web', 'app', 'app/Dockerfile', 'web', 'ghcr.io/acme/app-web'],
]
const BASE = ['base', 'base', 'base/Dockerfile', '', 'base']

let repository: TempRepository

beforeEach(async () => {
  repository = await TempRepository.create({ files: { 'README.md': '' } })
})

afterEach(async () => {
  await repository.dispose()
})

async function read(files: Readonly<Record<string, string>>, reading: Reading = {}) {
  for (const [path, text] of Object.entries(files)) await repository.write(path, text)
  return servicesOf(repository.folder, reading)
}

describe('a bake file', () => {
  test('gives the images of its default group, and the bases of those', async () => {
    const found = await read({ 'docker-bake.hcl': HCL }, { variables: { TAG: 'v2', SSH_AUTH_SOCK: '' } })
    expect(brief(found)).toEqual([BASE, ...APP])
    const { base, 'app-web': web } = found.services
    expect(base).toMatchObject({
      kind: 'base',
      build: { labels: { 'org.acme.team': 'core' }, noCacheFilters: ['deps'] },
    })
    expect(web).toMatchObject({
      kind: 'service',
      build: {
        buildArgs: { TAG: 'v2' },
        contexts: { base: { kind: 'image', image: 'base' }, assets: { kind: 'folder', folder: 'assets' } },
        ssh: ['default'],
        attests: ['type=provenance,mode=max'],
      },
    })
    expect(found.notices).toEqual([
      "`tags` of `app-cron`, `app-web`, `cache-to` of `app-cron`, `app-web`: not used, as tags, caches and outputs come from this run's inputs and configuration",
    ])
  })

  test('gives the group that is picked', async () => {
    const files = { 'docker-bake.hcl': HCL, 'smart-image-build.yml': 'from: docker-bake.hcl#all\n' }
    expect(brief(await read(files))).toEqual([BASE, ...APP, ['docs', 'docs', 'docs/Dockerfile', '', 'docs']])
  })

  test('without a default group gives all, but what others inherit from', async () => {
    const text = HCL.replace(/group "default".*\n/, '')
    expect(Object.keys((await read({ 'docker-bake.hcl': text })).services)).toEqual([
      ...['app-cron', 'app-web', 'base', 'docs'],
    ])
  })

  test('has its override put over it', async () => {
    const override = 'target "docs" { context = "manual" }\ngroup "default" { targets = ["docs"] }\n'
    const files = { 'docker-bake.hcl': HCL, 'docker-bake.override.hcl': override }
    expect(brief(await read(files))).toEqual([['docs', 'manual', 'manual/Dockerfile', '', 'docs']])
  })

  test('may be JSON', async () => {
    const json = { target: { a: { context: 'a', platforms: ['linux/arm64'] } } }
    const found = await read({ 'docker-bake.json': JSON.stringify(json) })
    expect(found.services).toMatchObject({ a: { context: 'a', build: { platforms: ['linux/arm64'] } } })
  })

  test.each([
    ['that is no HCL', { 'docker-bake.hcl': '\ntarget "a" {' }, 'Unclosed configuration block', 2],
    [
      'without the target that is picked',
      { 'docker-bake.hcl': HCL, 'smart-image-build.yml': 'from: docker-bake.hcl#x' },
      'failed to find target x',
      1,
    ],
  ])('%s is one failure', async (_case, files, said, line) => {
    const message = expect.stringContaining(said) as unknown
    const place = expect.objectContaining({ file: 'docker-bake.hcl', line }) as unknown
    expect((await read(files)).failures).toEqual([{ kind: 'config-invalid', message, place }])
  })
})

describe('Docker', () => {
  const FILE = { 'docker-bake.hcl': 'target "a" {}' }
  let tools: string

  beforeEach(async () => {
    tools = await mkdtemp(join(tmpdir(), 'tools-'))
  })

  afterEach(async () => {
    await rm(tools, { recursive: true })
  })

  /** A `docker` that is this script, first on the PATH. */
  async function docker(script: string): Promise<NodeJS.ProcessEnv> {
    await writeFile(join(tools, 'docker'), `#!/bin/sh\n${script}\n`)
    await chmod(join(tools, 'docker'), 0o755)
    return { PATH: `${tools}:${process.env['PATH'] ?? ''}` }
  }

  test('that is not there is said to be missing', async () => {
    const { failures } = await read(FILE, { bake: { environment: { PATH: tools } } })
    expect(failures).toMatchObject([{ kind: 'environment-missing' }])
  })

  test('without buildx is said to need it, for which file', async () => {
    const environment = await docker(`echo "docker: unknown command: docker buildx" >&2; exit 1`)
    const { failures } = await read(FILE, { bake: { environment } })
    const message = expect.stringMatching(/^docker-bake.hcl: Docker has no buildx/) as unknown
    expect(failures).toEqual([{ kind: 'environment-missing', message }])
  })

  test('that prints something else is not understood', async () => {
    const { failures } = await read(FILE, { bake: { environment: await docker('echo "{}"') } })
    expect(failures).toMatchObject([{ kind: 'config-invalid' }])
  })

  test('that does not come to an end is stopped', async () => {
    const environment = await docker('exec sleep 60')
    const { failures } = await read(FILE, { bake: { environment, timeoutMs: 200 } })
    const message = 'docker-bake.hcl cannot be read: bake did not come to an end'
    expect(failures).toMatchObject([{ kind: 'config-invalid', message }])
  })

  test('is stopped with the run', async () => {
    const environment = await docker('exec sleep 60')
    const { failures } = await read(FILE, { bake: { environment }, signal: AbortSignal.timeout(200) })
    expect(failures).toMatchObject([{ kind: 'interrupted' }])
  })

  test('does not wait for a collector that does not answer', async () => {
    const started = performance.now()
    const found = await read(FILE, { variables: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } })
    expect(Object.keys(found.services)).toEqual(['a'])
    expect(performance.now() - started).toBeLessThan(9000)
  })

  test('needs no engine, and leaves nothing behind', async () => {
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = tools
    const { failures } = await read(FILE, { variables: { DOCKER_HOST: 'tcp://127.0.0.1:1' } })
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    expect(failures).toEqual([])
    expect(await readdir(tools)).toEqual([])
  })
})
