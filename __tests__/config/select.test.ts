import { expect, test } from '@jest/globals'
import { select } from '../../src/config/select.js'
import { failuresOf, service, valueOf } from '../fakes/images.js'

const SERVICES = ['api', 'api-migrations', 'web', 'a[1]'].map((name) => service(name))

test.each<[string, string[], string[]]>([
  ['nothing asks for all', [], ['api', 'api-migrations', 'web', 'a[1]']],
  ['a name asks for itself alone', ['api'], ['api']],
  ['a glob asks for all that fit', ['api*'], ['api', 'api-migrations']],
  ['alternatives', ['{web,api}'], ['api', 'web']],
  ['what two ask for comes once', ['api', '*i'], ['api']],
  ['a name that looks like a glob is a name', ['a[1]'], ['a[1]']],
])('%s', (_description, asked, expected) => {
  expect([...valueOf(select(SERVICES, asked, 'services'))]).toEqual(expect.arrayContaining(expected))
  expect(valueOf(select(SERVICES, asked, 'services')).size).toBe(expected.length)
})

test.each([
  [['webb'], ['services: there is no service `webb`; did you mean `web`?']],
  [['db-*'], ['services: there is no service `db-*`; the services are api, api-migrations, web, a[1]']],
  [
    ['web', 'x1', 'apii'],
    [
      'services: there is no service `x1`; the services are api, api-migrations, web, a[1]',
      'services: there is no service `apii`; did you mean `api`?',
    ],
  ],
])('%j is refused, as it must not mean that there is nothing to do', (asked, messages) => {
  const failures = failuresOf(select(SERVICES, asked, 'services'))
  expect(failures).toEqual(messages.map((message) => ({ kind: 'usage', message })))
})

test('the message names the input', () => {
  expect(failuresOf(select(SERVICES, ['webb'], 'force'))[0]?.message).toMatch(/^force: /)
})
