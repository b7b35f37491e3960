import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runCommand } from './run-action-process.js'

let root: string
let scripts = 0

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'commands-')))
})

afterAll(async () => {
  await rm(root, { recursive: true })
})

async function script(source: string): Promise<string> {
  scripts += 1
  const file = path.join(root, `script-${scripts}.mjs`)
  await writeFile(file, source)
  return file
}

describe('cancelling', () => {
  test('a process may answer SIGINT in its own way', async () => {
    const file = await script(`
      process.once('SIGINT', () => { console.log('cleanly'); process.exit(130) })
      console.log('ready'); setTimeout(() => {}, 60_000)
    `)
    const result = await runCommand(file, [], { signalAfter: { output: 'ready' } })
    expect(result).toMatchObject({ exitCode: 130, signal: undefined, stdout: 'ready\ncleanly\n' })
  })

  test('one that ignores every signal is killed with its children', async () => {
    const file = await script(`
      const { spawn } = await import('node:child_process')
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log(signal))
      spawn('sleep', ['60'], { stdio: 'inherit' })
      console.log('ready')
      setTimeout(() => {}, 60_000)
    `)
    const steps = [
      { signal: 'SIGINT', graceMilliseconds: 200 },
      { signal: 'SIGTERM', graceMilliseconds: 200 },
      { signal: 'SIGKILL', graceMilliseconds: 0 },
    ] as const
    const result = await runCommand(file, [], { signalAfter: { output: 'ready', steps } })
    expect(result).toMatchObject({ exitCode: 137, signal: 'SIGKILL', stdout: 'ready\nSIGINT\nSIGTERM\n' })
    expect(result.milliseconds).toBeLessThan(20_000)
  })

  test('a run past its deadline is an error that shows the output so far', async () => {
    const file = await script(`console.log('hanging'); setTimeout(() => {}, 60_000)`)
    await expect(runCommand(file, [], { deadlineMilliseconds: 1_000 })).rejects.toThrow(
      /still running after 1000 ms\nstdout: hanging/,
    )
  })
})

describe('a command', () => {
  test('gets its arguments as they are, in a clean environment', async () => {
    const file = await script(
      `console.log(JSON.stringify([process.argv.slice(2), process.cwd(), process.env.A]))`,
    )
    const result = await runCommand(file, ['--flag', 'a b', '$(x)'], { cwd: root, env: { A: '1' } })
    expect(JSON.parse(result.stdout)).toEqual([['--flag', 'a b', '$(x)'], root, '1'])
    expect(result.exitCode).toBe(0)
  })

  test('that cannot be started is an error', async () => {
    await expect(runCommand('x.mjs', [], { nodeBinary: path.join(root, 'absent') })).rejects.toThrow('ENOENT')
  })

  test('whose file is missing has an exit code', async () => {
    expect(await runCommand(path.join(root, 'absent.mjs'), [])).toMatchObject({ exitCode: 1 })
  })
})
