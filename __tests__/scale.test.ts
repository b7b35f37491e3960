import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shardTables } from '../scripts/shard-table.js'

test('docs/scale.md holds what `npm run bench:shards` prints', () => {
  const tables = shardTables().join('\n')
  expect(tables.split('\n').length).toBeGreaterThan(60)
  const page = readFileSync(join(import.meta.dirname, '../docs/scale.md'), 'utf8')
  // Not `toContain`: its message would print the whole page.
  const start = page.indexOf(tables.split('\n')[0]!)
  expect(page.slice(start, start + tables.length)).toBe(tables)
})
