import { expect, jest, test } from '@jest/globals'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startCacheService } from './cache-service.js'
import { runPhases } from './run-action.js'

jest.setTimeout(60_000)

const main = `
import * as core from '@actions/core'
import { restoreCache } from '@actions/cache'
core.setOutput('found', (await restoreCache(['state'], 'state-' + process.env.GITHUB_RUN_ID, ['state-'])) ?? '')
`
const post = `
import * as core from '@actions/core'
import { saveCache } from '@actions/cache'
core.setOutput('saved', await saveCache(['state'], 'state-' + process.env.GITHUB_RUN_ID))
`

test('an action that runs as on a runner finds in one run what the run before saved', async () => {
  const service = await startCacheService()
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'cached-action-')))
  try {
    await symlink(
      fileURLToPath(new URL('../../node_modules', import.meta.url)),
      path.join(root, 'node_modules'),
    )
    const [mainFile, postFile] = [path.join(root, 'main.mjs'), path.join(root, 'post.mjs')]
    await writeFile(mainFile, main)
    await writeFile(postFile, post)
    const folder = path.join(root, 'workspace')
    await mkdir(path.join(folder, 'state'), { recursive: true })

    const found: unknown[] = []
    for (const runId of ['1', '2']) {
      const repository = { folder, sha: 'a'.repeat(40), runId }
      const options = { main: mainFile, post: postFile, repository, env: { ...service.environment() } }
      const results = await runPhases(options)
      found.push([results.main.outputs['found'], results.post.outputs['saved']])
    }
    expect(found).toEqual([
      ['', '1'],
      ['state-1', '2'],
    ])
  } finally {
    await service.close()
    await rm(root, { recursive: true })
  }
})
