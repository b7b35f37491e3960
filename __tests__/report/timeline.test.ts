import { describe, expect, test } from '@jest/globals'
import type { Outcome } from '../../src/model/outcome.js'
import { timeline } from '../../src/report/timeline.js'
import { ganttTasks } from '../rig/mermaid.js'
import { asReused, built, failedBuild, planned, reused, skipped } from './planned.js'
import { base, builtAt } from './scenarios.js'

const failed = (name: string, seconds: number): Outcome =>
  ({ ...builtAt(seconds, failedBuild(planned(name), [])), durationMs: 5_000 }) as Outcome

test('is the builds in the order in which they began, bases apart, times counted from the first', async () => {
  const outcomes = [
    builtAt(62, built(planned('backend'), 12_340)),
    builtAt(61, built(planned('auth'), 700)),
    builtAt(1, built(base('rust-deps'), 60_000)),
    asReused(reused('docs')),
    { kind: 'skipped', image: skipped('worker') } as const,
  ]
  const { diagram, shown, total } = timeline(outcomes)!
  expect([shown, total]).toEqual([3, 3])
  expect(diagram).toBe(`\
gantt
  dateFormat YYYY-MM-DD HH:mm:ss.SSS
  axisFormat %M:%S
  todayMarker off
  section bases
    rust-deps, 1 min 00 s: 2000-01-01 00:00:00.000, 60000ms
  section services
    auth, 0.7 s: 2000-01-01 00:01:00.000, 700ms
    backend, 12.3 s: 2000-01-01 00:01:01.000, 12340ms
`)
  expect(await ganttTasks(diagram)).toEqual([
    { name: 'rust-deps, 1 min 00 s', section: 'bases', isCritical: false, start: 0, durationMs: 60_000 },
    { name: 'auth, 0.7 s', section: 'services', isCritical: false, start: 60_000, durationMs: 700 },
    { name: 'backend, 12.3 s', section: 'services', isCritical: false, start: 61_000, durationMs: 12_340 },
  ])
})

test('marks what failed', async () => {
  const { diagram } = timeline([builtAt(0, built(planned('a'))), failed('b', 1)])!
  const tasks = await ganttTasks(diagram)
  expect(tasks.map(({ name, isCritical }) => [name, isCritical])).toEqual([
    ['a, 12.3 s', false],
    ['b, 5.0 s', true],
  ])
})

test.each([
  { description: 'only reused images', outcomes: [asReused(reused('a'))] },
  { description: 'a failure before any build', outcomes: [failedBuild(planned('a'), [])] },
])('is none of $description', ({ outcomes }) => {
  expect(timeline(outcomes)).toBeUndefined()
})

describe('of more builds than a person can look over', () => {
  const outcomes = [
    ...Array.from({ length: 200 }, (_, at) => builtAt(at, built(planned(`s-${at}`), 1000 * (at + 1)))),
    failed('broken', 300),
  ]

  test('shows the longest and every failure, and how many there are in all', async () => {
    const { diagram, shown, total } = timeline(outcomes)!
    expect([shown, total]).toEqual([60, 201])
    const names = (await ganttTasks(diagram)).map(({ name }) => name.split(',')[0])
    expect(names).toEqual([...Array.from({ length: 59 }, (_, at) => `s-${at + 141}`), 'broken'])
  })

  test('stays within what GitHub renders, whatever their names are', () => {
    const named = outcomes.map((outcome) => {
      const { image } = outcome
      return { ...outcome, image: { ...image, service: { ...image.service, name: '😀'.repeat(100) } } }
    })
    expect(timeline(named)!.diagram.length).toBeLessThan(50_000)
  })
})

test('of more than an hour shows hours', () => {
  expect(timeline([built(planned('a'), 3_600_000)])!.diagram).toContain('axisFormat %H:%M:%S')
})
