import { getExecOutput } from '@actions/exec'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ACTIONLINT, goTool, goToolTimeoutMs, hasGo } from '../../scripts/services/go-tools.js'
import { findExecutable, readHost } from '../../scripts/services/host.js'
import { allWorkflows, read, readWorkflow, type Workflow, type WorkflowText } from './texts.js'

const workflows = allWorkflows()
const OURS = 'org/smart-image-build@v1'
const FLEET = 'org/smart-image-build/.github/workflows/images.yml@v1'

interface Declared {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
}

const action = parse(read('action.yml')) as Declared
const fleet = (
  parse(read('.github/workflows/images.yml')) as {
    on: { workflow_call: Declared & { readonly secrets: Readonly<Record<string, unknown>> } }
  }
).on.workflow_call

test('there are workflows of the project, of the examples and of each document', () => {
  const places = workflows.map(({ place }) => place.split(' (')[0])
  expect(places).toEqual(
    expect.arrayContaining([
      ...['.github/workflows/images.yml', 'examples/shop/.github/workflows/images.yml'],
      ...['README.md', 'docs/deploy.md', 'docs/before-and-after.md', 'init --workflow'],
    ]),
  )
})

test("GitHub's own parser accepts action.yml", () => {
  const { context } = parseAction({ name: 'action.yml', content: read('action.yml') }, quiet())
  expect(context.errors.getErrors()).toEqual([])
})

test('no text of action.yml is an expression but for the default of the token', () => {
  // act refuses a description with one, and a runner has no values for it.
  expect(read('action.yml').match(/\$\{\{.*?\}\}/g)).toEqual(['${{ github.token }}'])
})

test("GitHub's own parser refuses what it does not know", async () => {
  const wrong = 'on: push\njobs: { a: { runs-on: x, steps: [{ uses: a/b@c, wiht: { d: e } }] } }'
  expect(await problems(wrong)).toEqual([expect.stringContaining("Unexpected value 'wiht'")])
})

async function problems(content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, quiet())
  if (value !== undefined) await convertWorkflowTemplate(context, value)
  return context.errors.getErrors().map(({ message }) => message)
}

describe.each(workflows)('$place', (workflow) => {
  test("is accepted by GitHub's own parser", async () => {
    expect(await problems(workflow.text)).toEqual([])
  })

  test('pins the actions of others to a commit, and says which version that is', () => {
    const uses = [...workflow.text.matchAll(/^\s*-? *uses: (.*)$/gm)].map(([, used = '']) => used)
    const others = uses.filter(
      (used) => !/^(?:\$\/|\.\/)/.test(used) && !used.startsWith('org/smart-image-build'),
    )
    for (const used of others) expect(used).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$/)
  })

  test('puts no expression into a script', () => {
    for (const { run = '' } of stepsOf(readWorkflow(workflow))) expect(run).not.toContain('${{')
  })

  test('grants nothing to what does not say what it needs', () => {
    const { permissions, jobs } = readWorkflow(workflow)
    const silent = Object.values(jobs).filter((job) => job.permissions === undefined)
    if (silent.length > 0) expect(permissions).toEqual({ contents: 'read' })
  })

  test('gives the action and the reusable workflow only what they take', () => {
    for (const { uses, ...step } of stepsOf(readWorkflow(workflow))) {
      if (uses === OURS || uses === '$/.')
        expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
    }
    for (const { uses, secrets, ...job } of Object.values(readWorkflow(workflow).jobs)) {
      if (uses !== FLEET && uses !== '$/.github/workflows/images.yml') continue
      expect(Object.keys(fleet.inputs)).toEqual(expect.arrayContaining(Object.keys(job.with ?? {})))
      const given = typeof secrets === 'object' ? Object.keys(secrets) : []
      expect(Object.keys(fleet.secrets)).toEqual(expect.arrayContaining(given))
    }
  })

  test('reads only outputs that there are', () => {
    for (const output of outputsRead(workflow)) expect(Object.keys(action.outputs)).toContain(output)
  })
})

/** Names after `.outputs.` of steps that use the action, and of jobs that use the reusable workflow. */
function outputsRead(workflow: WorkflowText): string[] {
  const { jobs } = readWorkflow(workflow)
  const steps = stepsOf({ jobs }).filter(({ uses }) => uses === OURS || uses === '$/.')
  const calls = Object.entries(jobs).filter(([, { uses }]) => uses?.includes('/.github/workflows/images.yml'))
  const sources = [
    ...steps.map(({ id }) => `steps\\.${id ?? 'none'}`),
    ...calls.map(([id]) => `needs\\.${id}`),
  ]
  return sources.flatMap((source) =>
    [...workflow.text.matchAll(new RegExp(`${source}\\.outputs\\.([\\w-]+)`, 'g'))].map(
      ([, name = '']) => name,
    ),
  )
}

