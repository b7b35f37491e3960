import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildxCli } from '../../src/adapters/buildx-cli.js'
import { failuresOf } from '../fakes/images.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'place-'))
  await mkdir(join(folder, 'api'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

test.each([
  {
    fault: 'a step that fails',
    lines: ['FROM busybox:1.37', '# say so', 'RUN echo no; \\', '  false'],
    line: 3,
  },
  { fault: 'a file that is not there', lines: ['FROM scratch', 'COPY nothing /'], line: 2 },
  { fault: 'an instruction that is none', lines: ['FROM scratch', '', 'COPPY a /'], line: 3 },
])('$fault has the place of its instruction', async ({ lines, line }) => {
  const file = 'api/worker.Dockerfile'
  await writeFile(join(folder, file), [...lines, ''].join('\n'))
  const builder = new BuildxCli({ root: folder, environment: process.env, now: () => performance.now() })
  const built = await builder.build(
    {
      ...{ service: 'api', context: 'api', file, tags: [], push: false, load: false },
      ...{ layouts: {}, environment: {}, options: [], mayShare: false },
    },
    { onLine: () => undefined, onStatus: () => undefined, signal: new AbortController().signal },
  )
  expect(failuresOf(built)).toMatchObject([{ kind: 'build-failed', place: { file, line, column: 1 } }])
})
