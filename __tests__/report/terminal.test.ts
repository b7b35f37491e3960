import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RunEvent } from '../../src/model/event.js'
import { eventLine, nameWidth, planLines, resultLines } from '../../src/report/terminal.js'
import { durationText, resultSummary } from '../../src/report/view.js'
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
import { STATUS } from '../fakes/images.js'
import { CHARACTER } from '../fakes/characters.js'

const PLAIN = { color: false }

test('a plan is an aligned table of what was asked for, what is to be built and its summary last', () => {
  const { plan } = planOf([
    planned('backend', { record: recordOf('backend', 95_000) }),
    rebuilt('auth', { kind: 'files', added: 1, modified: 1, paths: ['auth/a.go', 'auth/b.go'] }),
    reused('template-registry', true),
    skipped('worker'),
  ])
  expect(planLines(plan, PLAIN)).toEqual([
    'template-registry  reuse, changed               0123456789ab  unchanged since its last build',
    'backend            rebuild         ~1 min 35 s                Dockerfile changed',
    'auth               rebuild                                    2 files changed: auth/a.go, auth/b.go (1 added, 1 modified)',
    '2 to rebuild, 1 to reuse, 1 not asked for',
  ])
})

test('a result is laid out like the plan, what failed last', () => {
  const lines = resultLines(
    runOf([
      built(planned('backend')),
      asReused(reused('auth')),
      failedBuild(planned('site'), ['#7 ERROR']),
      { kind: 'cancelled', image: planned('late') },
    ]),
    PLAIN,
  )
  expect(lines).toEqual([
    'auth     reused             0123456789ab  unchanged since its last build',
    'backend  built      12.3 s  0123456789ab  Dockerfile changed',
    'late     cancelled                        the run ended before it was done',
    'site     failed                           the build ended with code 1',
    '1 built, 1 reused, 1 failed, 1 cancelled in 15.0 s',
  ])
})

test('what reuse saved is said last, and how that is reckoned', () => {
  const known = { ...reused('auth'), record: recordOf('auth', 62_000) }
  const lines = resultLines(
    runOf([built(planned('backend')), asReused(known), asReused(reused('docs'))]),
    PLAIN,
  )
  expect(lines.at(-1)).toBe('1 of the 2 reused images took 1 min 02 s when last built; this run took 15.0 s.')
})

test('a column that would be empty takes no room', () => {
  expect(planLines(planOf([rebuilt('a', { kind: 'forced' })]).plan, PLAIN)).toEqual([
    'a  rebuild  forced',
    '1 to rebuild, 0 to reuse',
  ])
})

test('a narrow terminal has no digests and shorter names, so that reasons have room', () => {
  const image = rebuilt('a-name-that-is-longer-than-a-third', {
    kind: 'files',
    paths: ['services/api/main.go'],
  })
  expect(planLines(planOf([reused('api'), image]).plan, { color: false, columns: 72 })).toEqual([
    'api                       reuse    unchanged since its last build',
    'a-name-that-is-longer-t…  rebuild  files changed: services/api/main.go',
    '1 to rebuild, 1 to reuse',
  ])
})

test('without images only the summary is left', () => {
  expect(planLines(planOf([]).plan, PLAIN)).toEqual(['0 to rebuild, 0 to reuse'])
  expect(resultLines(runOf([]), PLAIN)).toEqual(['0 built, 0 reused, 0 failed in 15.0 s'])
})

test('500 services are 500 lines and a summary', () => {
  const result = runOf(Array.from({ length: 500 }, (_, at) => asReused(reused(`service-${at}`))))
  expect(resultLines(result, PLAIN)).toHaveLength(501)
  expect(resultSummary(result)).toBe('0 built, 500 reused, 0 failed in 15.0 s')
})

