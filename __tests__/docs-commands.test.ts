import { describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
const documents = ['README.md', ...pages.map((name) => `docs/${name}`)]
const sources = ['src/cli.ts', 'src/adapters/terminal-options.ts'].map(read).join('\n')
const commands = new Set([...sources.matchAll(/\.command\('([a-z]+)'\)/g)].map(([, name]) => name))
const flags = new Set(['--help', ...[...sources.matchAll(/'(--[a-z-]+)/g)].map(([, flag]) => flag)])

/** Command lines of ours in code, be it a block or a span: what comes after the program's name. */
function commandLines(text: string): string[] {
  const code = [...text.matchAll(/^```(?:sh|yaml)\n(.*?)^```|`([^`\n]+)`/gms)]
  const lines = code.flatMap(([, block, span]) => (block ?? span ?? '').split(/\n|&&/))
  return lines.flatMap((line) => /^(?:.*\bnpx )?\s*smart-image-build ([a-z].*)$/.exec(line)?.[1] ?? [])
}

describe('command lines in the documents exist', () => {
  test('there are some', () => {
    expect(commands.size).toBeGreaterThan(6)
    expect(documents.flatMap((path) => commandLines(read(path))).length).toBeGreaterThan(25)
  })

  test.each(documents)('those of %s', (path) => {
    for (const line of commandLines(read(path))) {
      const [name, ...words] = line.split(/\s+/)
      expect([line, commands.has(name)]).toEqual([line, true])
      for (const word of words.filter((one) => one.startsWith('--')))
        expect([line, flags.has(word.replace(/[=,;.].*$/, ''))]).toEqual([line, true])
    }
  })
})

test('links between the documents lead somewhere', () => {
  for (const path of documents)
    for (const [, target = ''] of read(path).matchAll(/\]\(([a-z-]+\.md)(?:#[^)]*)?\)/g))
      expect([path, documents.includes(`docs/${target}`)]).toEqual([path, true])
})

test('every JSON block of the documents is JSON', () => {
  const blocks = documents.flatMap((path) => [...read(path).matchAll(/^```json\n(.*?)^```/gms)])
  expect(blocks.length).toBeGreaterThan(1)
  for (const [, block = ''] of blocks) expect(() => JSON.parse(block) as unknown).not.toThrow()
})
