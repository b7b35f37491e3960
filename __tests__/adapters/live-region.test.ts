import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { PassThrough } from 'node:stream'
import { LiveRegion, type TerminalStream } from '../../src/adapters/live-region.js'

/** A stream with the size of a terminal, and what one would show of what was written to it. */
class Screen extends PassThrough {
  columns = 40
  rows = 10
  written = ''

  constructor() {
    super()
    this.on('data', (chunk: Buffer) => (this.written += String(chunk)))
  }

  /** Only what is used: up to a line's start, clear below, wrap off and on. */
  get lines(): string[] {
    const lines: string[] = []
    // eslint-disable-next-line no-control-regex -- what the region writes
    for (const part of this.written.split(/(\u001b\[\d+F\u001b\[J|\u001b\[\?7[lh]|\n)/)) {
      const [, up] = /\[(\d+)F/.exec(part) ?? []
      if (up !== undefined) lines.splice(lines.length - Number(up))
      else if (part !== '' && part !== '\n' && !part.startsWith('\u001b')) lines.push(part)
    }
    return lines
  }
}

let screen: Screen & TerminalStream
let region: LiveRegion
let now: string[]

beforeEach(() => {
  jest.useFakeTimers()
  screen = new Screen()
  region = new LiveRegion(screen)
  now = []
})

afterEach(() => {
  region.show(undefined)
  jest.useRealTimers()
})

test('shows what goes on below what stays', () => {
  now = ['api 1 s', 'web 1 s']
  region.show(() => now)
  region.write('backend built\n')
  expect(screen.lines).toEqual(['backend built', 'api 1 s', 'web 1 s'])
  now = ['web 2 s']
  jest.advanceTimersByTime(200)
  expect(screen.lines).toEqual(['backend built', 'web 2 s'])
  region.show(undefined)
  expect(screen.lines).toEqual(['backend built'])
})

test('writes nothing while nothing changes', () => {
  now = ['api']
  region.show(() => now)
  const { written } = screen
  jest.advanceTimersByTime(10_000)
  expect(screen.written).toBe(written)
})

test('writes plain text where nothing goes on', () => {
  region.write('a\n')
  region.write('b\n')
  expect(screen.written).toBe('a\nb\n')
})

describe('whatever size the terminal has', () => {
  test('lines are cut to its width', () => {
    region.show(() => ['x'.repeat(100)])
    expect(screen.lines).toEqual(['x'.repeat(39)])
  })

  test('there are fewer of them than rows, and the rest is counted', () => {
    region.show(() => Array.from({ length: 20 }, (_, at) => `build ${at}`))
    expect(screen.lines).toHaveLength(8)
    expect(screen.lines.at(-1)).toBe('… and 13 more builds')
  })

  test('lines that it broke since are cleared as a whole', () => {
    region.show(() => ['x'.repeat(39), 'short'])
    screen.columns = 20
    region.write('stays\n')
    expect(screen.written).toContain('\u001b[3F\u001b[J' + 'stays\n')
  })
})

test('what a build says moves no cursor', () => {
  region.show(() => ['\u001b[5Aevil\u001b]0;title\u0007'])
  expect(['\u001b[5A', '\u001b]'].filter((sequence) => screen.written.includes(sequence))).toEqual([])
})
