import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { discoverServices } from '../../src/config/discover.js'
import { sourcesOf } from '../../src/config/from/sources.js'
import { parseConfig } from '../../src/config/parse.js'
import { draftServices } from '../../src/config/resolve.js'
import type { Service } from '../../src/model/service.js'
import { configurationText, workflowText } from '../../src/report/init.js'

function discovered(paths: readonly string[], registry?: string): readonly Service[] {
  const found = discoverServices(paths, { rootName: 'shop', registry })
  if (!found.ok) throw new Error(JSON.stringify(found.failures))
  return found.value.services
}

/** The services that a text says. */
function readAgain(text: string): readonly Service[] {
  const config = parseConfig(text, 'images.yml')
  const drafts = config.ok ? draftServices(config.value, undefined) : config
  if (!drafts.ok) throw new Error(JSON.stringify(drafts.failures))
  return drafts.value.drafts.map(({ service }) => service)
}

describe('a configuration that was written down', () => {
  test('names what was found', () => {
    const services = discovered(['api/Dockerfile', 'api/migrate.Dockerfile', 'Dockerfile'])
    expect(configurationText({ services, from: [] })).toBe(`\
# yaml-language-server: $schema=https://raw.githubusercontent.com/org/smart-image-build/v1/schema.json
# Where images go that name no registry of their own.
# registry: ghcr.io/acme
# What every image says unless it says otherwise.
# defaults:
#   platforms: [linux/amd64, linux/arm64]
services:
  shop:
    context: .
  api:
    context: api
  api-migrate:
    context: api
    file: api/migrate.Dockerfile
`)
  })

  test('says of a folder that looks like a drive that it is none', () => {
    const services = discovered(['a:/Dockerfile', 'a:/b.Dockerfile'])
    expect(
      readAgain(configurationText({ services, from: [] })).map(({ context, file }) => [context, file]),
    ).toEqual([
      ['a:', 'a:/Dockerfile'],
      ['a:', 'a:/b.Dockerfile'],
    ])
  })

  test('gives the same services when it is read again', () => {
    const folder = fc.stringMatching(/^(?:[a-z"'#:,{}&*!|>%@` -]|é|no|true|null|12|1e3|~|\.5){1,8}$/)
    const path = fc
      .tuple(folder, fc.constantFrom('Dockerfile', 'Containerfile', 'a.Dockerfile'))
      .filter(([name]) => name.trim() === name)
      .map((parts) => parts.join('/'))
    const registry = fc.option(fc.constantFrom('ghcr.io/acme', 'localhost:5000'), { nil: undefined })
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 6 }), registry, (paths, registry) => {
        const found = discoverServices(paths, { rootName: 'shop', registry })
        fc.pre(found.ok)
        const { services } = found.value
        const text = configurationText({ services, from: [], ...(registry !== undefined && { registry }) })
        expect(readAgain(text)).toEqual(services.map((one) => ({ ...one, place: expect.anything() })))
      }),
    )
  })

  test('names Compose and bake files, and what they define in comments only', () => {
    const services = discovered(['api/Dockerfile'], 'ghcr.io/acme')
    const text = configurationText({ services, from: ['compose.yaml', 'a b.hcl'], registry: 'ghcr.io/acme' })
    expect(sourcesOf(text, 'images.yml').map(({ path }) => path)).toEqual(['compose.yaml', 'a b.hcl'])
    expect(parse(text)).toEqual({ registry: 'ghcr.io/acme', from: ['compose.yaml', 'a b.hcl'] })
    expect(text).toContain('#   api: # api/Dockerfile, pushed to ghcr.io/acme/api\n')
  })
})

describe('a workflow that was written', () => {
  interface Workflow {
    readonly on: unknown
    readonly permissions: object
    readonly jobs: { readonly images: { readonly permissions: object; readonly steps: readonly Step[] } }
  }
  interface Step {
    readonly uses: string
    readonly with?: Readonly<Record<string, string>>
  }
  const { inputs } = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
    inputs: object
  }

  test('pushes to the packages of its repository, with the least permissions', () => {
    const { on, permissions, jobs } = parse(workflowText({ branch: 'main' })) as Workflow
    expect(on).toEqual({ push: { branches: ['main'] }, pull_request: null })
    expect(permissions).toEqual({})
    expect(jobs.images.permissions).toEqual({ contents: 'read', packages: 'write', 'pull-requests': 'write' })
    expect(jobs.images.steps.map(({ uses }) => uses.replace(/@.*/, ''))).toEqual([
      ...['actions/checkout', 'docker/setup-buildx-action', 'docker/login-action', 'org/smart-image-build'],
    ])
    const ours = jobs.images.steps.at(-1)?.with
    expect(ours).toEqual({
      push: "${{ github.event_name != 'pull_request' }}",
      registry: 'ghcr.io/${{ github.repository }}',
    })
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(ours ?? {})))
  })

  test('leaves the registry of the configuration alone, and logs in to it', () => {
    const text = workflowText({ branch: 'on', registry: 'registry.acme.example/team' })
    const { jobs, on } = parse(text) as Workflow
    expect(on).toMatchObject({ push: { branches: ['on'] } })
    expect(jobs.images.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' })
    expect(jobs.images.steps[2]?.with).toEqual({
      registry: 'registry.acme.example',
      username: '${{ secrets.REGISTRY_USERNAME }}',
      password: '${{ secrets.REGISTRY_PASSWORD }}',
    })
    expect(jobs.images.steps.at(-1)?.with).not.toHaveProperty('registry')
  })
})
