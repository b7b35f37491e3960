import { describe, expect, test } from '@jest/globals'
import { summaryMarkdown } from '../../src/report/markdown.js'
import { resultLines } from '../../src/report/terminal.js'
import { expectGolden } from './golden.js'
import { SCENARIOS } from './scenarios.js'

describe.each(Object.entries(SCENARIOS))('%s', (name, result) => {
  test('as the summary shows it', () => {
    expectGolden(`${name}.summary.md`, summaryMarkdown(result))
  })

  test('as a terminal of 100 columns shows it', () => {
    const lines = resultLines(result, { color: false, columns: 100 })
    expectGolden(`${name}.terminal.txt`, `${lines.join('\n')}\n`)
  })
})

test('a summary of 1,000 services is far below what GitHub takes', () => {
  expect(Buffer.byteLength(summaryMarkdown(SCENARIOS['thousand-services']!))).toBeLessThan(200_000)
})
