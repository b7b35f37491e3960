import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runAction, runPhases } from './run-action.js'

const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
let root: string
let scripts = 0

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'actions-')))
  // Node resolves `@actions/core` from the script's folder upwards.
  await symlink(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'))
})

afterAll(async () => {
  await rm(root, { recursive: true })
})

/** Writes an action's file into a folder of its own, next to an action.yml if one is given. */
async function script(source: string, definition?: string): Promise<string> {
  scripts += 1
  const folder = path.join(root, `action-${scripts}`)
  await mkdir(folder)
  if (definition !== undefined) await writeFile(path.join(folder, 'action.yml'), definition)
  const file = path.join(folder, 'index.mjs')
  await writeFile(file, `import * as core from '@actions/core'\nvoid core\n${source}`)
  return file
}

const printEnvironment = `core.setOutput('env', process.env)`

async function environmentOf(
  options: Partial<Parameters<typeof runAction>[0]> = {},
): Promise<NodeJS.ProcessEnv> {
  const { outputs } = await runAction({ entry: await script(printEnvironment), ...options })
  return JSON.parse(outputs['env'] ?? '') as NodeJS.ProcessEnv
}

describe('what an action says', () => {
  test('outputs, state, variables, paths, summary and exit code come back', async () => {
    const entry = await script(`
      core.setOutput('plain', 'a=b<<c')
      core.setOutput('lines', 'one\\n\\ntwo\\n')
      core.setOutput('data', { list: [1] })
      core.setOutput('twice', 'first')
      core.setOutput('twice', 'last')
      core.saveState('began', true)
      core.exportVariable('COLOUR', 'grün')
      core.addPath('/first')
      core.addPath('/second')
      await core.summary.addRaw('# Images\\n').write()
      console.error('to stderr')
      process.exitCode = 7
    `)
    expect(await runAction({ entry })).toEqual({
      exitCode: 7,
      signal: undefined,
      outputs: { plain: 'a=b<<c', lines: 'one\n\ntwo\n', data: '{"list":[1]}', twice: 'last' },
      state: { began: 'true' },
      environment: { COLOUR: 'grün' },
      paths: ['/second', '/first'],
      summary: '# Images\n',
      commands: [],
      stdout: '',
      stderr: 'to stderr\n',
      milliseconds: expect.any(Number),
    })
  })

  test('annotations come back unescaped', async () => {
    const entry = await script(`
      core.error('50% broken\\nsecond line %0A', { file: 'a,b:c.yml', startLine: 3, title: '100%' })
      core.setFailed('failed')
      console.error('::warning::on stderr')
      console.log('not a command: ::error::x')
    `)
    const { commands, exitCode } = await runAction({ entry })
    expect(exitCode).toBe(1)
    expect(commands).toEqual([
      {
        name: 'error',
        properties: { title: '100%', file: 'a,b:c.yml', line: '3' },
        message: '50% broken\nsecond line %0A',
      },
      { name: 'error', properties: {}, message: 'failed' },
      { name: 'warning', properties: {}, message: 'on stderr' },
    ])
  })

  test('a malformed output file is an error', async () => {
    const entry = await script(`
      const { appendFileSync } = await import('node:fs')
      appendFileSync(process.env.GITHUB_OUTPUT, 'no assignment\\n')
    `)
    await expect(runAction({ entry })).rejects.toThrow("GITHUB_OUTPUT: Invalid format 'no assignment'")
  })
})

