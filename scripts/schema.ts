import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema, MapSchema } from 'valibot'
import { configSchema } from '../src/config/schema.js'

/*
 * Writes `schema.json`, by which editors check a configuration, from the schema that the action checks it with.
 * `--check` writes nothing and ends 1 when the file is not what would be written.
 */

const SCHEMA_FILE = fileURLToPath(new URL('../schema.json', import.meta.url))

type AnyMap = MapSchema<GenericSchema, GenericSchema, undefined>

const CONVERSION: ConversionConfig = {
  typeMode: 'input',
  overrideSchema: ({ valibotSchema }) => {
    if (valibotSchema.type !== 'map') return undefined
    const { key, value } = valibotSchema as unknown as AnyMap
    const names = 'pipe' in key ? { propertyNames: inner(key) } : {}
    return { type: 'object', ...names, additionalProperties: inner(value) }
  },
}

export function configJsonSchema(): JsonSchema {
  return {
    ...toJsonSchema(configSchema, CONVERSION),
    title: 'smart-image-build configuration',
    description: 'Place: .github/smart-image-build.yml, or smart-image-build.yml at the root.',
    // Only what is taken `from` other files need not be said here.
    anyOf: [
      { required: ['from'] },
      {
        required: ['services'],
        properties: { services: { additionalProperties: { required: ['context'] } } },
      },
    ],
  }
}

/** The dialect is said once, at the root. */
function inner(schema: GenericSchema): JsonSchema {
  const converted = Object.entries(toJsonSchema(schema, CONVERSION))
  return Object.fromEntries(converted.filter(([key]) => key !== '$schema'))
}

async function main(): Promise<void> {
  const { format, resolveConfig } = await import('prettier')
  const style = await resolveConfig(SCHEMA_FILE)
  const text = await format(JSON.stringify(configJsonSchema()), { ...style, parser: 'json' })
  if (!process.argv.includes('--check')) return writeFile(SCHEMA_FILE, text)
  const current = await readFile(SCHEMA_FILE, 'utf8').catch(() => '')
  if (current === text) return
  console.error('schema.json is not current; run: npx tsx scripts/schema.ts')
  process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
