import { describe, expect, test } from '@jest/globals'
import { analysis } from './ask.js'

describe('the secrets that are mounted', () => {
  test.each<[string, string, string[] | undefined]>([
    ['none', 'RUN x', []],
    ['by their ids', 'RUN --mount=type=secret,id=npm --mount=type=secret,id=aws x', ['aws', 'npm']],
    ['by the names of their files', 'RUN --mount=type=secret,target=/run/secrets/npm x', ['npm']],
    ['by their ids before their files', 'RUN --mount=type=secret,id=a,target=/b x', ['a']],
    ['as variables', 'RUN --mount=type=secret,id=npm,env=NPM_TOKEN x', ['npm']],
    ['by ids that arguments come to', 'ARG ID=npm\nRUN --mount=type=secret,id=$ID x', ['npm']],
    ['not what else is mounted', 'RUN --mount=type=cache,id=c,target=/c --mount=type=ssh x', []],
    ['by an id that cannot be told', 'RUN --mount=type=secret,id=$ID x', undefined],
    ['perhaps, by a type that cannot be told', 'RUN --mount=type=$T,id=a x', undefined],
  ])('%s', (_description, instructions, expected) => {
    expect(analysis(`FROM a\n${instructions}`).secrets).toEqual(expected)
  })

  test('of stages that are reached', () => {
    const dockerfile = 'FROM a AS unused\nRUN --mount=type=secret,id=x y\nFROM a\n'
    expect(analysis(dockerfile).secrets).toEqual([])
  })
})
