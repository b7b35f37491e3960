import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ACT, goTool, goToolTimeoutMs, hasGo } from '../../scripts/services/go-tools.js'
import { runWorkflow } from '../rig/act.js'
import { withoutSelfReferences } from '../rig/act-actions.js'
import { type CacheService, startCacheService } from '../rig/cache-service.js'
import { testRegistry } from '../rig/shop.js'
import { TempRepository } from '../rig/temp-repository.js'
import { read, root } from './texts.js'

const WORKFLOW = '.github/workflows/nightly.yml'

if (!hasGo()) console.warn('Skipped: act is compiled by Go, which is not installed.')
const suite = hasGo() ? describe : describe.skip

suite('the nightly run', () => {
  let program: string
  let repository: TempRepository
  let cache: CacheService

  beforeAll(async () => {
    program = await goTool(ACT)
    cache = await startCacheService()
    repository = await TempRepository.create()
    const example = 'examples/layered'
    await cp(join(root, example), join(repository.folder, example), { recursive: true })
    await repository.git('remote', 'add', 'origin', 'https://github.com/org/smart-image-build')
    const config = `${example}/.github/smart-image-build.yml`
    const text = await readFile(join(repository.folder, config), 'utf8')
    await repository.write(config, text.replace('ghcr.io/acme', `${testRegistry()}/nightly`))
    await repository.write(WORKFLOW, withoutSelfReferences(read(WORKFLOW)))
    await repository.commit('Start')
  }, goToolTimeoutMs)

  afterAll(async () => {
    await cache.close()
    await repository.dispose()
  })

  test('is green where the cache service keeps what it is given', async () => {
    expect(await night(1, { ...cache.environment() })).toMatchObject({ exitCode: 0, errors: [] })
  })

  test('is red where there is none', async () => {
    const { jobs } = await night(2, {})
    expect(jobs.map(({ id, result }) => [id, result])).toEqual([
      ['leave', 'success'],
      ['find', 'failure'],
    ])
  })

  async function night(runId: number, env: Readonly<Record<string, string>>) {
    return await runWorkflow({
      ...{ program, repository, workflow: WORKFLOW, runId, env },
      event: { name: 'schedule', payload: { repository: { default_branch: 'main' } } },
    })
  }
})
