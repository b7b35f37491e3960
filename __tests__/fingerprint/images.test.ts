import { describe, expect, test } from '@jest/globals'
import { gather } from '../../src/fingerprint/gather.js'
import type { Service } from '../../src/model/service.js'
import { FakeGitTree } from '../fakes/fake-git-tree.js'
import { failuresOf, service } from '../fakes/images.js'
import { gathered, inputsOf, optionsFor, SERVICE, treeOf, type Files } from './repository.js'

const TRACKING: Service = { ...SERVICE, trackUpstream: 'always' }

function dockerfile(...lines: readonly string[]): Files {
  return { 'docker/Dockerfile': `${lines.join('\n')}\n`, 'c/_': '' }
}

async function imagesOf(lines: readonly string[], of: Service = TRACKING): Promise<readonly string[]> {
  return (await inputsOf(treeOf(dockerfile(...lines)), of)).images
}

describe('the images that count are those', () => {
  test.each<[string, string[], string[]]>([
    ['that FROM names', ['FROM alpine:3'], ['alpine:3']],
    [
      'that COPY takes from',
      ['FROM scratch', 'COPY --from=ghcr.io/acme/tool:1 /a /'],
      ['ghcr.io/acme/tool:1'],
    ],
    ['that a mount takes from', ['FROM scratch', 'RUN --mount=from=tool,target=/t x'], ['tool']],
    ['that arguments come to', ['ARG TAG=3', 'FROM alpine:${TAG}'], ['alpine:3']],
    ['of a registry with a port', ['FROM localhost:5000/base'], ['localhost:5000/base']],
    ['of stages that are reached alone', ['FROM node:1 AS unused', 'FROM alpine:3'], ['alpine:3']],
    [
      'of all, each once and sorted',
      ['FROM b AS x', 'FROM a AS y', 'FROM b', 'COPY --from=y a b'],
      ['a', 'b'],
    ],
    [
      'by one name each, as buildx knows them',
      ['FROM docker.io/library/alpine:latest AS x', 'FROM alpine', 'COPY --from=x a b'],
      ['alpine'],
    ],
  ])('%s', async (_description, lines, expected) => {
    expect(await imagesOf(lines)).toEqual(expected)
  })

  test('of each platform', async () => {
    const of = service('app', { ...TRACKING, build: { platforms: ['linux/amd64', 'linux/arm64'] } })
    const lines = ['ARG TARGETARCH', 'FROM base-${TARGETARCH}']
    expect(await imagesOf(lines, of)).toEqual(['base-amd64', 'base-arm64'])
  })
})

describe('no such image is', () => {
  test.each<[string, string[]]>([
    ['a stage', ['FROM scratch AS a', 'FROM a']],
    ['nothing at all', ['FROM scratch']],
    ['one that is named by its digest', [`FROM alpine:3@sha256:${'a'.repeat(64)}`]],
    ['what cannot be expanded', ['FROM $BUILDPLATFORM']],
  ])('%s', async (_description, lines) => {
    expect(await imagesOf(lines)).toEqual([])
  })

  test('one that a build context replaces, whatever its name is written as', async () => {
    const contexts = { alpine: { kind: 'reference', reference: 'docker-image://alpine:3' } } as const
    const of = service('app', { ...TRACKING, build: { contexts } })
    expect(await imagesOf(['FROM docker.io/library/alpine:latest'], of)).toEqual([])
  })
})

describe('an image with the name of a stage', () => {
  const lines = ['FROM node AS node', 'RUN npm ci', 'FROM node']

  test('is an error, as the pin would replace the stage', async () => {
    const git = new FakeGitTree(treeOf(dockerfile('# comment', ...lines)))
    const [failure] = failuresOf(await gather([TRACKING], optionsFor(git)))
    expect(failure).toMatchObject({ kind: 'config-invalid', place: { file: 'docker/Dockerfile', line: 2 } })
    expect(failure?.message).toContain('rename the stage')
  })

  test.each<[string, string[], Service]>([
    ['that nobody tracks is none', lines, SERVICE],
    ['and a tag is none', ['FROM node:22 AS node', 'FROM node'], TRACKING],
  ])('%s', async (_description, text, of) => {
    await expect(imagesOf(text, of)).resolves.toBeDefined()
  })
})

describe('what was found out before', () => {
  const tree = treeOf(dockerfile('FROM alpine:3'))

  test('holds the images, too', async () => {
    const first = await gathered(tree, [TRACKING])
    const again = await gathered(tree, [TRACKING], { memo: first.memo })
    expect(again.inspections.size).toBe(0)
    expect(again.snapshot.inputs.get('app')?.images).toEqual(['alpine:3'])
  })

  test('without tracking is no answer with it, as only that may be refused', async () => {
    const { memo } = await gathered(tree, [SERVICE])
    const found = await gathered(tree, [TRACKING], { memo })
    expect(found.inspections.size).toBe(1)
  })
})
