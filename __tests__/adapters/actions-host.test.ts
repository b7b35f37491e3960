import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ActionsHost, readInput, readRequestInputs } from '../../src/adapters/actions-host.js'
import { parseCommands, type WorkflowCommand } from '../rig/run-action-output.js'

let folder: string
let printed: string
const write = process.stdout.write.bind(process.stdout)
const host = new ActionsHost()
const before = { ...process.env }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'actions-host-'))
  for (const name of ['OUTPUT', 'STEP_SUMMARY']) {
    await writeFile(join(folder, name), '')
    process.env[`GITHUB_${name}`] = join(folder, name)
  }
  printed = ''
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    printed += String(chunk)
    return true
  }
})

afterEach(async () => {
  process.stdout.write = write
  process.env = { ...before }
  await rm(folder, { recursive: true })
})

function commands(): WorkflowCommand[] {
  return parseCommands(printed)
}

test('an output that is a file has its path', async () => {
  const files = join(folder, 'step', 'outputs')
  await new ActionsHost('', files).outputFile('plan', '{"version":1}')
  const path = join(files, 'plan.json')
  expect(await readFile(path, 'utf8')).toBe('{"version":1}')
  expect(await readFile(join(folder, 'OUTPUT'), 'utf8')).toMatch(new RegExp(`^plan<<(.*)\n${path}\n\\1\n$`))
})

const place = { file: '.github/smart-image-build.yml', line: 3, column: 5 }

describe('the log', () => {
  test('has progress, details and the result as plain lines', () => {
    host.progress('progress')
    host.detail('detail')
    host.result(() => ['a', 'b'])
    host.document()
    expect(printed).toBe('progress\ndetail\na\nb\n')
  })

  test('folds a group', () => {
    host.group('title', ['a', 'b'])
    expect(printed).toBe('::group::title\na\nb\n::endgroup::\n')
  })
})

describe('annotations', () => {
  const title = 'smart-image-build'

  test('stand at their place', () => {
    host.failure({ kind: 'config-invalid', message: 'unknown key', place })
    host.notice({ message: 'look', place })
    const properties = { title, file: place.file, line: '3', col: '5' }
    expect(commands()).toEqual([
      { name: 'error', message: 'unknown key', properties },
      { name: 'notice', message: 'look', properties },
    ])
  })

  test('of a failed build stand at the instruction that failed', () => {
    const failure = { kind: 'build-failed', message: 'api: no', log: [], cause: 'code', tail: [] } as const
    host.failure({ ...failure, place: { file: 'api/Dockerfile', line: 12, column: 1 } })
    const properties = { title, file: 'api/Dockerfile', line: '12', col: '1' }
    expect(commands()).toEqual([{ name: 'error', message: 'api: no', properties }])
  })

  test('of a failed build have the last lines of its step, and no endless ones', () => {
    const tail = ['cc main.c', '::error::main.c:3: no such type', 'x'.repeat(9000)]
    host.failure({ kind: 'build-failed', message: 'api: exit code: 1', log: ['a'], cause: 'code', tail })
    const message = ['api: exit code: 1', tail[0], tail[1], 'x'.repeat(500)].join('\n')
    expect(commands()).toEqual([{ name: 'error', message, properties: { title } }])
  })

  test.each(['a\nb', '50 % \r\n::error::x', 'a, b: c', '%0A', '::x::'])('%j arrives as it is', (message) => {
    host.notice({ message })
    host.failure({ kind: 'usage', message })
    expect(commands()).toEqual([
      { name: 'notice', message, properties: { title } },
      { name: 'error', message, properties: { title } },
    ])
  })
})

describe('text of builds and file names is no workflow command', () => {
  test.each([
    '::error::x',
    ' ::set-output name=a::x',
    '\t\t::add-mask::x',
    '::stop-commands::x',
    '\u0085::error::x',
    '\u3000::error::x',
    '##[error]x',
    'text ##[group]x',
    '###[error]x',
    'a\n::error::x',
    'a\r::error::x',
    'a\r\n ::error::x',
    'a\n\n##[error]x',
    ':::error::x',
    '::::error::x',
  ])('%j', (text) => {
    host.progress(text)
    host.detail(text)
    host.result(() => [text])
    host.group('title', [text])
    const lines = printed.split(/\r\n|[\r\n]/).filter((line) => !/^::(?:end)?group::/.test(line))
    expect(lines.filter((line) => /^[\s\u0085]*::|##\[/.test(line))).toEqual([])
    expect(printed.replaceAll('\u200B', '')).toContain('x')
  })

  test('in the title of a group and in an error, either', () => {
    host.group('::error::x\n::warning::y', [])
    host.failure({
      kind: 'build-failed',
      message: 'a\n::warning::y',
      log: ['::warning::z'],
      cause: 'code',
      tail: [],
    })
    expect(new Set(commands().map(({ name }) => name))).toEqual(new Set(['group', 'endgroup', 'error']))
  })

  test('and ordinary text stays as it is', () => {
    const lines = ['a::b', 'ns::f()', ':x', ': :', '#[x]', '## [x]', 'é']
    host.result(() => lines)
    expect(printed).toBe(`${lines.join('\n')}\n`)
  })
})

describe('files of the step', () => {
  test('get outputs, whatever they hold', async () => {
    host.output('matrix', '{"include":[]}')
    host.output('plan', 'a\nEOF\nghadelimiter\nb=c')
    const text = await readFile(join(folder, 'OUTPUT'), 'utf8')
    const values = [...text.matchAll(/^(\S+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm)]
    expect(values.map(([, name, , value]) => [name, value])).toEqual([
      ['matrix', '{"include":[]}'],
      ['plan', 'a\nEOF\nghadelimiter\nb=c'],
    ])
    expect(printed).toBe('')
  })

  test('get the summary', async () => {
    await host.summary('# é\n\ntext')
    expect(await readFile(join(folder, 'STEP_SUMMARY'), 'utf8')).toBe('# é\n\ntext\n')
  })

  test('that are missing make the summary fail, not end the process', async () => {
    process.env['GITHUB_STEP_SUMMARY'] = join(folder, 'nowhere')
    await expect(host.summary('x')).rejects.toThrow()
  })
})

test('inputs that the workflow left out are empty texts', () => {
  process.env['INPUT_SERVICES'] = ' api\nweb '
  process.env['INPUT_GITHUB-TOKEN'] = 'token'
  expect(readRequestInputs()).toMatchObject({ services: 'api\nweb', push: '', 'base-ref': '' })
  expect(readRequestInputs()).not.toHaveProperty('github-token')
  expect(readInput('github-token')).toBe('token')
})
