import { describe, expect, test } from '@jest/globals'
import { projectName, readCompose } from '../../../src/config/from/compose.js'

describe('a Compose file names', () => {
  test.each([
    ['included files', 'include: [a/c.yaml]', ['a/c.yaml', 'a/.env']],
    [
      'included files at length',
      'include: [{path: [a.yaml, b.yaml], env_file: x.env}]',
      ['a.yaml', 'b.yaml', 'x.env', '.env'],
    ],
    ['what a service extends', 'services: {a: {extends: {file: common.yaml, service: b}}}', ['common.yaml']],
    ['no file where a service extends another', 'services: {a: {extends: b}}', []],
    ['no file outside of the repository', 'include: [../c.yaml]', []],
    ['no file by a variable', 'include: ["${X}/c.yaml"]', []],
    ['nothing when it is no YAML', '{{', []],
  ])('%s', (_case, text, files) => {
    expect(readCompose(text, 'compose.yaml', '').files).toEqual(files)
  })

  test('files beside itself, or beside the project', () => {
    expect(readCompose('include: [c.yaml]', 'x/more.yaml', 'deploy').files).toEqual([
      ...['deploy/c.yaml', 'x/c.yaml', 'deploy/.env', 'x/.env'],
    ])
  })

  test('files that only have to be there', () => {
    const text = 'services: {a: {env_file: a.env}, b: {env_file: [b.env, {path: c.env}], label_file: l}}'
    expect(readCompose(text, 'compose.yaml', '').presence).toEqual(['a.env', 'b.env', 'c.env', 'l'])
  })

  test('its services, whatever an override takes out', () => {
    const text = 'services:\n  a: {ports: !reset []}\n  b.c: !override\n    build: .\n'
    expect(readCompose(text, 'compose.yaml', '').services).toEqual(['a', 'b.c'])
  })
})

describe("a project's name is", () => {
  const name = (texts: readonly string[], dotenv = '', variables: Record<string, string> = {}) =>
    projectName({
      files: texts.map((text) => readCompose(text, 'compose.yaml', '')),
      ...{ dotenv, variables, folderName: '_My Shop.2' },
    })

  test.each([
    ["its folder's", 'myshop2', name(['services: {}'])],
    ['the last that is written', 'b', name(['name: a', 'name: b', 'services: {}'])],
    ['filled from the environment', 'shop-x', name(['name: shop-${STAGE:-dev}'], '', { STAGE: 'x' })],
    ['filled from .env', 'shop-y', name(['name: shop-${STAGE}'], '# c\nSTAGE="y"\n')],
    ["its folder's when a variable is missing", 'myshop2', name(['name: shop-${STAGE}'])],
    ['what .env says before all that', 'e', name(['name: a'], 'export COMPOSE_PROJECT_NAME=e')],
    [
      'what the environment says first',
      'z',
      name(['name: a'], 'COMPOSE_PROJECT_NAME=e', { COMPOSE_PROJECT_NAME: 'z' }),
    ],
  ])('%s', (_case, expected, found) => {
    expect(found).toBe(expected)
  })
})
