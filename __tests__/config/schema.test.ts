import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv, type AnySchema } from 'ajv'
import { parse } from 'yaml'
import { configJsonSchema } from '../../scripts/schema.js'
import { parseConfig } from '../../src/config/parse.js'

type Json = Readonly<Record<string, unknown>>

const EXAMPLE = `
registry: ghcr.io/acme
reuse-pull-requests: true
defaults:
  track-upstream: scheduled
  max-age: 30d
  volatile-args: [VERSION]
  platforms: [linux/amd64]
  labels: {org.opencontainers.image.vendor: Acme}
services:
  backend:
    context: backend
    file: backend/Dockerfile
    image: naytife/backend
    build-args: {RUST_LOG: info, VERSION: 1.10, TOKEN: }
    build-contexts: {assets: shared/assets}
    paths: [proto/**]
    ignore: ['**/*.md']
    generated: {backend/target/app.jar: [backend/src/**, pom.xml]}
    matrix: {chart: api, namespace: core}
    platforms: [linux/amd64, linux/arm64]
  backend-migrations:
    context: backend
    file: backend/migrations.Dockerfile
    no-cache: true
    provenance: mode=max
    cache-from: |
      type=registry,ref=ghcr.io/acme/cache
`

const schema = configJsonSchema()
const accepts = new Ajv({ strictTypes: false }).compile(schema as AnySchema)

/** Every configuration of the examples, and every block of YAML in the README that is one: each names the schema, or has services. */
function configurations(): [string, string][] {
  const root = new URL('../../', import.meta.url)
  const examples = readdirSync(new URL('examples/', root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('smart-image-build.yml'))
    .map((path): [string, string] => [path, readFileSync(new URL(`examples/${path}`, root), 'utf8')])
  const readme = readFileSync(new URL('README.md', root), 'utf8')
  const blocks = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => text)
  const ours = blocks.filter((text) => !/^(?:jobs|on|name|steps|runs|- )/m.test(text))
  return [...examples, ...ours.map((text, index): [string, string] => [`README block ${index + 1}`, text])]
}

describe('schema.json', () => {
  test('is current (npx tsx scripts/schema.ts)', () => {
    const file = new URL('../../schema.json', import.meta.url)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)))
  })

  test.each([
    ['the example of the contract', EXAMPLE, true],
    ['an unknown key', `${EXAMPLE}    contxt: x\n`, false],
    ['an unknown key at the top', `${EXAMPLE}images: {}\n`, false],
    ['a service without a context', 'services: {api: {file: Dockerfile}}', false],
    ['a context in defaults', 'defaults: {context: .}\nservices: {api: {context: .}}', false],
    ['empty defaults', 'defaults:\nservices: {api: {context: .}}', true],
    ['a name of a service that is none', 'services: {"a b": {context: .}}', false],
    ['a boolean as text', 'services: {api: {context: ., no-cache: "true"}}', false],
    ['a duration that is none', 'services: {api: {context: ., max-age: 1w}}', false],
    ['a word for true', 'services: {api: {context: ., track-upstream: always}}', false],
    ['no services', 'registry: ghcr.io', false],
  ])('agrees with the action about %s', (_case, text, expected) => {
    expect(accepts(parse(text))).toBe(expected)
    expect(parseConfig(text, 'images.yml').ok).toBe(expected)
  })

  test('lets images that come from other files be said in part', () => {
    const found = {
      ...{
        kind: 'service' as const,
        name: 'api',
        isInline: false,
        written: { context: 'api', image: 'api' },
      },
      place: { file: 'compose.yaml', line: 1, column: 1 },
    }
    for (const text of ['from: compose.yaml', 'from: [compose.yaml]\nservices: {api: {target: run}}']) {
      expect(accepts(parse(text))).toBe(true)
      expect(parseConfig(text, 'images.yml', [found]).ok).toBe(true)
    }
    for (const text of ['from: {a: b}', 'from: [1]']) {
      expect(accepts(parse(text))).toBe(false)
      expect(parseConfig(text, 'images.yml', [found]).ok).toBe(false)
    }
  })

  test.each(configurations())('fits %s', (_case, text) => {
    expect(accepts(parse(text))).toBe(true)
  })

  test('describes every key', () => {
    const described = (properties: unknown) =>
      Object.values(properties as Record<string, Json>).every(
        ({ description }) => typeof description === 'string',
      )
    const { properties } = schema as { properties: Record<string, Json> }
    expect(described(properties)).toBe(true)
    expect(described((properties.services?.additionalProperties as Json).properties)).toBe(true)
  })
})
