import { describe, expect, test } from '@jest/globals'
import type { RawInputs } from '../src/config/input-reader.js'
import { type Run, SHOP, World } from './fakes/world.js'

const CONFIG = '.github/smart-image-build.yml'
const MOUNTING = 'FROM scratch\nRUN --mount=type=secret,id=npm x\nCOPY . /\n'

function world(config = SHOP[CONFIG] ?? '', files: Readonly<Record<string, string>> = {}): World {
  return new World({ committed: { ...SHOP, 'api/Dockerfile': MOUNTING, [CONFIG]: config, ...files } })
}

function ofApi(lines: string): string {
  return (SHOP[CONFIG] ?? '').replace('api: {context: api}', `api: {context: api, ${lines}}`)
}

/** Image → what its build is given. */
function given({ builder }: Run): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    builder.requests.map(({ service, options }) => [
      service,
      options.filter((_, index) => options[index - 1] === '--secret'),
    ]),
  )
}

const VALUE: RawInputs = { secrets: 'npm=hush\nother=1' }

describe('a secret of the run', () => {
  test('is given to the images whose Dockerfile mounts it, and masked', async () => {
    const run = await world().run(VALUE)
    expect(given(run)).toEqual({ api: ['id=npm,env=SMART_IMAGE_BUILD_SECRET_0_api'], web: [] })
    expect(run.host.masked).toEqual(['hush', '1'])
  })

  test('is hidden where a failure is told of elsewhere than in the log, which GitHub masks', async () => {
    const shop = world()
    shop.prepare = ({ builder }) => {
      const said = ['first', 'curl: token hush refused', 'second line: two']
      builder.failing.set('api', {
        ...{ kind: 'build-failed', cause: 'code', message: 'api: hush', log: said, tail: said },
      })
    }
    const { code, host } = await shop.run({ secrets: '"npm=hush\ntwo"' })
    expect(code).toBe(1)
    const told = host.summaries.join('\n')
    expect(told).toContain('curl: token \\*\\*\\* refused'.replaceAll('\\', ''))
    expect(told).not.toMatch(/hush|two/)
    expect(JSON.stringify(host.failures)).not.toMatch(/hush|two/)
  })

  test('is given to an image of which that cannot be told', async () => {
    const files = { 'web/Dockerfile': '# syntax=acme/frontend\nFROM scratch\n' }
    expect(given(await world(undefined, files).run(VALUE))['web']).toHaveLength(2)
  })

  test('never counts as a change', async () => {
    const shop = world()
    await shop.run({ ...VALUE, push: 'true' })
    expect(given(await shop.run({ secrets: 'npm=other', push: 'true' }))).toEqual({})
  })

  test('is masked where a variable holds it, which has to be set', async () => {
    const inputs = { 'secret-envs': 'npm=TOKEN' }
    const run = await world().run(inputs, { variables: { TOKEN: 'hush' } })
    expect([given(run)['api'], run.host.masked]).toEqual([['id=npm,env=TOKEN'], ['hush']])
    const unset = await world().run(inputs)
    expect([unset.code, given(unset)]).toEqual([2, {}])
    expect(unset.host.failures[0]?.message).toContain('variable `TOKEN`, which is not set')
  })

  test('is looked for where a file holds it', async () => {
    const inputs = { 'secret-files': 'npm=./token' }
    expect(given(await world(undefined, { token: 'hush' }).run(inputs))['api']).toEqual([
      'id=npm,src=./token',
    ])
    const run = await world().run(inputs)
    expect([run.code, given(run)]).toEqual([2, {}])
    expect(run.host.failures[0]?.message).toContain('"./token", which does not exist')
  })
})

describe('an image', () => {
  test('has secrets of its own, which count before those of the run', async () => {
    const run = await world(ofApi('secret-envs: {npm: MINE}')).run(VALUE, { variables: { MINE: 'own' } })
    expect(given(run)['api']).toEqual(['id=npm,env=MINE'])
    expect(run.host.masked).toContain('own')
  })

  test('may need a secret, and is not built without it', async () => {
    const shop = world(ofApi('secrets: [npm]'))
    const run = await shop.run()
    expect([run.code, given(run)]).toEqual([2, {}])
    expect(run.host.failures[0]).toMatchObject({
      message:
        '`api` needs the secret `npm`, which is not given; name it in `secrets`, `secret-envs` or `secret-files`',
      place: { file: CONFIG, line: 3 },
    })
    expect((await shop.run(VALUE)).code).toBe(0)
  })

  test('is another one when a secret file changes that is tracked, and not when one does that is not', async () => {
    const shop = world(ofApi('secret-files: {npm: .npmrc}'), { '.npmrc': '1' })
    await shop.run()
    expect(Object.keys(given(await shop.run()))).toEqual([])
    shop.git.commit('.npmrc', '2')
    expect(Object.keys(given(await shop.run()))).toEqual(['api'])
  })

  test.each([
    ['secret-envs: [npm]', '`services.api.secret-envs.npm` names nothing that holds it'],
    [
      'secret-envs: {npm: A}, secret-files: {npm: b}',
      '`services.api.secret-files.npm`: the secret `npm` is given twice',
    ],
  ])('is refused with %s', async (lines, message) => {
    const run = await world(ofApi(lines)).run()
    expect([run.code, run.host.failures.map((failure) => failure.message)]).toEqual([2, [message]])
  })
})
