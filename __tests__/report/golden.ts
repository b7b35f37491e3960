import { expect } from '@jest/globals'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The text is that of the file, which `UPDATE_GOLDEN=1` writes anew: look at what changed before it is committed. */
export function expectGolden(file: string, text: string): void {
  const path = join(import.meta.dirname, 'golden', file)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text)
  expect(text).toBe(readFileSync(path, 'utf8'))
}
