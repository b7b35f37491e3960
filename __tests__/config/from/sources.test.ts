import { describe, expect, test } from '@jest/globals'
import { sourcesOf, targetsOf } from '../../../src/config/from/sources.js'
import { parseConfig } from '../../../src/config/parse.js'

const SERVICES = 'services: {a: {context: a}}\n'

function problems(text: string): string[] {
  const config = parseConfig(SERVICES + text, 'images.yml')
  return config.ok ? [] : config.failures.map(({ message }) => message)
}

describe('`from`', () => {
  test.each([
    ['a list', 'from: [compose.yaml, ./build/docker-bake.hcl]', ['compose.yaml', 'build/docker-bake.hcl']],
    ['text', 'from: compose.yml', ['compose.yml']],
    ['lines', 'from: |\n  compose.yml\n  docker-bake.json\n', ['compose.yml', 'docker-bake.json']],
    ['nothing', '', []],
  ])('may be %s', (_case, text, paths) => {
    expect(sourcesOf(text, 'images.yml').map(({ path }) => path)).toEqual(paths)
    expect(problems(text)).toEqual([])
  })

  test('picks a group or target after `#`, and knows where that is written', () => {
    expect(sourcesOf('from:\n  - docker-bake.hcl#release', 'images.yml')).toEqual([
      { path: 'docker-bake.hcl', pick: 'release', place: { file: 'images.yml', line: 2, column: 5 } },
    ])
  })

  test.each([
    ['from: {a: b}', '`from` must be a list of Compose and bake files, or text with one per line'],
    ['from: [1]', '`from` must be a list of Compose and bake files, or text with one per line'],
    [
      'from: ../compose.yaml',
      '`from`: `../compose.yaml` is outside the repository; paths are relative to the repository root',
    ],
    [
      'from: Makefile',
      '`from`: `Makefile` is neither a Compose file (.yaml, .yml) nor a bake file (.hcl, .json)',
    ],
    ['from: ["a.hcl#"]', '`from`: `#` names no group and no target; write `a.hcl#NAME`'],
    ['from: ["a.hcl#--set"]', '`from`: `#--set` names no group and no target; write `a.hcl#NAME`'],
  ])('%s is refused', (text, problem) => {
    expect(problems(text)).toEqual([problem])
  })
})

describe('bake is asked for', () => {
  const [hcl, json, compose] = ['docker-bake.hcl', 'docker-bake.json', 'compose.yaml']

  test.each([
    ['the services of a Compose file', { [compose]: '' }, [compose], ['default']],
    ['the group `default`', { [hcl]: '\ngroup "default" {' }, [hcl], ['default']],
    ['the group `default` in JSON', { [json]: '{"group": {"x": {}, "default": {}}}' }, [json], ['default']],
    ['all targets without one', { [hcl]: '# group "default" {\ntarget "a" {}' }, [hcl], ['*']],
    ['all targets of both kinds of file', { [hcl]: 'target "a" {}', [compose]: '' }, [compose, hcl], ['*']],
    ['a target in JSON that has that name', { [json]: '{"target": {"default": {}}}' }, [json], ['*']],
    ['what is picked', { [hcl]: 'group "default" {' }, [`${hcl}#a`, `${hcl}#b`], ['a', 'b']],
  ])('%s', (_case, texts, from, targets) => {
    const sources = sourcesOf(`from: ${JSON.stringify(from)}`, 'images.yml')
    expect(sources).toHaveLength(from.length)
    expect(targetsOf(sources, new Map(Object.entries(texts)))).toEqual(targets)
  })
})
