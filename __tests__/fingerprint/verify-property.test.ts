import { expect, test } from '@jest/globals'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from '../fakes/seeded.js'
import { gather } from '../../src/fingerprint/gather.js'
import { verify } from '../../src/fingerprint/verify.js'
import { valueOf } from '../fakes/images.js'
import { openGit } from '../rig/open-git.js'
import { TempRepository } from '../rig/temp-repository.js'
import { type Files, SERVICE, withDockerfile } from './repository.js'
import { FILES, INSTRUCTION } from './trees.js'

const RUNS = 15

function write(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const at = join(folder, path)
    mkdirSync(dirname(at), { recursive: true })
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), at)
    else writeFileSync(at, text)
    if (text.startsWith('+x ')) chmodSync(at, 0o755)
  }
}

test('any files, as they were checked out, are what was planned, with the disk and without', async () => {
  await fc.assert(
    fc.asyncProperty(INSTRUCTION, FILES, async (instruction, files) => {
      const repository = await TempRepository.create()
      try {
        write(repository.folder, withDockerfile(instruction, files))
        await repository.commit('Files')
        const git = await openGit(repository.folder)
        for (const withDisk of [true, false]) {
          const options = { git, platform: 'linux/amd64', withDisk, memo: new Map() }
          const gathered = await gather([SERVICE], options)
          if (!gathered.ok) continue
          expect(valueOf(await verify([SERVICE], gathered.value, options))).toEqual([])
        }
      } finally {
        await repository.dispose()
      }
    }),
    { numRuns: RUNS },
  )
})
