import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { readSecrets, type SecretTexts } from '../../src/config/secrets.js'
import type { Failure } from '../../src/model/failure.js'
import type { Secret } from '../../src/model/secret.js'

function read(texts: Partial<SecretTexts>): { secrets: readonly Secret[]; problems: string[] } {
  const failures: Failure[] = []
  const secrets = readSecrets({ secrets: '', envs: '', files: '', ...texts }, failures)
  return { secrets, problems: failures.map(({ message }) => message) }
}

function values(text: string): unknown {
  const { secrets, problems } = read({ secrets: text })
  return problems.length > 0 ? problems : secrets.map((one) => [one.id, one.kind === 'value' && one.value])
}

describe('secrets are read as docker/build-push-action reads them', () => {
  test.each<[string, string, [string, string][]]>([
    ['none', '', []],
    [
      'one a line',
      'a=1\n\n  b=2  \n',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['with `=` and `,` in them', 'a=x=y,z', [['a', 'x=y,z']]],
    [
      'in quotes',
      '"a=1"\nb=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'of several lines, with empty ones',
      '"a=1\n\n2"\nb=3',
      [
        ['a', '1\n\n2'],
        ['b', '3'],
      ],
    ],
    ['with quotes in them', '"a={""k"":""v""}"', [['a', '{"k":"v"}']]],
    ['with quotes within', 'a={"k":"v"}', [['a', '{"k":"v"}']]],
  ])('%s', (_description, text, expected) => {
    expect(values(text)).toEqual(expected)
  })

  test('without those that are empty', () => {
    expect(values('a=\nb=2')).toEqual([['b', '2']])
  })

  test('whatever value is quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { maxLength: 4 }), (given) => {
        const text = given.map((value, index) => `"id${index}=${value.replaceAll('"', '""')}"`).join('\n')
        expect(values(text)).toEqual(given.map((value, index) => [`id${index}`, value]))
      }),
    )
  })
})

test('variables and files are named, not read', () => {
  expect(read({ envs: 'npm=NPM_TOKEN', files: 'aws=/run/aws\nkey=./key' }).secrets).toEqual([
    { id: 'npm', kind: 'variable', variable: 'NPM_TOKEN' },
    { id: 'aws', kind: 'file', path: '/run/aws' },
    { id: 'key', kind: 'file', path: './key' },
  ])
})

describe('what is wrong is said without a value', () => {
  test.each<[string, Partial<SecretTexts>, string[]]>([
    ['an entry without a name', { secrets: 'a=1\nhush' }, ['`secrets`: entry 2 is not `id=value`']],
    ['one without a value', { envs: 'npm=' }, ['`secret-envs`: entry 1 is not `id=VARIABLE`']],
    ['one whose name is none', { files: 'a b=/x' }, ['`secret-files`: entry 1 is not `id=path`']],
    [
      'an id with two values',
      { secrets: 'a=hush', envs: 'a=B' },
      ['the secret `a` is given twice; give each id one value'],
    ],
  ])('%s', (_description, texts, expected) => {
    expect(read(texts).problems).toEqual(expected)
  })
})
