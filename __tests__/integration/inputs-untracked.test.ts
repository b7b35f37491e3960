import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { fingerprints, report } from '../rig/inputs.js'
import { Shop, type ShopRun } from '../rig/shop.js'

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open('nothing')
})

afterEach(async () => {
  await shop.close()
})

async function committed(files: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(files)) await shop.repository.write(file, text)
  await shop.repository.commit('Start')
}

function messages(run: ShopRun, kind: 'error' | 'notice'): string[] {
  return run.main.commands.filter(({ name }) => name === kind).map(({ message }) => message)
}

describe('an untracked file in a copied folder', () => {
  beforeEach(async () => {
    await committed({ 'api/Dockerfile': 'FROM scratch\nCOPY src/ /src/\n', 'api/src/main.txt': 'main\n' })
  })

  test('counts, and a notice names it and its services', async () => {
    const before = await fingerprints(shop.repository.folder)
    await shop.repository.write('api/src/new.txt', 'new\n')
    const first = await report(shop.repository.folder, ['plan', '--local-only'])
    expect(first.images[0]?.fingerprint).not.toBe(before['api'])
    expect(first.notices).toHaveLength(1)
    expect(first.notices[0]?.message).toMatch(/untracked.*`api`.*"api\/src\/new\.txt".*\.dockerignore/)
    await shop.repository.write('api/src/new.txt', 'other\n')
    const second = await report(shop.repository.folder, ['plan', '--local-only'])
    expect(second.images[0]?.fingerprint).not.toBe(first.images[0]?.fingerprint)
  })

  test('that .dockerignore leaves out neither counts nor is named', async () => {
    await shop.repository.write('api/.dockerignore', '**/*.log\n')
    const before = await fingerprints(shop.repository.folder)
    await shop.repository.write('api/src/new.log', 'new\n')
    const { images, notices } = await report(shop.repository.folder, ['plan', '--local-only'])
    expect(images[0]?.fingerprint).toBe(before['api'])
    expect(notices).toEqual([])
  })

  test('is refused by a push from a terminal, which names it', async () => {
    await shop.repository.write('api/src/new.txt', 'new\n')
    const refused = report(shop.repository.folder, ['build', '--push', '--registry', shop.prefix])
    await expect(refused).rejects.toThrow(/exit code 2.*"api\/src\/new\.txt".*--allow-dirty/s)
  })

  test('with credentials of another action has a warning of its own', async () => {
    await shop.repository.write('api/src/gha-creds-abc.json', '{}')
    await shop.repository.write('api/gha-creds-def.json', '{}')
    const run = await shop.push()
    expect(run.main.exitCode).toBe(0)
    const [counted, warning, ...more] = messages(run, 'notice')
    expect(counted).toContain('"api/src/gha-creds-abc.json"')
    expect(warning).toMatch(/"api\/src\/gha-creds-abc\.json" holds credentials.*\.dockerignore/)
    // Not of one that no COPY takes.
    expect(more).toEqual([])
    expect(run.main.summary).toContain('holds credentials')
  })
})

describe('a source that is nowhere', () => {
  beforeEach(async () => {
    const dockerfile = 'FROM scratch\nCOPY main.txt /\nCOPY target/app.jar /app.jar\n'
    await committed({ 'api/Dockerfile': dockerfile, 'api/main.txt': 'main\n', '.gitignore': 'target/\n' })
  })

  test('is planned as a rebuild, and the build fails with its name', async () => {
    const planned = await shop.push({ inputs: { mode: 'plan', push: 'false' } })
    expect(planned.main.exitCode).toBe(0)
    expect(planned.rebuilt).toEqual(['api'])
    expect(JSON.parse(planned.main.outputs['reasons'] ?? '')).toEqual({
      api: [{ kind: 'untracked-input', paths: ['api/target/app.jar'] }],
    })
    const built = await shop.push()
    expect(built.main.exitCode).toBe(1)
    expect(built.failed).toEqual(['api'])
    expect(messages(built, 'error').join()).toContain('target/app.jar')
    expect(messages(planned, 'notice').join()).toContain('`generated`')
  })

  test('counts as it lies there once an earlier step has made it, and is found again', async () => {
    await shop.repository.write('api/target/app.jar', 'one')
    expect((await shop.push()).rebuilt).toEqual(['api'])
    expect((await shop.push()).rebuilt).toEqual([])
    await shop.repository.write('api/target/app.jar', 'two')
    const run = await shop.push()
    expect(run.rebuilt).toEqual(['api'])
    expect(messages(run, 'notice').join()).toContain('"api/target/app.jar"')
  })
})

