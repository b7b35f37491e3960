import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { parse } from 'marked'
import { commentMarkdown } from '../../src/report/comment.js'
import { visible } from '../../src/report/visible.js'
import { CHARACTER } from '../fakes/characters.js'
import { expectGolden } from './golden.js'
import { asReused, built, failedBuild, planOf, planned, rebuilt, reused, runOf, skipped } from './planned.js'
import { SCENARIOS } from './scenarios.js'

const STAMP = { run: 7, attempt: 1, commit: 'c0ffee'.repeat(7).slice(0, 40) }
const IDENTITY = { workflow: 'acme/shop/.github/workflows/ci.yml', folder: '', config: '', services: [] }
const OPTIONS = { identity: IDENTITY, stamp: STAMP }

function comment(...given: Parameters<typeof runOf>): string {
  return commentMarkdown(runOf(...given), OPTIONS)
}

/** What is used of a document and its elements. */
interface Shown {
  readonly textContent: string | null
  querySelector(selector: string): Shown | null
  querySelectorAll(selector: string): Iterable<Shown> & { readonly length: number }
  closest(selector: string): Shown | null
}

/** What a reader sees of it. */
function rendered(markdown: string): Shown {
  const { window } = new JSDOM(parse(markdown, { async: false, gfm: true })) as unknown as {
    window: { document: Shown }
  }
  return window.document
}

describe.each(Object.entries(SCENARIOS))('%s', (name, result) => {
  const runUrl = 'https://github.com/acme/shop/actions/runs/7/attempts/1'
  const markdown = commentMarkdown(result, { ...OPTIONS, runUrl })

  test('as the pull request shows it', () => {
    expectGolden(`${name}.comment.md`, markdown)
  })

  test('is not longer than GitHub takes', () => {
    expect(markdown.length).toBeLessThanOrEqual(65_536)
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(65_536)
  })
})

describe('a comment', () => {
  test('begins with the hidden marker', () => {
    expect(comment([]).split('\n')[0]).toMatch(
      /^<!-- smart-image-build:[0-9a-f]{32} run=7 attempt=1 commit=(?:c0ffee){6}c0ff -->$/,
    )
  })

  test('names folder and configuration, where there may be others', () => {
    const identity = { ...IDENTITY, folder: 'services/shop', config: 'images.yml' }
    const markdown = commentMarkdown(runOf([]), { ...OPTIONS, identity })
    expect(markdown).toContain('### Images of services/shop, images.yml: 0 built')
  })

  test('of a plan tells what is to come', () => {
    const markdown = commentMarkdown(planOf([planned('api'), reused('web'), skipped('docs')]), OPTIONS)
    expect(markdown).toContain('### Images: 1 to rebuild, 1 to reuse, 1 not asked for')
    expect(rendered(markdown).querySelector('tbody')?.textContent).toContain('api')
    expect(markdown).not.toContain('docs')
  })

  test('shows what failed first, and folds what is reused', () => {
    const outcomes = [asReused(reused('web')), built(planned('api')), failedBuild(planned('site'), ['boom'])]
    const document = rendered(comment(outcomes))
    const names = (table?: Shown) => [...(table?.querySelectorAll('td:first-child') ?? [])].map(textOf)
    const [first, second] = document.querySelectorAll('table')
    expect([names(first), names(second)]).toEqual([['site', 'api'], ['web']])
    expect(second?.closest('details')?.querySelector('summary')?.textContent).toBe('1 reused')
    expect(first?.closest('details')).toBeNull()
  })

  test('gives the names to pull, as they are', () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
    const block = rendered(comment([built(planned('api')), asReused(reused('web'))])).querySelector('pre')
    expect(block?.textContent).toBe(`ghcr.io/acme/api@${digest}\nghcr.io/acme/web@${digest}\n`)
  })

  test('has the last 20 lines of the log of a build that failed', () => {
    const log = Array.from({ length: 100 }, (_, at) => `line ${at}`)
    const markdown = comment([failedBuild(planned('site'), log)])
    expect(markdown).toContain('<b>site</b>: last 20 of 100 lines of the log')
    expect(markdown).toMatch(/```\nline 80\n[^]*\nline 99\n```/)
  })

  test('of very much counts what is left out', () => {
    const name = (at: number) => `service-${at}-${'long'.repeat(20)}`
    const outcomes = Array.from({ length: 1000 }, (_, at) => built(planned(name(at))))
    const markdown = comment([...outcomes, ...outcomes.map(({ image }) => asReused(image))])
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(65_536)
    const [table, folded] = rendered(markdown).querySelectorAll('tbody')
    for (const body of [table, folded]) {
      const rows = [...(body?.querySelectorAll('td:first-child') ?? [])].map(textOf)
      const [, left] = /^… and (\d+) more$/.exec(rows.at(-1) ?? '') ?? []
      expect(rows.length - 1 + Number(left)).toBe(1000)
      expect(rows.length).toBeGreaterThan(20)
    }
  })
})

function textOf(element: Shown): string {
  return (element.textContent ?? '').replaceAll('\u200b', '')
}

describe('text of others', () => {
  const parts = fc.constantFrom(
    ...[
      '|',
      '`',
      '```',
      '<!--',
      '-->',
      '<b>',
      '</details>',
      '@octocat',
      '#1',
      'GH-1',
      '[x](https://x)',
      '\\',
    ],
    ...['**b**', 'www.x.org', '\n', '\u202e', '\u200b', '&#124;', '$x$', ':tada:', '~~~', 'org/repo#1'],
  )
  const hostile = fc.oneof(
    fc.string({ unit: CHARACTER, maxLength: 30 }),
    fc.array(parts, { maxLength: 6 }).map((all) => all.join('')),
  )

  test('is shown as it is, and links, mentions, formats and hides nothing', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 8 }), (texts) => {
        const images = texts.map((text) => rebuilt(`x${text}x`, { kind: 'files', paths: [text] }))
        const notices = texts.map((text) => ({ message: `x${text}` }))
        const markdown = comment(
          images.map((image) => built(image)),
          notices,
        )
        const document = rendered(markdown)
        const names = [...document.querySelectorAll('td:first-child')].map(textOf)
        expect(names).toEqual(texts.map((text) => visible(`x${text}x`)))
        expect(document.querySelectorAll('a, img, del, em, b, script, h1')).toHaveLength(0)
        expect(document.querySelectorAll('details')).toHaveLength(2)
        expect(parse(markdown, { async: false, gfm: true }).match(/<!--/g)).toHaveLength(1)
        for (const cell of document.querySelectorAll('td, li'))
          expect(cell.textContent).not.toMatch(/@\w|#\d|\bGH-\d/i)
      }),
      { numRuns: 25 },
    )
  })
})
