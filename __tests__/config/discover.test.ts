import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { discoverServices } from '../../src/config/discover.js'
import { SERVICE_NAME } from '../../src/config/schema.js'

function names(paths: readonly string[]): string[] {
  const result = discoverServices(paths, { rootName: 'My Shop' })
  if (!result.ok) throw new Error(result.failures.map(({ message }) => message).join('\n'))
  return result.value.services.map(({ name }) => name)
}

describe('a Dockerfile', () => {
  test.each([
    ['backend/Dockerfile', 'backend'],
    ['backend/Containerfile', 'backend'],
    ['backend/dockerfile', 'backend'],
    ['backend/worker.Dockerfile', 'backend-worker'],
    ['backend/worker.dockerfile', 'backend-worker'],
    ['backend/Dockerfile.worker', 'backend-worker'],
    ['Dockerfile', 'my-shop'],
    ['Dockerfile.worker', 'my-shop-worker'],
    ['apps/My App (2)/Dockerfile', 'my-app-2'],
    ['apps/a__b.c/Dockerfile', 'a__b.c'],
    ['apps/a._b/Dockerfile', 'a-b'],
    ['.docker/Dockerfile', 'docker'],
    ['ä/Dockerfile', 'image'],
  ])('at %s makes the service %s', (path, name) => {
    expect(names([path])).toEqual([name])
  })

  test.each([
    'Dockerfile.dockerignore',
    'worker.Dockerfile.dockerignore',
    'Dockerfile.md',
    'Dockerfile.j2',
    'Dockerfile.bak',
    'src/dockerfile.ts',
    'Dockerfiles/readme',
    'myDockerfile',
    '.Dockerfile',
    'web/node_modules/x/Dockerfile',
    'vendor/x/Dockerfile',
    '.devcontainer/Dockerfile',
    '.github/actions/x/Dockerfile',
  ])('is not %s', (path) => {
    expect(names([path, 'api/Dockerfile'])).toEqual(['api'])
  })

  test('is built in its folder and goes to the registry of the option', () => {
    const result = discoverServices(['a/b/Dockerfile'], { rootName: 'x', registry: 'ghcr.io/acme' })
    expect(result).toMatchObject({
      value: {
        services: [
          { context: 'a/b', file: 'a/b/Dockerfile', image: { registry: 'ghcr.io', repository: 'acme/b' } },
        ],
      },
    })
  })

  test('at the root is built in the root', () => {
    expect(discoverServices(['Dockerfile'], { rootName: 'x' })).toMatchObject({
      value: { services: [{ context: '' }] },
    })
  })

  test('wins over a Containerfile beside it, aloud', () => {
    const result = discoverServices(['a/Containerfile', 'a/Dockerfile', 'a/dockerfile'], { rootName: 'x' })
    expect(result).toMatchObject({
      value: {
        services: [{ file: 'a/Dockerfile' }],
        notices: [
          { message: '`a/dockerfile` is not built: `a/Dockerfile` is for the same image' },
          { message: '`a/Containerfile` is not built: `a/Dockerfile` is for the same image' },
        ],
      },
    })
  })
})

describe('services without a configuration', () => {
  test.each([
    [
      'of one folder name take their whole path',
      ['a/api/Dockerfile', 'b/api/Dockerfile', 'web/Dockerfile'],
      ['a-api', 'b-api', 'web'],
    ],
    [
      'push others to theirs',
      ['a/x/Dockerfile', 'b/x/Dockerfile', 'c/a-x/Dockerfile'],
      ['a-x', 'b-x', 'c-a-x'],
    ],
    ['keep their variants apart', ['a/api/Dockerfile', 'a/api/Dockerfile.dev'], ['api', 'api-dev']],
  ])('%s', (_case, paths, expected) => {
    expect(names(paths)).toEqual(expected)
  })

  test('that even their paths do not tell apart want a configuration', () => {
    expect(
      discoverServices(['a/b-c/Dockerfile', 'a-b/c/Dockerfile', 'x/b-c/Dockerfile', 'x/c/Dockerfile'], {
        rootName: 'x',
      }),
    ).toEqual({
      ok: false,
      failures: [
        {
          kind: 'config-invalid',
          message:
            '`a-b/c/Dockerfile` and `a/b-c/Dockerfile` would both be named `a-b-c`; name them in `.github/smart-image-build.yml`',
        },
      ],
    })
  })

  test('need a Dockerfile', () => {
    expect(discoverServices(['README.md'], { rootName: 'x' })).toEqual({
      ok: false,
      failures: [
        {
          kind: 'config-invalid',
          message: expect.stringMatching(
            /neither a configuration \(`\.github\/smart-image-build\.yml` nor `smart-image-build\.yml`\) nor a Dockerfile .*; add/,
          ),
        },
      ],
    })
  })

  test('need a registry that is one, if any', () => {
    expect(discoverServices(['Dockerfile'], { rootName: 'x', registry: 'x' })).toMatchObject({
      failures: [{ kind: 'usage' }],
    })
  })

  test('have valid names that are all different, in any order of the paths', () => {
    const folder = fc.array(fc.constantFrom('a', 'b', 'A b', '.x', '_', 'ü'.repeat(60), 'c'.repeat(90)), {
      maxLength: 3,
    })
    const file = fc.constantFrom('Dockerfile', 'Containerfile', 'a.Dockerfile', 'Dockerfile.b', 'x.md')
    const paths = fc.array(
      fc.tuple(folder, file).map(([folders, name]) => [...folders, name].join('/')),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(paths, (paths) => {
        const unique = [...new Set(paths)]
        const result = discoverServices(unique, { rootName: 'root' })
        expect(discoverServices(unique.toReversed(), { rootName: 'root' })).toEqual(result)
        if (!result.ok) return
        const found = result.value.services.map(({ name }) => name)
        expect(new Set(found).size).toBe(found.length)
        for (const name of found) expect(name).toMatch(SERVICE_NAME)
      }),
    )
  })
})