test('colour is used only when asked for, and does not move the columns', () => {
  const result = runOf([built(planned('backend')), failedBuild(planned('a'), [])])
  const colored = resultLines(result, { color: true })
  expect(colored[1]).toContain('\u001b[31mfailed\u001b[0m')
  // eslint-disable-next-line no-control-regex
  expect(colored.map((line) => line.replace(/\u001b\[\d+m/gu, ''))).toEqual(resultLines(result, PLAIN))
})

test.each([
  { milliseconds: 0, text: '0.0 s' },
  { milliseconds: 949, text: '0.9 s' },
  { milliseconds: 12_345, text: '12.3 s' },
  { milliseconds: 59_949, text: '59.9 s' },
  { milliseconds: 59_950, text: '1 min 00 s' },
  { milliseconds: 3_599_499, text: '59 min 59 s' },
  { milliseconds: 3_599_500, text: '1 h 00 min' },
  { milliseconds: 40_500_000, text: '11 h 15 min' },
])('$milliseconds ms read "$text"', ({ milliseconds, text }) => {
  expect(durationText(milliseconds)).toBe(text)
})

describe('live progress', () => {
  const options = {
    color: false,
    width: nameWidth(planOf([planned('backend'), planned('auth-handler')]).plan),
  }
  const events: { description: string; event: RunEvent; line: string | undefined }[] = [
    {
      description: 'a build that starts',
      event: { kind: 'build-started', service: 'backend' },
      line: 'backend       | build started',
    },
    {
      description: 'a line of the build',
      event: {
        kind: 'build-progress',
        service: 'auth-handler',
        line: '\u001b[34m#7 [2/3] RUN\u001b[0m make\r',
        isOutput: false,
      },
      line: 'auth-handler  | #7 [2/3] RUN make',
    },
    {
      description: 'an empty line of the build',
      event: { kind: 'build-progress', service: 'backend', line: '\u001b[0m \n', isOutput: true },
      line: undefined,
    },
    {
      description: 'a built image',
      event: { kind: 'finished', outcome: built(planned('backend')) },
      line: 'backend       | built in 12.3 s',
    },
    {
      description: 'a built image whose builder told of its steps',
      event: {
        kind: 'finished',
        outcome: built(planned('backend'), 12_340, {
          ...{ steps: 4, done: 4, cached: 3, contextBytes: 2_000_000, pushedBytes: 0 },
        }),
      },
      line: 'backend       | built in 12.3 s (4 steps, 3 cached, 2.0 MB sent)',
    },
    {
      description: 'how far a build is',
      event: { kind: 'build-status', service: 'backend', status: STATUS },
      line: undefined,
    },
    {
      description: 'a reused image',
      event: { kind: 'finished', outcome: asReused(reused('backend')) },
      line: undefined,
    },
    {
      description: 'a failed image',
      event: { kind: 'finished', outcome: failedBuild(planned('backend'), ['#7']) },
      line: 'backend       | failed: the build ended with code 1',
    },
    {
      description: 'an image nobody asked for',
      event: { kind: 'finished', outcome: { kind: 'skipped', image: skipped('worker') } },
      line: undefined,
    },
  ]

  test.each(events)('of $description', ({ event, line }) => {
    expect(eventLine(event, options)).toBe(line)
  })
})

describe('whatever names, paths, messages and logs are', () => {
  const text = fc.string({ unit: CHARACTER, maxLength: 30 })
  const hostile = fc.oneof(
    text,
    fc.constantFrom('::error::x', ' ::set-env name=A::b', '##[add-mask]x', '\u001b[2J', ''),
  )
  const safeLine = (line: string) => {
    expect(line).not.toMatch(/\p{Cc}|\p{Zl}|\p{Zp}|\p{Cs}/u)
    expect(line).not.toMatch(/^\s*::|##\[/u)
  }

  test('the table keeps its number of lines and holds no command', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 5 }), hostile, (names, path) => {
        const images = names.map((name) => rebuilt(name, { kind: 'files', paths: [path] }))
        const failures = images.map((image) => ({
          kind: 'failed' as const,
          image,
          failure: { kind: 'usage' as const, message: path },
        }))
        for (const lines of [planLines(planOf(images).plan, PLAIN), resultLines(runOf(failures), PLAIN)]) {
          expect(lines).toHaveLength(names.length + 1)
          lines.forEach(safeLine)
        }
      }),
    )
  })

  test('progress is one line without a command', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, line) => {
        const event = { kind: 'build-progress', service: name, line, isOutput: true } as const
        safeLine(eventLine(event, { color: false, width: 9 }) ?? '')
      }),
    )
  })
})
