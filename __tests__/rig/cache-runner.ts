import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundledCacheProgram } from './cache-program.js'
import { type CacheService, startCacheService } from './cache-service.js'

/** What code that runs in a step of GitHub Actions finds; of each test its own. */
export interface CacheRunner {
  /** See `bundledCacheProgram`; one for all tests of a file. */
  readonly program: string
  readonly service: CacheService
  /** Holds the folders `work` and `temp` of the runner and its file `state`. */
  readonly folder: string
}

/** Puts the tests of a file on a runner with the Actions cache: `process.env` is that of a step, and is restored. */
export function useCacheRunner(): CacheRunner {
  const runner = {} as { -readonly [Key in keyof CacheRunner]: CacheRunner[Key] }
  const before = { ...process.env }
  beforeAll(async () => {
    runner.program = await bundledCacheProgram()
  })
  afterAll(async () => {
    await rm(dirname(runner.program), { recursive: true })
  })
  beforeEach(async () => {
    runner.service = await startCacheService()
    runner.folder = await mkdtemp(join(tmpdir(), 'cache-runner-'))
    for (const name of ['work', 'temp']) await mkdir(join(runner.folder, name))
    await writeFile(join(runner.folder, 'state'), '')
    Object.assign(process.env, runner.service.environment(), {
      GITHUB_WORKSPACE: join(runner.folder, 'work'),
      GITHUB_STATE: join(runner.folder, 'state'),
      RUNNER_TEMP: join(runner.folder, 'temp'),
    })
  })
  afterEach(async () => {
    process.env = { ...before }
    await runner.service.close()
    await rm(runner.folder, { recursive: true })
  })
  return runner
}
