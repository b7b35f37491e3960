import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { report } from '../rig/inputs.js'
import { runCommand } from '../rig/run-action.js'
import { CLI, testRegistry } from '../rig/shop.js'
import { TempRepository } from '../rig/temp-repository.js'

const SERVICES = ['api', 'gateway', 'worker']

let repository: TempRepository
let options: readonly string[]

beforeAll(async () => {
  options = ['--push', '--registry', `${testRegistry()}/layered-${randomBytes(6).toString('hex')}`]
  repository = await TempRepository.create()
  await repository.copyFrom(join(import.meta.dirname, '../../examples/layered'))
  await repository.commit('The example')
  expect(await report(repository.folder, ['build', ...options])).toMatchObject({ exitCode: 0 })
})

afterAll(async () => {
  await repository.dispose()
})

/** What the README of the example says, in its order. */
test.each([
  { touched: 'src/bin/api.rs', rebuilt: ['api'] },
  { touched: 'src/lib.rs', rebuilt: SERVICES },
  { touched: 'Cargo.toml', rebuilt: SERVICES },
  { touched: 'Cargo.lock', rebuilt: ['rust-deps', ...SERVICES] },
  { touched: 'Dockerfile.base', line: 'LABEL a=b', rebuilt: ['rust-deps', ...SERVICES] },
  { touched: 'README.md', rebuilt: [] },
])('$touched rebuilds $rebuilt', async ({ touched, line = '# touched', rebuilt }) => {
  const text = await readFile(join(repository.folder, touched), 'utf8')
  await repository.write(touched, `${text}${line}\n`)
  const { exitCode, images } = await report(repository.folder, ['plan', ...options])
  await repository.write(touched, text)
  expect(exitCode).toBe(0)
  const named = images.filter(({ decision }) => decision === 'rebuild').map(({ name }) => name)
  expect(named).toEqual(rebuilt)
})

test('what a service or a base is made of is explained as it is planned', async () => {
  const cli = async (...args: string[]) => {
    const { stdout } = await runCommand(CLI, [...args, '--json'], { cwd: repository.folder })
    return JSON.parse(stdout) as Explained & { readonly images: readonly Planned[] }
  }
  const { images } = await cli('plan', ...options)
  for (const name of ['api', 'rust-deps']) {
    const planned = images.find((image) => image.name === name)
    expect((await cli('explain', name)).fingerprint).toBe(planned?.fingerprint)
  }
  expect(Object.keys((await cli('explain', 'api')).document.parents ?? {})).toEqual(['rust-deps'])
  const pinned = (await cli('explain', 'rust-deps')).inputs.filter(({ isPinned }) => isPinned)
  expect(pinned.map(({ path }) => path)).toEqual(['Cargo.toml'])
})

interface Planned {
  readonly name: string
  readonly fingerprint: string
}

interface Explained {
  readonly fingerprint: string
  readonly document: { readonly parents?: Readonly<Record<string, string>> }
  readonly inputs: readonly { readonly path: string; readonly isPinned?: true }[]
}
