import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { configJsonSchema } from '../../scripts/schema.js'
import { parseConfig } from '../../src/config/parse.js'

type Json = Readonly<Record<string, unknown>>

/** The part of JSON Schema that our schema uses; any other keyword fails the test that meets it. */
function accepts(schema: Json, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    const check = KEYWORDS[keyword]
    if (check === undefined) throw new Error(`Unknown keyword ${keyword}`)
    return check({ rule, value, schema })
  })
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const KEYWORDS: Record<string, (the: { rule: unknown; value: unknown; schema: Json }) => boolean> = {
  $schema: () => true,
  title: () => true,
  description: () => true,
  const: ({ rule, value }) => value === rule,
  type: ({ rule, value }) =>
    rule === (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value),
  minLength: ({ rule, value }) => typeof value !== 'string' || value.length >= (rule as number),
  pattern: ({ rule, value }) => typeof value !== 'string' || new RegExp(rule as string).test(value),
  anyOf: ({ rule, value }) => (rule as Json[]).some((schema) => accepts(schema, value)),
  items: ({ rule, value }) => !Array.isArray(value) || value.every((item) => accepts(rule as Json, item)),
  required: ({ rule, value }) => !isObject(value) || (rule as string[]).every((key) => key in value),
  propertyNames: ({ rule, value }) =>
    !isObject(value) || Object.keys(value).every((key) => accepts(rule as Json, key)),
  properties: ({ rule, value }) =>
    !isObject(value) ||
    Object.entries(rule as Record<string, Json>).every(
      ([key, schema]) => !(key in value) || accepts(schema, value[key]),
    ),
  additionalProperties: ({ rule, value, schema }) => {
    if (!isObject(value)) return true
    const others = Object.keys(value).filter((key) => !Object.hasOwn(schema.properties ?? {}, key))
    return others.every((key) => isObject(rule) && accepts(rule, value[key]))
  },
}

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

const schema = configJsonSchema() as Json

describe('schema.json', () => {
  test('is current (npx tsx scripts/schema.ts)', () => {
    const file = new URL('../../schema.json', import.meta.url)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)))
  })

  test.each([
    ['the example of the contract', EXAMPLE, true],
    ['an unknown key', `${EXAMPLE}    contxt: x\n`, false],
    ['an unknown key at the top', `${EXAMPLE}bases: {}\n`, false],
    ['a service without a context', 'services: {api: {file: Dockerfile}}', false],
    ['a context in defaults', 'defaults: {context: .}\nservices: {api: {context: .}}', false],
    ['empty defaults', 'defaults:\nservices: {api: {context: .}}', true],
    ['a name of a service that is none', 'services: {"a b": {context: .}}', false],
    ['a boolean as text', 'services: {api: {context: ., no-cache: "true"}}', false],
    ['a duration that is none', 'services: {api: {context: ., max-age: 1w}}', false],
    ['a word for true', 'services: {api: {context: ., track-upstream: always}}', false],
    ['no services', 'registry: ghcr.io', false],
  ])('agrees with the action about %s', (_case, text, expected) => {
    expect(accepts(schema, parse(text))).toBe(expected)
    expect(parseConfig(text, 'images.yml').ok).toBe(expected)
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
