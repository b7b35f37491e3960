import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { summaryMarkdown } from '../../src/report/markdown.js'
import {
  asReused,
  built,
  failedBuild,
  planOf,
  planned,
  rebuilt,
  recordOf,
  reused,
  runOf,
  skipped,
} from './planned.js'
import { CHARACTER } from '../fakes/characters.js'

const linesOf = (markdown: string) => markdown.split('\n')
const rowsOf = (markdown: string) => linesOf(markdown).filter((line) => line.startsWith('|'))

describe('the summary', () => {
  test('of a run lists failed, then built, then reused images, and ends with the failures’ logs', () => {
    const result = runOf(
      [
        asReused(reused('auth')),
        built(rebuilt('backend', { kind: 'files', modified: 1, paths: ['backend/my_file.rs'] })),
        failedBuild(planned('site'), ['#7 [2/3] RUN make', '#7 ERROR: ``` code 2']),
        { kind: 'cancelled', image: planned('late') },
        { kind: 'skipped', image: skipped('worker') },
      ],
      [
        { message: 'the cache did not answer' },
        { message: 'odd', place: { file: 'a.yml', line: 3, column: 1 } },
      ],
    )
    expect(summaryMarkdown({ ...result, plan: { ...result.plan, base: 'b'.repeat(40) } })).toBe(`\
## Images: 1 built, 1 reused, 1 failed, 1 cancelled, 1 not asked for in 15.0 s

Commit \`c0ffeec0ffee\`, compared with \`bbbbbbbbbbbb\`.

| image | result | why | time | digest |
| --- | --- | --- | ---: | --- |
| site | **failed** | the build ended with code 1 |  |  |
| late | cancelled | the run ended before it was done |  |  |
| backend | built | 1 file modified&#58; backend/my&#95;file.rs | 12.3&nbsp;s | \`0123456789ab\` |
| auth | reused | unchanged since its last build |  | \`0123456789ab\` |

### What was built when

\`\`\`mermaid
gantt
  dateFormat YYYY-MM-DD HH:mm:ss.SSS
  axisFormat %M:%S
  todayMarker off
  section services
    backend, 12.3 s: 2000-01-01 00:00:00.000, 12340ms
\`\`\`

### Notices

- the cache did not answer
- odd (a.yml, line 3)

### Logs

<details><summary><b>site</b>: log</summary>

\`\`\`\`
#7 [2/3] RUN make
#7 ERROR: \`\`\` code 2
\`\`\`\`

</details>
`)
  })

  test('of a plan shows decisions and estimates', () => {
    const images = [planned('backend', { record: recordOf('backend', 42_000) }), reused('auth', true)]
    expect(summaryMarkdown(planOf(images))).toBe(`\
## Images: 1 to rebuild, 1 to reuse

Commit \`c0ffeec0ffee\`.

| image | result | why | time | digest |
| --- | --- | --- | ---: | --- |
| backend | rebuild | Dockerfile changed | ~42.0&nbsp;s |  |
| auth | reuse, changed | unchanged since its last build |  | \`0123456789ab\` |
`)
  })

  test('says of each build how many steps it took and what it sent and pushed, where that is known', () => {
    const status = { steps: 9, done: 9, cached: 7, contextBytes: 18_300, pushedBytes: 12_400_000 }
    const base = planned('deps', { service: { ...planned('deps').service, kind: 'base' } })
    const result = runOf([built(base), built(planned('backend'), 12_340, status)])
    expect(rowsOf(summaryMarkdown(result))).toEqual([
      '| image | result | why | time | steps | sent | pushed | digest |',
      '| --- | --- | --- | ---: | --- | ---: | ---: | --- |',
      '| deps (base) | built | Dockerfile changed | 12.3&nbsp;s |  |  |  | `0123456789ab` |',
      '| backend | built | Dockerfile changed | 12.3&nbsp;s | 9&nbsp;steps,&nbsp;7&nbsp;cached | 18.3&nbsp;kB | 12.4&nbsp;MB | `0123456789ab` |',
    ])
  })

  test('of more builds than its timeline shows says how many are left out', () => {
    const outcomes = Array.from({ length: 61 }, (_, at) => built(planned(`service-${at}`)))
    expect(summaryMarkdown(runOf(outcomes))).toContain(
      '```\n\nNot shown: 1 of 61 builds; failures and the longest come first.\n',
    )
  })

  test('of nothing is its heading', () => {
    expect(summaryMarkdown(runOf([]))).toBe(
      '## Images: 0 built, 0 reused, 0 failed in 15.0 s\n\nCommit `c0ffeec0ffee`.\n',
    )
  })

  test('folds more than ten reused images away', () => {
    const images = Array.from({ length: 11 }, (_, at) => asReused(reused(`service-${at}`)))
    const ten = summaryMarkdown(runOf(images.slice(1)))
    const eleven = summaryMarkdown(runOf([...images, built(planned('backend'))]))
    expect(ten).not.toContain('<details>')
    expect(eleven).toContain('| backend | built |')
    expect(eleven.indexOf('<details><summary>11 reused</summary>\n\n| image |')).toBeLessThan(
      eleven.indexOf('| service-0 |'),
    )
    expect(eleven.indexOf('| backend |')).toBeLessThan(eleven.indexOf('<details>'))
  })

  test('shows the last 40 lines of a log', () => {
    const log = Array.from({ length: 100 }, (_, at) => `line ${at}`)
    const markdown = summaryMarkdown(runOf([failedBuild(planned('site'), log)]))
    expect(markdown).toContain('last 40 of 100 lines of the log')
    expect(markdown).toContain('```\nline 60\n')
    expect(markdown).not.toContain('line 59\n')
    expect(markdown).toContain('\nline 99\n```')
  })
})

