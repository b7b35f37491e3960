import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { NO_COMMIT, Shop, SHOP_SERVICES } from '../rig/shop.js'

const ALL = [...SHOP_SERVICES].sort()

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open()
  await shop.repository.commit('The shop')
})

afterEach(async () => {
  await shop.close()
})

describe('a history that is pushed commit by commit', () => {
  test('builds all, then exactly what was touched, then nothing at all', async () => {
    const first = await shop.push()
    expect(first.main.exitCode).toBe(0)
    expect(first.rebuilt).toEqual(ALL)
    expect(first.matrix.map((entry) => entry.service).sort()).toEqual(ALL)

    const touched = await shop.touch('auth-handler/cgi-bin/session')
    const second = await shop.push()
    expect(second.rebuilt).toEqual(['auth-handler'])
    expect(second.main.outputs['reasons']).toContain('auth-handler/cgi-bin/session')
    const digests = JSON.parse(second.main.outputs['digests'] ?? '{}') as Record<string, string>
    expect(Object.keys(digests).sort()).toEqual(ALL)

    await shop.touch('README.md')
    const third = await shop.push()
    expect(third.main.exitCode).toBe(0)
    expect(third.main.outputs).toMatchObject({ any: 'false', matrix: '{"include":[]}', rebuilt: '[]' })
    expect(third.reused).toEqual(ALL)
    expect(third.docker).toEqual([])
    const byCommit = await shop.manifest('auth-handler', `sha-${touched.slice(0, 7)}`)
    expect(byCommit).toEqual({ status: 200, digest: digests['auth-handler'] })
  })

  test('gives every service, also the reused ones, the tags of the commit', async () => {
    const first = await shop.push()
    const commit = await shop.touch('backend/www/index.html')
    const second = await shop.push()
    const before = JSON.parse(first.main.outputs['digests'] ?? '{}') as Record<string, string>
    const after = JSON.parse(second.main.outputs['digests'] ?? '{}') as Record<string, string>
    for (const service of ALL) {
      const tagged = await shop.manifest(service, `sha-${commit.slice(0, 7)}`)
      expect(tagged).toEqual({ status: 200, digest: after[service] })
      expect(await shop.manifest(service, 'main')).toEqual(tagged)
    }
    expect(after['store-deployer']).toBe(before['store-deployer'])
    expect(after['backend']).not.toBe(before['backend'])
  })

  test.each([
    { touched: 'backend/www/index.html', rebuilt: ['backend'] },
    { touched: 'backend/bin/migrate', rebuilt: ['backend-migrations'] },
    { touched: 'backend/migrations.Dockerfile', rebuilt: ['backend-migrations'] },
    { touched: 'backend/Dockerfile', rebuilt: ['backend'] },
    { touched: 'backend/README.md', rebuilt: [] },
  ])('$touched rebuilds $rebuilt', async ({ touched, rebuilt }) => {
    await shop.push()
    await shop.touch(touched)
    expect((await shop.push()).rebuilt).toEqual(rebuilt)
  })

  test('builds again only what a revert does not find in the registry', async () => {
    await shop.push()
    await shop.touch('backend/Dockerfile')
    await shop.push()
    await shop.repository.git('revert', '--no-edit', 'HEAD')
    const reverted = await shop.push()
    expect(reverted.rebuilt).toEqual([])
    expect(reverted.matrix).toMatchObject([{ service: 'backend', action: 'reused' }])
    expect(reverted.docker).toEqual([])
  })
})

