import { describe, expect, test } from '@jest/globals'
import { composeImage, projectName, readCompose } from '../../../src/config/from/compose.js'

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
    expect([...readCompose(text, 'compose.yaml', '').services.keys()]).toEqual(['a', 'b.c'])
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

describe('the image of a service is called', () => {
  const image = (texts: readonly string[]) =>
    composeImage(
      'a',
      {
        files: texts.map((text) => readCompose(`services: ${text}`, 'compose.yaml', '')),
        ...{ dotenv: 'TAG=1', variables: { HOST: 'ghcr.io' }, folderName: 'shop' },
      },
      'printed',
    )

  test.each([
    ['after its project', ['{a: {build: .}, b: {image: x}}'], 'shop-a'],
    ['as it is written', ['{a: {image: "acme/a:2"}}'], 'acme/a:2'],
    ['as the last one writes it', ['{a: {image: x}}', '{a: {image: y}}', '{a: {build: .}}'], 'y'],
    ['as it is filled in', ['{a: {image: "${HOST}/a:${TAG}-${X:-y}"}}'], 'ghcr.io/a:1-y'],
    ['what bake prints for a variable that is not set', ['{a: {image: "a:${X}"}}'], 'printed'],
    ['what bake prints for a form that is not ours', ['{a: {image: "a:${TAG:?}"}}'], 'printed'],
    ['what bake prints for a variable without braces', ['{a: {image: "a:$TAG"}}'], 'printed'],
    ['as that of the service that it extends', ['{b: {image: x}, a: {extends: b}}'], 'x'],
    [
      'as that of a service of its own name, in another file',
      ['{a: {image: x}}', '{a: {extends: {file: c.yaml, service: a}}}'],
      'x',
    ],
    [
      'after its project where it extends one of its own name without an image',
      ['{a: {build: .}}', '{a: {extends: {file: c.yaml, service: a}}}'],
      'shop-a',
    ],
    ['as itself before what it extends', ['{b: {image: x}, a: {extends: b, image: y}}'], 'y'],
  ])('%s', (_case, texts, expected) => {
    expect(image(texts)).toBe(expected)
  })
})