describe('what an action is told', () => {
  test('only PATH and HOME come from the parent', async () => {
    process.env['LEAKED_BY_THE_TEST'] = 'yes'
    try {
      const names = Object.keys(await environmentOf({ inputs: { mode: 'plan' } }))
      const unknown = names.filter((name) => !/^(GITHUB|RUNNER)_/.test(name))
      expect(unknown.sort()).toEqual(['CI', 'HOME', 'INPUT_MODE', 'PATH'])
    } finally {
      delete process.env['LEAKED_BY_THE_TEST']
    }
  })

  test('the repository and the event decide the context', async () => {
    const folder = path.join(root, 'checkout')
    await mkdir(folder)
    const payload = { pull_request: { head: { ref: 'feature' }, base: { ref: 'main' } } }
    const entry = await script(`
      const { readFileSync } = await import('node:fs')
      core.setOutput('payload', readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'))
      core.setOutput('folder', process.cwd())
      core.setOutput('env', process.env)
    `)
    const { outputs } = await runAction({
      entry,
      event: { name: 'pull_request', payload },
      repository: {
        folder,
        sha: 'a'.repeat(40),
        ref: 'refs/pull/7/merge',
        fullName: 'acme/api',
        runAttempt: 2,
      },
    })
    expect(JSON.parse(outputs['payload']!)).toEqual(payload)
    expect(outputs['folder']).toBe(folder)
    expect(JSON.parse(outputs['env']!)).toMatchObject({
      GITHUB_WORKSPACE: folder,
      GITHUB_REPOSITORY: 'acme/api',
      GITHUB_REPOSITORY_OWNER: 'acme',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_REF_NAME: '7/merge',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_HEAD_REF: 'feature',
      GITHUB_BASE_REF: 'main',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_SHA: 'a'.repeat(40),
    })
  })

  test('a push has no head or base, and a tag is a tag', async () => {
    const repository = { folder: root, sha: '0'.repeat(40), ref: 'refs/tags/v1' }
    expect(await environmentOf({ repository })).toMatchObject({
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF_NAME: 'v1',
      GITHUB_REF_TYPE: 'tag',
      GITHUB_HEAD_REF: '',
      GITHUB_BASE_REF: '',
    })
  })

  test('variables of the test win over those of the runner', async () => {
    const environment = await environmentOf({ env: { GITHUB_RUN_ID: '99', EXTRA: '1' } })
    expect([environment['GITHUB_RUN_ID'], environment['EXTRA']]).toEqual(['99', '1'])
  })

  test('each run has a RUNNER_TEMP of its own, gone afterwards', async () => {
    const [one, other] = [await environmentOf(), await environmentOf()]
    expect(one['RUNNER_TEMP']).not.toBe(other['RUNNER_TEMP'])
    expect(existsSync(one['RUNNER_TEMP']!)).toBe(false)
  })
})

describe('inputs', () => {
  const definition =
    "inputs: { Where To: { default: '${{ github.repository }}' }, github-token: {}, flag: {} }"

  test('the action reads them by the names of action.yml', async () => {
    const source = `core.setOutput('read', ['Where To', 'github-token', 'flag'].map((name) => core.getInput(name)))`
    const { outputs } = await runAction({
      entry: await script(source, definition),
      inputs: { 'github-token': ' mine ' },
    })
    expect(outputs['read']).toBe('["acme/shop","mine",""]')
  })

  test('an input that is not declared is passed on with a warning', async () => {
    const entry = await script(`core.setOutput('read', core.getInput('falg'))`, definition)
    const { commands, outputs } = await runAction({ entry, inputs: { falg: 'x', flag: 'y' } })
    expect(commands).toEqual([{ name: 'warning', properties: {}, message: "Unexpected input(s) 'falg'" }])
    expect(outputs['read']).toBe('x')
  })
})

describe('two phases', () => {
  const main = `
    core.saveState('name with space', 'kept\\nlines')
    core.exportVariable('EXPORTED', 'yes')
    core.exportVariable('GITHUB_SHA', 'overwritten')
    core.addPath('/from-main')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(process.env.RUNNER_TEMP + '/left', 'left')
    core.setFailed('main failed')
  `
  const post = `
    const { readFileSync } = await import('node:fs')
    core.setOutput('state', core.getState('name with space'))
    core.setOutput('left', readFileSync(process.env.RUNNER_TEMP + '/left', 'utf8'))
    core.setOutput('env', [process.env.EXPORTED, process.env.GITHUB_SHA, process.env.PATH.split(':')[0]])
    core.setOutput('input', core.getInput('mode'))
  `

  test('post gets the state, variables and folders of a main that failed', async () => {
    const results = await runPhases({
      main: await script(main),
      post: await script(post),
      inputs: { mode: 'plan' },
    })
    expect(results.main.exitCode).toBe(1)
    expect(results.post.outputs).toEqual({
      state: 'kept\nlines',
      left: 'left',
      env: JSON.stringify(['yes', '0'.repeat(40), '/from-main']),
      input: 'plan',
    })
    expect(results.post.exitCode).toBe(0)
  })

  test('the test may act between the phases', async () => {
    const seen: string[] = []
    const [first, last] = [await script(`core.setOutput('a', '1')`), await script('')]
    await runPhases({ main: first, post: last, between: ({ outputs }) => void seen.push(outputs['a']!) })
    expect(seen).toEqual(['1'])
  })

  test('post runs after a main that was cancelled', async () => {
    const results = await runPhases({
      main: await script(`core.saveState('a', '1'); console.log('waiting'); setTimeout(() => {}, 60_000)`),
      post: await script(`core.setOutput('a', core.getState('a'))`),
      signalAfter: { output: 'waiting' },
    })
    expect(results.main).toMatchObject({ exitCode: 130, signal: 'SIGINT' })
    expect(results.post.outputs).toEqual({ a: '1' })
  })
})

test('the entry must be an absolute path', async () => {
  await expect(runAction({ entry: 'dist/index.js' })).rejects.toThrow('must be an absolute path')
})
