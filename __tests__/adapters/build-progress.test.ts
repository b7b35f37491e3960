import { beforeEach, describe, expect, test } from '@jest/globals'
import { BuildProgress } from '../../src/adapters/build-progress.js'
import type { BuildStatus } from '../../src/model/build-status.js'
import type { ProgressLine } from '../../src/ports/image-builder.js'

let heard: ProgressLine[]
let statuses: BuildStatus[]
let progress: BuildProgress

beforeEach(() => {
  heard = []
  statuses = []
  progress = new BuildProgress({
    onLine: (line) => heard.push(line),
    onStatus: (status) => statuses.push(status),
  })
})

function take(...lines: string[]): string[] {
  for (const line of lines) progress.take(line)
  return heard.map((line) => line.text)
}

function log(vertex: string, data: string | Buffer): string {
  const encoded = Buffer.from(data).toString('base64')
  return `{"logs":[{"vertex":"${vertex}","stream":1,"data":"${encoded}","timestamp":"2026-11-21T09:01:01Z"}]}`
}

function completed(digest: string, name: string): string {
  return `{"vertexes":[{"digest":"${digest}","name":"${name}","started":"2026-11-21T09:01:01Z","completed":"2026-11-21T09:01:02Z"}]}`
}

const RUN = '[2/3] RUN make'
const STARTED = `{"vertexes":[{"digest":"sha256:a","inputs":["sha256:0"],"name":"${RUN}","started":"2026-11-21T09:01:01.36Z"}]}`

describe('steps', () => {
  test('a step is told once, when it starts', () => {
    const announced = `{"vertexes":[{"digest":"sha256:a","name":"${RUN}"}]}`
    expect(take(announced)).toEqual([])
    expect(take(STARTED, STARTED, completed('sha256:a', RUN))).toEqual([RUN])
    expect(heard[0]?.isOutput).toBe(false)
  })

  test('a step that the cache has is told as such', () => {
    const cached = `{"vertexes":[{"digest":"sha256:b","name":"[3/3] COPY . .","started":"2026-11-21T09:01:01Z","completed":"2026-11-21T09:01:01Z","cached":true}]}`
    expect(take(cached)).toEqual(['[3/3] COPY . . (cached)'])
  })

  test('several of one line are told in their order', () => {
    const both = `{"vertexes":[{"digest":"sha256:a","name":"one","started":"2026-11-21T09:01:01Z"},{"digest":"sha256:b","name":"two","started":"2026-11-21T09:01:01Z"}]}`
    expect(take(both)).toEqual(['one', 'two'])
  })

  test("BuildKit's own steps and transfers are not told", () => {
    expect(
      take(
        '{"vertexes":[{"digest":"sha256:c","name":"[internal] load build context","started":"2026-11-21T09:01:01Z"}]}',
        '{"statuses":[{"id":"transferring context:","vertex":"sha256:c","name":"transferring","current":29,"timestamp":"2026-11-21T09:01:01Z"}]}',
        '{}',
      ),
    ).toEqual([])
  })
})

describe('output', () => {
  test('lines are joined over chunks, and each step has its own', () => {
    take(STARTED, log('sha256:a', 'one\ntw'), log('sha256:b', 'other '), log('sha256:a', 'o\nthree'))
    expect(heard.slice(1)).toEqual([
      { text: '  one', isOutput: true },
      { text: '  two', isOutput: true },
    ])
    take(log('sha256:b', 'step\n'))
    expect(heard.at(-1)).toEqual({ text: '  other step', isOutput: true })
    take(completed('sha256:a', RUN))
    expect(heard.at(-1)).toEqual({ text: '  three', isOutput: true })
    expect(heard).toHaveLength(5)
  })

  test('a character that is cut in two arrives whole', () => {
    const bytes = Buffer.from('é\u{1f600}\n')
    for (const byte of bytes) progress.take(log('sha256:a', Buffer.from([byte])))
    expect(heard).toEqual([{ text: '  é\u{1f600}', isOutput: true }])
  })

  test('empty lines and Windows line ends are lines, too', () => {
    expect(take(log('sha256:a', 'a\r\n\r\nb\r'), log('sha256:a', '\n'))).toEqual(['  a', '  ', '  b'])
  })

  test('what is not UTF-8 breaks nothing', () => {
    expect(take(log('sha256:a', Buffer.from([0x61, 0xff, 0x0a])))).toEqual(['  a\uFFFD'])
  })
})

describe('what else buildx writes', () => {
  test('a warning', () => {
    const short = Buffer.from('SecretsUsedInArgOrEnv: Do not use ARG').toString('base64')
    expect(
      take(
        `{"warnings":[{"vertex":"sha256:a","level":1,"short":"${short}","detail":["eA=="],"url":"https://docs.docker.com"}]}`,
      ),
    ).toEqual(['warning: SecretsUsedInArgOrEnv: Do not use ARG'])
  })

  test.each([
    'ERROR: failed to build: failed to solve',
    '>>> RUN false',
    '{broken',
    '{"vertexes":',
    '------',
  ])('%j comes as it is', (line) => {
    expect(take(line)).toEqual([line])
    expect(heard[0]?.isOutput).toBe(true)
  })

  test('empty lines are left out', () => {
    expect(take('', '   ')).toEqual([])
  })
})

describe('the log', () => {
  test('has steps, output and errors in their order', () => {
    take(STARTED, log('sha256:a', 'no rule\n'), completed('sha256:a', RUN), 'ERROR: failed')
    expect(progress.log).toEqual([RUN, '  no rule', 'ERROR: failed'])
  })

  test('keeps the last 300 lines', () => {
    take(log('sha256:a', Array.from({ length: 1000 }, (_, index) => `${index}\n`).join('')))
    expect([progress.log.length, progress.log[0], progress.log.at(-1)]).toEqual([300, '  700', '  999'])
    expect(heard).toHaveLength(1000)
  })
})

describe('the error', () => {
  const failing = (digest: string, name: string, error: string) =>
    `{"vertexes":[{"digest":"${digest}","name":"${name}","started":"2026-11-21T09:01:01Z","completed":"2026-11-21T09:01:02Z","error":"${error}"}]}`

  test('is of the step that failed, with its last 40 lines alone, and all that buildx said of it', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `${index}\n`).join('')
    take(STARTED, log('sha256:a', lines), log('sha256:b', 'of another\n'), log('sha256:a', 'no line end'))
    take(failing('sha256:a', RUN, 'exit code: 1'), failing('sha256:b', 'other', 'context canceled'))
    take(
      '------',
      'ERROR: an earlier one',
      'ERROR: failed to solve: GET http://x',
      'RESPONSE 404: 404 Not Found',
      '{',
    )
    expect(progress.error).toEqual({
      text: 'ERROR: failed to solve: GET http://x\nRESPONSE 404: 404 Not Found\n{\nexit code: 1',
      step: RUN,
      tail: [...Array.from({ length: 39 }, (_, index) => String(index + 21)), 'no line end'],
    })
  })

  test('without a step has only what buildx said', () => {
    take('ERROR: no builder')
    expect(progress.error).toEqual({ text: 'ERROR: no builder', step: '', tail: [] })
  })
})

test('how far the build is, is told whenever that changes', () => {
  take(STARTED, log('sha256:a', 'x\n'), completed('sha256:a', RUN))
  expect(statuses.map(({ steps, done }) => [steps, done])).toEqual([
    [1, 0],
    [1, 1],
  ])
  expect(progress.status).toEqual(statuses.at(-1))
})
