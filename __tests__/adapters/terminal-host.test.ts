import { beforeEach, describe, expect, test } from '@jest/globals'
import { PassThrough } from 'node:stream'
import { TerminalHost, type TerminalOptions } from '../../src/adapters/terminal-host.js'

let out: PassThrough
let error: PassThrough

beforeEach(() => {
  out = new PassThrough()
  error = new PassThrough()
})

function host(options: Partial<TerminalOptions> = {}): TerminalHost {
  return new TerminalHost(
    { out, error },
    { json: false, quiet: false, verbose: false, live: false, ...options },
  )
}

function written(): { out: string; error: string } {
  return { out: String(out.read() ?? ''), error: String(error.read() ?? '') }
}

const place = { file: 'smart-image-build.yml', line: 3, column: 5 }

/** Everything that a run can show, once. */
async function showAll(shown: TerminalHost): Promise<void> {
  shown.progress('progress')
  shown.detail('detail')
  shown.group('group', ['in group'])
  shown.result(() => ['result 1', 'result 2'])
  shown.document(() => ({ version: 1, text: 'é\n' }))
  shown.notice({ message: 'noticed' })
  shown.failure({ kind: 'usage', message: 'failed' })
  shown.output()
  await shown.summary()
}

const ERROR = 'error: failed\n'
const GROUP = 'group\n  in group\n'
const NOTICE = 'notice: noticed\n'

test.each([
  ['nothing', {}, 'result 1\nresult 2\n', `progress\n${GROUP}${NOTICE}${ERROR}`],
  ['verbose', { verbose: true }, 'result 1\nresult 2\n', `progress\ndetail\n${GROUP}${NOTICE}${ERROR}`],
  ['json', { json: true }, '{"version":1,"text":"é\\n"}\n', `progress\n${GROUP}${NOTICE}${ERROR}`],
  ['quiet', { quiet: true }, '', ERROR],
  ['quiet and verbose', { quiet: true, verbose: true }, '', ERROR],
  ['quiet and json', { quiet: true, json: true }, '{"version":1,"text":"é\\n"}\n', ERROR],
])('with %s asked for, the streams get what is theirs', async (_, options, toOut, toError) => {
  await showAll(host(options))
  expect(written()).toEqual({ out: toOut, error: toError })
})

describe('failures', () => {
  test('have their place before them', () => {
    host().failure({ kind: 'config-invalid', message: 'unknown key', place })
    expect(written().error).toBe('error: smart-image-build.yml:3:5: unknown key\n')
  })

  test('of a build have that of the instruction', () => {
    const failure = { kind: 'build-failed', message: 'api: no', log: [], cause: 'code', tail: [] } as const
    host().failure({ ...failure, place: { file: 'api/Dockerfile', line: 12, column: 1 } })
    expect(written().error).toBe('log:\nerror: api/Dockerfile:12:1: api: no\n')
  })

  test('notices likewise', () => {
    host().notice({ message: 'look', place })
    expect(written().error).toBe('notice: smart-image-build.yml:3:5: look\n')
  })

  test('of a build have its log before them, also when only failures are wanted', () => {
    const failure = {
      kind: 'build-failed',
      message: 'api: exit code: 1',
      cause: 'code',
      log: ['RUN false', '  no'],
      tail: ['no'],
    } as const
    host().failure(failure)
    expect(written().error).toBe('log:\n  RUN false\n    no\nerror: api: exit code: 1\n')
    host({ verbose: true }).failure(failure)
    expect(written().error).toBe('error: api: exit code: 1\n')
    host({ quiet: true, verbose: true }).failure(failure)
    expect(written().error).toBe('log:\n  RUN false\n    no\nerror: api: exit code: 1\n')
  })
})

/** Lines that the Actions runner, under which the command may run too, or a terminal would obey. */
const DANGEROUS = [
  '::error::x',
  ' ::set-output name=a::b',
  '\t::stop-commands::x',
  '##[error]x',
  'text ##[group]x',
  'a\n::error::x',
  'a\r::error::x',
  'a\r\n::error::x',
  '\u0085::error::x',
  '\u00a0::error::x',
  '\u001b[2J',
  '\u001b]0;title\u0007',
  'a\u202eb',
]

function obeyed(text: string): string[] {
  return text.split(/\r\n|[\r\n]/).filter((line) => /^[\s\u0085]*::|##\[/.test(line))
}

describe('text of builds and file names is harmless', () => {
  test.each(DANGEROUS)('%j', (text) => {
    const shown = host({ verbose: true })
    shown.progress(text)
    shown.detail(text)
    shown.group(text, [text])
    shown.notice({ message: text })
    shown.failure({ kind: 'build-failed', message: text, cause: 'code', log: [text], tail: [text] })
    shown.result(() => [text])
    const { out: toOut, error: toError } = written()
    expect(obeyed(toOut + toError)).toEqual([])
    expect(toOut + toError).not.toContain('\u001b]')
    expect(toOut + toError).not.toContain('\u001b[2J')
    expect(toOut + toError).not.toContain('\u202e')
    expect(toOut.split('\n').length + toError.split('\n').length).toBeGreaterThan(8)
  })

  test('the colours that the report itself makes stay', () => {
    host().progress('\u001b[33mrebuild\u001b[0m')
    host().result(() => ['\u001b[2mskip\u001b[0m'])
    expect(written()).toEqual({ out: '\u001b[2mskip\u001b[0m\n', error: '\u001b[33mrebuild\u001b[0m\n' })
  })

  test('ordinary text stays as it is', () => {
    const lines = ['é "x" \\n', 'a::b', 'ns::Class::f()', '#[x]', '## [x]', 'a\tb', '']
    host().group('title', lines)
    expect(written().error).toBe(['title', ...lines.map((line) => `  ${line}`), ''].join('\n'))
  })
})

describe('what goes on', () => {
  const shown = (options: Partial<TerminalOptions>) => {
    const one = host(options)
    one.live(() => ['api  | 1 s'])
    one.progress('web built')
    one.live(undefined)
    return { style: one.progressStyle, error: written().error }
  }

  test('is drawn below what stays, and gone in the end', () => {
    const { style, error: text } = shown({ live: true })
    expect([style, text.includes('api  | 1 s')]).toEqual(['live', true])
    expect(text.endsWith('\u001b[1F\u001b[J')).toBe(true)
  })

  test.each([{}, { live: true, quiet: true }, { live: true, verbose: true }])(
    'is not drawn with %j',
    (options) => {
      const { style, error: text } = shown(options)
      expect([style, text.includes('api'), text.includes('\u001b')]).toEqual(['lines', false, false])
    },
  )
})