describe('text of others', () => {
  test.each([
    { description: 'a pipe', name: 'a|b', cell: 'a&#124;b' },
    { description: 'a backslash before a pipe', name: 'a\\|b', cell: 'a&#92;&#124;b' },
    { description: 'a line break', name: 'a\n| x |', cell: 'a&#92;n&#124; x &#124;' },
    { description: 'HTML', name: '<img src=x>', cell: '&#60;img src=x&#62;' },
    { description: 'an entity', name: '&#124;', cell: '&#38;&#35;&#8203;124;' },
    { description: 'code', name: '`x`', cell: '&#96;x&#96;' },
    { description: 'a mention', name: '@octocat', cell: '&#64;&#8203;octocat' },
    { description: 'an issue', name: '#1', cell: '&#35;&#8203;1' },
    { description: 'a link', name: '[x](https://x)', cell: '&#91;x&#93;(https&#58;//x)' },
    { description: 'an address', name: 'www.x.org', cell: 'www&#46;x.org' },
    {
      description: 'emphasis',
      name: '*a* __b__ ~~c~~',
      cell: '&#42;a&#42; &#95;&#95;b&#95;&#95; &#126;&#126;c&#126;&#126;',
    },
  ])('$description is literal', ({ name, cell }) => {
    const markdown = summaryMarkdown(runOf([built(rebuilt(name, { kind: 'forced' }))]))
    expect(rowsOf(markdown)[2]).toBe(`| ${cell} | built | forced | 12.3&nbsp;s | \`0123456789ab\` |`)
  })

  const text = fc.string({ unit: CHARACTER, maxLength: 40 })
  const markup = fc.array(
    fc.constantFrom('|', '`', '```', '<', '\n', '\r', '\\', '@a', '</details>', '~~~'),
    {
      maxLength: 8,
    },
  )
  const hostile = fc.oneof(
    text,
    markup.map((parts) => parts.join('')),
  )

  /** Without its bars. */
  const LINES_OF_TIMELINE = 10

  test('never changes the rows and cells of the table', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), hostile, (names, path) => {
        const outcomes = names.map((name) => built(rebuilt(name, { kind: 'files', paths: [path] })))
        const notices = [{ message: path, place: { file: path, line: 1, column: 1 } }]
        const markdown = summaryMarkdown(runOf(outcomes, notices))
        const rows = rowsOf(markdown)
        expect(rows).toHaveLength(names.length + 2)
        const cells = new Set(rows.map((row) => row.match(/\|/gu)?.length))
        expect(cells).toEqual(new Set([names.some((name) => name !== '') ? 6 : 5]))
        expect(linesOf(markdown)).toHaveLength(8 + names.length + 3 + LINES_OF_TIMELINE + names.length)
        expect(markdown).not.toMatch(/[<@\\\r]|\p{Zl}|\p{Zp}/u)
      }),
    )
  })

  test('never ends the code block of a log', () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { minLength: 1, maxLength: 40 }), (name, log) => {
        const lines = linesOf(summaryMarkdown(runOf([failedBuild(planned(name), log)])))
        const opened = lines.findIndex((line) => line.startsWith('```'))
        const fence = lines[opened]!
        const closed = lines.findIndex((line, at) => at > opened && line.includes(fence))
        expect(closed - opened - 1).toBe(log.length)
        expect(lines.slice(closed)).toEqual([fence, '', '</details>', ''])
      }),
    )
  })
})

describe('the budget', () => {
  const large = runOf(
    [
      ...Array.from({ length: 500 }, (_, at) => failedBuild(planned(`broken-${at}`), ['x'.repeat(2_000)])),
      ...Array.from({ length: 500 }, (_, at) => built(planned(`built-${at}`))),
      ...Array.from({ length: 500 }, (_, at) => asReused(reused(`reused-${at}`))),
    ],
    Array.from({ length: 500 }, (_, at) => ({ message: `notice ${at}` })),
  )

  test('is enough for all of 1,500 services by default', () => {
    const markdown = summaryMarkdown(large)
    expect(Buffer.byteLength(markdown)).toBeLessThan(900_000)
    expect(markdown).not.toMatch(/and \d+ more(?! characters)/u)
    expect(rowsOf(markdown)).toHaveLength(1_500 + 4)
  })

  test.each([500, 2_000, 10_000, 65_000, 200_000])(
    'of %i bytes is kept, and what is cut is counted',
    (budget) => {
      const markdown = summaryMarkdown(large, { budget })
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(budget)
      const table = markdown.split('<details>')[0]!
      const shown = rowsOf(table).filter((row) => /^\| (?:broken|built)-/u.test(row)).length
      const [, cut] = /\| … and (\d+) more \|/u.exec(table) ?? ['', '0']
      expect(shown + Number(cut)).toBe(1_000)
      expect(shown).toBeGreaterThan(0)
      expect(markdown.match(/<details>/gu)?.length).toBe(markdown.match(/<\/details>/gu)?.length)
    },
  )

  test('leaves room for logs beside a long table', () => {
    const markdown = summaryMarkdown(large, { budget: 20_000 })
    expect(markdown).toContain('<b>broken-0</b>: log')
    expect(markdown).toMatch(/\n… and \d+ more\n/u)
    expect(markdown).toMatch(/\n- … and \d+ more\n/u)
  })

  test('cuts an endless line of a log', () => {
    const markdown = summaryMarkdown(runOf([failedBuild(planned('site'), ['x'.repeat(1_000_000)])]))
    expect(markdown).toContain(`\n${'x'.repeat(500)}… and 999500 more characters\n`)
  })
})
