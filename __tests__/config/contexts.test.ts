import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { contextName } from '../../src/config/contexts.js'
import { parseConfig } from '../../src/config/parse.js'
import { failuresOf, messagesOf, valueOf } from '../fakes/images.js'

/** The build contexts of one service that says `yaml`. */
function contexts(yaml: string): Record<string, unknown> {
  const config = valueOf(
    parseConfig(`services: {api: {context: api, build-contexts: ${yaml}}}`, 'images.yml'),
  )
  return Object.fromEntries(config.images[0]!.settings.contexts)
}

function problems(yaml: string): string[] {
  return messagesOf(parseConfig(`services: {api: {context: api, build-contexts: ${yaml}}}`, 'images.yml'))
}

const DIGEST = `sha256:${'a1'.repeat(32)}`

describe('a name of a build context', () => {
  test.each([
    ['assets', 'assets'],
    ['alpine', 'alpine'],
    ['alpine:latest', 'alpine'],
    ['alpine:3.20', 'alpine:3.20'],
    ['alpine:3.20-RC', 'alpine:3.20-RC'],
    ['library/alpine', 'alpine'],
    ['docker.io/library/alpine:latest', 'alpine'],
    ['index.docker.io/library/alpine', 'alpine'],
    ['docker.io/acme/base', 'acme/base'],
    ['library/a/b', 'library/a/b'],
    ['ghcr.io/acme/base:latest', 'ghcr.io/acme/base'],
    ['localhost:5000/base:v1', 'localhost:5000/base:v1'],
    [`alpine@${DIGEST}`, `alpine@${DIGEST}`],
    [`alpine:latest@${DIGEST}`, `alpine:latest@${DIGEST}`],
  ])('%s is %s, as buildx keeps it', (text, expected) => {
    expect(contextName(text)).toEqual({ value: expected })
  })

  test.each([
    ['Assets', /; write `assets`$/],
    ['-a', /write it like the name of an image/],
    ['a:', /like the name of an image/],
    ['docker-image://a', /like the name of an image/],
    ['a/', /like the name of an image/],
    ['', /like the name of an image/],
  ])('may not be %j', (text, problem) => {
    expect(contextName(text)).toEqual({ problem: expect.stringMatching(problem) })
  })

  test('stays what it is once it is short', () => {
    const host = fc.constantFrom('', 'docker.io/', 'localhost/', 'b.c/')
    const part = fc.constantFrom('a', 'library', 'x')
    const end = fc.constantFrom('', ':latest', ':v1', `@${DIGEST}`)
    fc.assert(
      fc.property(host, fc.array(part, { minLength: 1, maxLength: 4 }), end, (host, parts, end) => {
        const once = contextName(host + parts.join('/') + end)
        expect('value' in once && contextName(once.value)).toEqual(once)
      }),
    )
  })
})

describe('a source', () => {
  test.each([
    ['.', ''],
    ['./', ''],
    ['shared/assets', 'shared/assets'],
    ['./shared/', 'shared'],
    ['./github.com/acme', 'github.com/acme'],
    ['a/../b', 'b'],
  ])('%s is a folder of the repository', (value, folder) => {
    expect(contexts(`{x: "${value}"}`)).toEqual({ x: { kind: 'folder', folder } })
  })

  test.each([
    'docker-image://alpine:3.20',
    `docker-image://ghcr.io/acme/base@${DIGEST}`,
    'https://example.org/a.tar.gz',
    'http://example.org/a.tar',
    'https://github.com/acme/base.git#main:folder',
    'git@github.com:acme/base.git',
    'deploy@git.example.org:base',
    'git://example.org/base.git',
    'ssh://git@example.org/base.git',
    'github.com/acme/base',
    'oci-layout:///tmp/layout:v1',
    'oci-layout://layout',
    'oci-layout://node_modules/@acme/layout',
    `oci-layout://layout:v1@${DIGEST}`,
    `oci-layout://layout@${DIGEST}`,
  ])('%s is an address', (reference) => {
    expect(contexts(`{x: "${reference}"}`)).toEqual({ x: { kind: 'reference', reference } })
  })

  test.each([
    ['service:', '`service:` names no image; write its name after it'],
    ['../shared', '`../shared` is outside the repository'],
    ['/etc', '`/etc` is outside the repository; write a path relative'],
    ['C:/x', '`C:/x` is outside the repository'],
    ['docker://alpine', '`docker://` is not understood; write a folder, `docker-image://…`'],
    ['docker-image://', '`docker-image://` names nothing; write the whole image after it'],
    ['docker-image://Alpine', '`docker-image://Alpine` names nothing'],
    ['https://', '`https://` names nothing; write the whole address after it'],
    ['https://a b', '`https://a b` names nothing'],
    ...[':v1', `@${DIGEST}`, 'layout:', 'layout@', 'layout@sha256:a1', `layout@${DIGEST}0`].map((address) => [
      `oci-layout://${address}`,
      `\`oci-layout://${address}\` names no image of a layout; write \`oci-layout://\` and its folder`,
    ]),
    ['https://a\\x9bb', '`https://a\u009bb` names nothing'],
  ])('%s is a failure', (value, problem) => {
    expect(problems(`{x: "${value}"}`)).toEqual([
      expect.stringContaining(`\`services.api.build-contexts.x\`: ${problem}`),
    ])
  })
})

describe('build-contexts', () => {
  test.each([
    ['a map', '{a: ., docker.io/library/alpine: b}'],
    ['lines', '"a=.\\nalpine:latest=b\\n"'],
    ['a list', '["a=.", "alpine=b"]'],
  ])('takes %s', (_case, yaml) => {
    expect(contexts(yaml)).toEqual({
      a: { kind: 'folder', folder: '' },
      alpine: { kind: 'folder', folder: 'b' },
    })
  })

  test('keeps what follows the first equals sign', () => {
    expect(contexts('"a=https://example.org/?b=c"')).toEqual({
      a: { kind: 'reference', reference: 'https://example.org/?b=c' },
    })
  })

  test.each([
    ['.', '`services.api.build-contexts`: `.` is not a name of a build context'],
    ['a', '`services.api.build-contexts.a`: has no source; write a folder'],
    ['"a="', '`services.api.build-contexts.a`: has no source'],
    ['{a: }', '`services.api.build-contexts.a` must be text, but is empty'],
    ['{a: 1.10}', '`services.api.build-contexts.a` must be text, but is 1.10; put it in quotes'],
    ['{a b: .}', '`services.api.build-contexts`: `a b` is not a name'],
    ['{alpine: ., library/alpine: b}', '`services.api.build-contexts` sets `alpine` twice'],
  ])('%s is a failure', (yaml, problem) => {
    expect(problems(yaml)).toEqual([expect.stringContaining(problem)])
  })

  test('shows what is wrong at its line', () => {
    const text = 'services:\n  a:\n    context: a\n    build-contexts:\n      x: .\n      y: ../y\n'
    expect(failuresOf(parseConfig(text, 'images.yml'))).toEqual([
      expect.objectContaining({ place: { file: 'images.yml', line: 6, column: 10 } }),
    ])
  })
})
