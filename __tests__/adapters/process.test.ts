import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run, type ProcessEnd, type ProcessOptions } from '../../src/adapters/process.js'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'process-')))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

function sh(script: string, options?: ProcessOptions): Promise<ProcessEnd> {
  return run('sh', ['-c', script], options)
}

function output(end: ProcessEnd): string {
  if (end.kind !== 'exited') throw new Error(JSON.stringify(end))
  return end.stdout.toString('utf8')
}

describe('how a process ends', () => {
  test.each([0, 1, 10, 255])('with exit code %d', async (exitCode) => {
    expect(await sh(`echo out; echo err >&2; exit ${exitCode}`)).toEqual({
      kind: 'exited',
      exitCode,
      stdout: Buffer.from('out\n'),
      stderr: 'err',
    })
  })

  test('what it says does not make it a failure', async () => {
    expect(await sh('echo ERROR: fatal >&2')).toMatchObject({ exitCode: 0, stderr: 'ERROR: fatal' })
  })

  test('by a signal of someone else', async () => {
    expect(await sh('echo last >&2; kill -KILL $$')).toEqual({
      kind: 'killed',
      signal: 'SIGKILL',
      stderr: 'last',
    })
  })

  test('not at all when there is no such program', async () => {
    expect(await run('no-such-program', [])).toEqual({ kind: 'missing' })
    expect(await run('sh', [], { env: { PATH: folder } })).toEqual({ kind: 'missing' })
  })

  test('with an error when the working directory is not there, although the program is', async () => {
    await expect(sh('true', { cwd: join(folder, 'nowhere') })).rejects.toThrow()
    await writeFile(join(folder, 'file'), '')
    await expect(Promise.resolve().then(() => sh('true', { cwd: join(folder, 'file') }))).rejects.toThrow()
  })

  test('with an error when the program may not be run', async () => {
    await writeFile(join(folder, 'tool'), '#!/bin/sh\n', { mode: 0o644 })
    await expect(run('tool', [], { env: { PATH: folder } })).rejects.toThrow('EACCES')
  })
})

describe('what a process gets', () => {
  test('its arguments as they are, without a shell', async () => {
    const args = ['', ' ', '$HOME', '`id`', '"', "'", '*', 'a\nb', '; exit 1', 'é']
    const end = await run('printf', ['[%s]', ...args])
    expect(output(end)).toBe(args.map((arg) => `[${arg}]`).join(''))
  })

  test('its environment and its working directory', async () => {
    const end = await sh('pwd; echo "$A"; env | wc -l', {
      cwd: folder,
      env: { PATH: process.env['PATH'], A: 'x y' },
    })
    expect(output(end).split('\n').slice(0, 2)).toEqual([folder, 'x y'])
  })

  test('its input, which else is empty', async () => {
    expect(output(await run('cat', [], { input: 'é\n' }))).toBe('é\n')
    expect(output(await run('cat', []))).toBe('')
  })

  test('an input that it does not read, which is no fault', async () => {
    expect(await sh('exec 0<&-; exit 3', { input: 'x'.repeat(1_000_000) })).toMatchObject({ exitCode: 3 })
  })
})

describe('what a process prints', () => {
  test('its output byte by byte, however long', async () => {
    const end = await sh('head -c 3000000 /dev/zero; printf "\\377"')
    if (end.kind !== 'exited') throw new Error(end.kind)
    expect([end.stdout.length, end.stdout.at(-1)]).toEqual([3_000_001, 0xff])
  })

  test('its errors line by line while it runs, the last one without its end, too', async () => {
    const lines: string[] = []
    const end = await sh(
      'printf "a\\nb\\r\\n" >&2; sleep 0.05; printf "\\303" >&2; sleep 0.05; printf "\\251 rest" >&2',
      {
        onErrorLine: (line) => lines.push(line),
      },
    )
    expect(lines).toEqual(['a', 'b', 'é rest'])
    // Who listens keeps what is wanted of it.
    expect(end).toMatchObject({ stderr: '' })
  })
})

describe('on abort', () => {
  const patienceMs = 200

  async function stopped(script: string, options: ProcessOptions = {}): Promise<[ProcessEnd, number]> {
    const controller = new AbortController()
    const onErrorLine = (line: string) => {
      if (line === 'ready') controller.abort()
    }
    const started = performance.now()
    const end = await sh(script, { signal: controller.signal, patienceMs, onErrorLine, ...options })
    return [end, performance.now() - started]
  }

  test('a process is asked to end', async () => {
    const [end, time] = await stopped('echo ready >&2; exec sleep 20')
    expect(end).toEqual({ kind: 'killed', signal: 'SIGTERM', stderr: '' })
    expect(time).toBeLessThan(2000)
  })

  test('it may end in order', async () => {
    const [end] = await stopped('trap "echo bye; exit 7" TERM; echo ready >&2; while :; do sleep 0.01; done')
    expect(end).toMatchObject({ kind: 'exited', exitCode: 7, stdout: Buffer.from('bye\n') })
  })

  test('it is killed when it does not listen', async () => {
    const [end, time] = await stopped('trap "" TERM; echo ready >&2; while :; do sleep 0.01; done')
    expect(end).toMatchObject({ kind: 'killed', signal: 'SIGKILL' })
    expect(time).toBeGreaterThan(patienceMs)
    expect(time).toBeLessThan(3000)
  })

  test.each([
    ['that does not listen', 'trap "" TERM; sleep 15 & echo ready >&2; while :; do sleep 0.01; done'],
    ['that ends', 'sleep 15 & echo ready >&2; wait'],
  ])('a child that it leaves behind does not keep us, if of a process %s', async (_, script) => {
    const [end, time] = await stopped(script)
    expect(end).toMatchObject({ kind: 'killed' })
    expect(time).toBeLessThan(3000)
  })

  test('a process that is started afterwards ends at once', async () => {
    const end = await sh('exec sleep 20', { signal: AbortSignal.abort() })
    expect(end).toMatchObject({ kind: 'killed', signal: 'SIGTERM' })
  })

  test('a program that is not there stays that', async () => {
    expect(await run('no-such-program', [], { signal: AbortSignal.abort() })).toEqual({ kind: 'missing' })
  })

  test('an abort after the end changes nothing', async () => {
    const controller = new AbortController()
    const end = await sh('exit 3', { signal: controller.signal })
    controller.abort()
    await sleep(10)
    expect(end).toMatchObject({ kind: 'exited', exitCode: 3 })
  })
})

test('a process that leaves another one behind is over when it ends itself', async () => {
  expect(await sh('sleep 60 & echo done')).toMatchObject({ kind: 'exited', exitCode: 0 })
}, 30_000)
