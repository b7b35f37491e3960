import { describe, expect, test } from '@jest/globals'
import { World } from './fakes/world.js'

const MB = 1_000_000

/** What git ignores lies in the context of `api`. */
function world(bytes: number): World {
  return new World({ disk: { 'api/out/large': 'x'.repeat(bytes) }, ignored: ['api/out'] })
}

function advisedIn({ host }: Awaited<ReturnType<World['run']>>): string[] {
  return host.notices.map(({ message }) => message).filter((message) => message.includes('--advise'))
}

describe('a plan that is to advise', () => {
  test('says what is sent for each service that is asked for', async () => {
    const { code, host } = await world(10).run({ mode: 'plan', advise: 'true', services: 'api' })
    expect(code).toBe(0)
    expect(host.documents[0]).toMatchObject({
      advice: [{ images: ['api'], context: 'api', lines: [{ line: 'out', kind: 'ignored', bytes: 10 }] }],
    })
    expect(host.results.join('\n')).toContain('lines for api/.dockerignore')
  })

  test('does so where nothing is to be built', async () => {
    const made = world(10)
    expect((await made.run()).code).toBe(0)
    const { host } = await made.run({ mode: 'plan', push: 'true', advise: 'true' })
    expect(host.documents[0]).toMatchObject({ advice: [{ images: ['api'] }, { images: ['web'] }] })
  })

  test('cannot where nothing is checked out', async () => {
    const made = world(10)
    made.git.isCheckedOut = false
    const { code, host } = await made.run({ mode: 'plan', advise: 'true' })
    expect([code, host.failures.map(({ kind }) => kind)]).toEqual([2, ['usage']])
  })

  test('is not asked for by others', async () => {
    const { host } = await world(10).run({ mode: 'plan' })
    expect(host.documents[0]).not.toHaveProperty('advice')
  })
})

describe('a build', () => {
  test.each<[string, number, number, number]>([
    ['that was sent much of what git ignores says so, once', 60 * MB, 60 * MB, 1],
    ['that was sent much of what counts does not', 10, 60 * MB, 0],
    ['that was not sent what lies there does not', 60 * MB, 10, 0],
  ])('%s', async (_, bytes, sent, notices) => {
    const made = world(bytes)
    made.prepare = ({ builder }) => {
      builder.status = { ...builder.status, contextBytes: sent }
    }
    const run = await made.run()
    expect(run.code).toBe(0)
    expect(advisedIn(run)).toEqual(Array(notices).fill(expect.stringMatching(/^`api` was sent 60\.0 MB/)))
  })

  test('is as good where that cannot be found out, which one notice says', async () => {
    const made = world(60 * MB)
    made.prepare = ({ builder }) => {
      made.git.broken = 'files'
      builder.status = { ...builder.status, contextBytes: 60 * MB }
    }
    const run = await made.run()
    expect(run.code).toBe(0)
    const messages = run.host.notices.map(({ message }) => message)
    expect(messages.filter((message) => message.includes('is not known: git failed in files'))).toHaveLength(
      2,
    )
  })
})