describe('what was lost or never there', () => {
  test('the first push of a branch builds nothing that main has', async () => {
    await shop.push()
    await shop.repository.branch('feature')
    await shop.touch('backend/Dockerfile')
    const run = await shop.push({ before: NO_COMMIT, ref: 'refs/heads/feature' })
    expect(run.main.exitCode).toBe(0)
    expect(run.rebuilt).toEqual(['backend'])
    // Nothing was delivered from this branch yet, so everything is offered for deployment.
    expect(run.matrix.map((entry) => entry.service).sort()).toEqual(ALL)
  })

  test('a new branch offers only what it touched since it left main, where the clone has that commit', async () => {
    await shop.push()
    const clone = await shop.repository.cloneShallow()
    await clone.branch('feature')
    await clone.write('auth-handler/cgi-bin/health', '#!/bin/sh\n')
    await clone.commit('Touch')
    const run = await shop.push({ before: NO_COMMIT, ref: 'refs/heads/feature', folder: clone.folder })
    await clone.dispose()
    expect(run.rebuilt).toEqual(['auth-handler'])
    expect(run.matrix.map((entry) => entry.service)).toEqual(['auth-handler'])
    expect(run.main.outputs['reasons']).toContain('auth-handler/cgi-bin/health')
  })

  test('a pull request offers only what it touched, in a clone of depth 1 of its merge', async () => {
    const base = await shop.repository.git('rev-parse', 'HEAD')
    await shop.push()
    await shop.repository.branch('feature')
    const head = await shop.touch('store-deployer/render')
    await shop.repository.git('switch', '--quiet', '--create', 'merge', base)
    await shop.repository.git('merge', '--quiet', '--no-ff', '--message=Merge', head)
    const clone = await shop.repository.cloneShallow({ depth: 1 })
    const repository = { full_name: 'acme/shop', default_branch: 'main' }
    const pullRequest = {
      number: 7,
      base: { sha: base },
      head: { sha: head, repo: repository },
      user: { login: 'a' },
    }
    const run = await shop.push({
      folder: clone.folder,
      ref: 'refs/pull/7/merge',
      event: { name: 'pull_request', payload: { repository, pull_request: pullRequest } },
    })
    expect(await clone.git('config', '--list')).not.toMatch(/promisor/)
    await clone.dispose()
    expect(run.main.exitCode).toBe(0)
    expect(run.rebuilt).toEqual(['store-deployer'])
    expect(run.matrix.map((entry) => entry.service)).toEqual(['store-deployer'])
    expect(run.main.outputs['reasons']).toContain('store-deployer/render')
    expect((await shop.manifest('store-deployer', 'pr-7')).status).toBe(200)
    expect((await shop.manifest('store-deployer', `sha-${head.slice(0, 7)}`)).status).toBe(200)
  })

  test('a clone of depth 1 builds exactly what was touched, and names the files', async () => {
    await shop.push()
    await shop.touch('store-deployer/render')
    const clone = await shop.repository.cloneShallow({ depth: 1 })
    const run = await shop.push({ folder: clone.folder })
    await clone.dispose()
    expect(run.rebuilt).toEqual(['store-deployer'])
    expect(run.main.outputs['reasons']).toContain('store-deployer/render')
  })

  test('a lost cache costs no build, as the registry knows the images', async () => {
    await shop.push()
    expect(shop.cache.clear()).toBeGreaterThan(0)
    const run = await shop.push()
    expect(run.rebuilt).toEqual([])
    expect(run.reused).toEqual(ALL)
    // Nothing tells what was delivered, so everything is offered for deployment.
    expect(run.matrix.map((entry) => entry.service).sort()).toEqual(ALL)
    expect(run.docker).toEqual([])
  })

  test('a garbled cache entry is no record, and the run says so', async () => {
    await shop.push()
    await shop.touch('README.md')
    shop.cache.corrupt('smart-image-build-state', (bytes) =>
      bytes.map((byte, index) => (index === 40 ? byte ^ 1 : byte)),
    )
    const run = await shop.push()
    expect(run.main.exitCode).toBe(0)
    expect(run.rebuilt).toEqual([])
    const notices = run.main.commands.filter((command) => command.name === 'notice')
    expect(notices.map((notice) => notice.message).join()).toContain('records')
  })

  test('a deleted image is built again although nothing changed', async () => {
    const first = await shop.push()
    const digests = JSON.parse(first.main.outputs['digests'] ?? '{}') as Record<string, string>
    await shop.deleteManifest('auth-handler', digests['auth-handler'] ?? '')
    const run = await shop.push()
    expect(run.rebuilt).toEqual(['auth-handler'])
    expect(run.main.outputs['reasons']).toContain('image-missing')
    expect((await shop.manifest('auth-handler', 'main')).status).toBe(200)
  })

  test('a cache service that fails leaves the run green', async () => {
    shop.cache.fail({ status: 500 })
    const run = await shop.push()
    expect(run.main.exitCode).toBe(0)
    expect(run.post.exitCode).toBe(0)
    expect(run.rebuilt).toEqual(ALL)
  })

  test('a re-run of the same run sees what its first attempt saw', async () => {
    await shop.push()
    await shop.touch('backend/Dockerfile')
    const options = { runId: '77', before: await shop.repository.git('rev-parse', 'HEAD~1') }
    await shop.push(options)
    const again = await shop.push({ ...options, runAttempt: 2 })
    expect(again.rebuilt).toEqual([])
    expect(again.matrix).toMatchObject([{ service: 'backend', action: 'reused' }])
  })
})
