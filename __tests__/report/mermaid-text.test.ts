import { expect, test } from '@jest/globals'
import { graphDiagram } from '../../src/report/graph.js'
import { mermaidText } from '../../src/report/mermaid-text.js'
import { timeline } from '../../src/report/timeline.js'
import { beginning, visible } from '../../src/report/visible.js'
import { CHARACTER } from '../fakes/characters.js'
import fc from '../fakes/seeded.js'
import { flow, ganttTasks } from '../rig/mermaid.js'
import { built, planned, planOf } from './planned.js'

test.each([
  ['backend', 'backend'],
  ['api/web_2.0 (new)', 'api/web_2.0 (new)'],
  ['Dienst-Übersicht', 'Dienst-Übersicht'],
  ['a:b', 'a#58;b'],
  ['title x', '#116;itle x'],
  ['Gantt', '#71;antt'],
  ['2048', '#50;048'],
  ['straße', 'stra#223;e'],
  ['"', '#34;'],
  ['a\nb', 'a#92;nb'],
])('%j is written %j', (text, label) => {
  expect(mermaidText(text)).toBe(label)
})

/** What means something in one of mermaid's languages, and what escapes are made of. */
const WORD = fc.constantFrom(
  ...[
    '"',
    "'",
    '`',
    ':',
    ';',
    '#',
    '%%',
    '%%{init: {}}%%',
    '---',
    '-->',
    '\n',
    '\r\n',
    '\\n',
    '<br/>',
    '<b>',
    '&amp;',
  ],
  ...[
    'end',
    'title ',
    'section ',
    'click ',
    'click a href "x"',
    'gantt',
    'flowchart',
    'subgraph',
    'style ',
    'classDef ',
  ],
  ...[
    'accTitle:',
    'accDescr {',
    '}',
    '{',
    '[',
    ']',
    '(',
    ')',
    '|',
    '@{',
    ':::',
    '#35;',
    'ﬂ°°35¶ß',
    '2024-01-01',
    'crit,',
  ],
  ...[
    '日本語',
    '😀',
    '\u202e',
    '\u200b',
    '\u0000',
    ' ',
    'x',
    'todayMarker off',
    'dateFormat x',
    '::',
    'https://x.org',
  ],
)
const NAME = fc.oneof(
  fc.array(WORD, { minLength: 1, maxLength: 6 }).map((words) => words.join('')),
  fc.string({ unit: CHARACTER, minLength: 1, maxLength: 20 }),
)
const NAMES = fc.uniqueArray(NAME, { minLength: 1, maxLength: 4 })

/** What a person is to read. */
const shown = (name: string) => beginning(visible(name), 40)

test('whatever names are, mermaid takes them for names in a timeline', async () => {
  await fc.assert(
    fc.asyncProperty(NAMES, async (names) => {
      const { diagram } = timeline(names.map((name) => built(planned(name))))!
      const tasks = await ganttTasks(diagram)
      expect(tasks.map(({ name }) => name)).toEqual(names.map((name) => `${shown(name)}, 12.3 s`))
      expect(new Set(tasks.map(({ section }) => section))).toEqual(new Set(['services']))
    }),
    { numRuns: 100 },
  )
})

test('and in a graph', async () => {
  await fc.assert(
    fc.asyncProperty(NAMES, async ([first = '', ...others]) => {
      const parents = { base: first }
      const images = [planned(first), ...others.map((name) => ({ ...planned(name), parents }))]
      const { nodes, edges } = await flow(graphDiagram(planOf(images).plan))
      expect(nodes).toEqual(
        [first, ...others].map((name) => ({ label: `${shown(name)}<br>rebuild`, style: 'rebuild' })),
      )
      expect(edges).toHaveLength(others.length)
    }),
    { numRuns: 100 },
  )
})