function stepsOf({ jobs }: Pick<Workflow, 'jobs'>) {
  return Object.values(jobs).flatMap(({ steps }) => steps ?? [])
}

function quiet(): NoOperationTraceWriter {
  return new NoOperationTraceWriter()
}

describe('the reusable workflow', () => {
  const { jobs } = readWorkflow({ place: '', text: read('.github/workflows/images.yml') })

  test('offers inputs of the action under their own names, and few of its own', () => {
    const own = Object.keys(fleet.inputs).filter((name) => !(name in action.inputs))
    expect(own.sort()).toEqual(['artifact', 'runner', 'setup-qemu', 'submodules'])
  })

  test('hands each input on that it offers', () => {
    const given = JSON.stringify(jobs)
    for (const name of Object.keys(fleet.inputs)) expect(given).toContain(`inputs.${name}`)
    for (const name of Object.keys(fleet.secrets)) expect(given).toContain(`secrets.${name}`)
  })

  test('offers outputs of the action under their own names', () => {
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(Object.keys(fleet.outputs)))
  })

  test('is described with all that it takes and offers', () => {
    const described = read('docs/reusable-workflow.md')
    for (const { inputs, outputs, secrets } of [fleet])
      for (const name of Object.keys({ ...inputs, ...outputs, ...secrets }))
        expect(described).toContain(`\`${name}\``)
  })

  test('lets only build jobs set up a builder', () => {
    const builders = Object.entries(jobs).filter(([, { steps }]) =>
      steps?.some(({ uses }) => uses?.startsWith('docker/setup-')),
    )
    expect(builders.map(([id]) => id)).toEqual(['bases', 'build'])
  })
})

/** Of a repository of their own, with our settings of the linters. */
let folder: string
let paths: readonly string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workflows-'))
  for (const path of ['.git', '.github/workflows']) await mkdir(join(folder, path), { recursive: true })
  for (const path of ['action.yml', '.github/actionlint.yaml', '.github/zizmor.yml'])
    await writeFile(join(folder, path), read(path))
  paths = await Promise.all(workflows.map(lay))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function lay({ place, text }: WorkflowText): Promise<string> {
  const path = `.github/workflows/${place.replaceAll(/\W+/g, '-')}.yml`
  await writeFile(join(folder, path), text)
  return path
}

async function lint(program: string, args: readonly string[]): Promise<{ exitCode: number; found: string }> {
  const options = { cwd: folder, silent: true, ignoreReturnCode: true }
  const { exitCode, stdout } = await getExecOutput(program, [...args], options)
  return { exitCode, found: stdout }
}

const WRONG = `on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: echo \${{ github.event.head_commit.message }} \${{ inputs.x.y }}
`

if (!hasGo()) console.warn('Skipped: actionlint is compiled by Go, which is not installed.')
const withGo = hasGo() ? describe : describe.skip
withGo('actionlint', () => {
  // Programs that it would use where they are installed must not make a difference.
  const options = ['-no-color', '-oneline', '-shellcheck=', '-pyflakes=']
  let program: string

  beforeAll(async () => {
    program = await goTool(ACTIONLINT)
  }, goToolTimeoutMs)

  test('finds nothing in any of them', async () => {
    expect(await lint(program, [...options, ...paths])).toEqual({ exitCode: 0, found: '' })
  })

  test('finds what is wrong', async () => {
    const path = await lay({ place: 'wrong', text: WRONG })
    const { exitCode, found } = await lint(program, [...options, path])
    expect([exitCode, found]).toEqual([1, expect.stringContaining('[expression]')])
  })
})

const zizmor = findExecutable(readHost(), 'zizmor')
if (zizmor === undefined) console.warn('Skipped: zizmor is not installed; workflow `lint` runs it.')
const withZizmor = zizmor === undefined ? describe.skip : describe
withZizmor('zizmor', () => {
  const options = ['--offline', '--no-progress', '--config', '.github/zizmor.yml']

  test('finds nothing in any of them', async () => {
    const { exitCode, found } = await lint(zizmor ?? '', [...options, 'action.yml', ...paths])
    expect([exitCode, found]).toEqual([0, expect.stringContaining('No findings to report')])
  })

  test('finds what is wrong', async () => {
    const path = await lay({ place: 'wrong', text: WRONG })
    const { exitCode, found } = await lint(zizmor ?? '', [...options, path])
    expect(exitCode).not.toBe(0)
    expect(found).toContain('template-injection')
  })
})