describe('what `generated:` names', () => {
  const CONFIG =
    'services: {api: {context: api, generated: {api/target/app.jar: [api/java/**, pom.xml, "!**/*.md"]}}}\n'

  beforeEach(async () => {
    await committed({
      'smart-image-build.yml': CONFIG,
      'api/Dockerfile': 'FROM scratch\nCOPY target/app.jar main.txt /\n',
      'api/main.txt': 'main\n',
      'api/java/Main.java': 'class Main {}\n',
      'api/java/README.md': '# Java\n',
      'pom.xml': '<project/>\n',
      '.gitignore': 'target/\n',
    })
  })

  const jar = (text: string) => shop.repository.write('api/target/app.jar', text)

  test.each([
    'COPY target/app.jar /',
    'COPY target/*.jar /',
    'COPY target/ /',
    'COPY . /',
    'ADD --link target /t',
  ])('has one fingerprint with and without it, whatever lies there: %s', async (instruction) => {
    await shop.repository.write('api/Dockerfile', `FROM scratch\n${instruction}\n`)
    await shop.repository.commit('Another instruction')
    const { folder } = shop.repository
    const without = await report(folder, ['plan', '--local-only'])
    expect(without).toMatchObject({ notices: [], images: [{ reasons: [{ kind: 'no-record' }] }] })
    const fingerprint = without.images[0]?.fingerprint
    for (const text of ['one', 'two']) {
      await jar(text)
      for (const from of ['auto', 'commit']) {
        const found = await report(folder, ['plan', '--local-only', '--inputs-from', from])
        expect(found).toMatchObject({ notices: [], images: [{ fingerprint }] })
      }
    }
  })

  test('stands for that file alone: another one beside it counts', async () => {
    await shop.repository.write('api/Dockerfile', 'FROM scratch\nCOPY target/ /\n')
    await jar('one')
    const before = await fingerprints(shop.repository.folder)
    await shop.repository.write('api/target/app.jar.sha1', 'beside it')
    expect(await fingerprints(shop.repository.folder)).not.toEqual(before)
  })

  test.each([
    { source: 'api/java/Main.java', counts: true },
    { source: 'api/java/New.java', counts: true },
    { source: 'pom.xml', counts: true },
    { source: 'api/java/README.md', counts: false },
  ])('counts by its sources: $source $counts', async ({ source, counts }) => {
    const before = await fingerprints(shop.repository.folder)
    await shop.repository.write(source, 'other')
    const after = await fingerprints(shop.repository.folder)
    expect(after['api'] !== before['api']).toBe(counts)
  })

  test('is built where it lies, reused where it is absent, and missed by a build without it', async () => {
    const absent = await shop.push()
    expect(absent.main.exitCode).toBe(1)
    expect(absent.failed).toEqual(['api'])
    expect(messages(absent, 'error').join()).toContain('target')
    await jar('one')
    expect((await shop.push()).rebuilt).toEqual(['api'])
    await shop.repository.remove('api/target')
    const reused = await shop.push()
    expect(reused.reused).toEqual(['api'])
    expect(reused.docker).toEqual([])
  })
})

test('a README in the folder of a service that no COPY takes rebuilds nothing, push after push', async () => {
  await committed({
    'api/Dockerfile': 'FROM scratch\nCOPY src/ /src/\n',
    'api/src/main.txt': 'main\n',
    'api/README.md': '# Api\n',
  })
  expect((await shop.push()).rebuilt).toEqual(['api'])
  for (let times = 0; times < 2; times += 1) {
    await shop.touch('api/README.md')
    const run = await shop.push()
    expect(run.main.outputs).toMatchObject({ any: 'false', rebuilt: '[]', reused: '["api"]' })
    expect(run.docker).toEqual([])
  }
})
