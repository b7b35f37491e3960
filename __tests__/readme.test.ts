import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { parseConfig } from '../src/config/parse.js'
import { draftServices } from '../src/config/resolve.js'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  inputs: Record<string, unknown>
  outputs: Record<string, unknown>
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

function section(title: string): string {
  const start = readme.indexOf(`\n## ${title}\n`)
  if (start === -1) throw new Error(`the README has no section "${title}"`)
  const end = readme.indexOf('\n## ', start + 1)
  return readme.slice(start, end === -1 ? undefined : end)
}

/** Every word in backticks in the first column of a section's tables. */
function names(title: string): string[] {
  const cells = section(title).matchAll(/^\| (`.*?) \|/gm)
  return [...cells].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
}

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text = '']) => text,
  )
}

/** Jobs and steps that use this action or its workflow, and their inputs. */
interface Use {
  readonly uses?: string
  readonly with?: Record<string, unknown>
}

interface Workflow {
  readonly jobs: Record<string, Use & { readonly steps?: readonly Use[] }>
}

const workflows = blocks('yaml').filter((text) => /^jobs:/m.test(text))

describe('the README is true', () => {
  test('its inputs are those of action.yml', () => {
    expect(names('Inputs').sort()).toEqual(Object.keys(action.inputs).sort())
  })

  test('its outputs are those of action.yml', () => {
    expect(names('Outputs').sort()).toEqual(Object.keys(action.outputs).sort())
  })

  test('its keys of a service are those that the schema knows', () => {
    const schema = readFileSync(join(root, 'schema.json'), 'utf8')
    const known = JSON.parse(schema) as {
      properties: {
        services: { additionalProperties: { anyOf?: { properties?: object }[]; properties?: object } }
      }
    }
    const service = known.properties.services.additionalProperties
    const properties = service.properties ?? service.anyOf?.find((one) => one.properties)?.properties ?? {}
    expect(names('Configuration').sort()).toEqual(Object.keys(properties).sort())
  })

  test('its configuration is understood', () => {
    const [text = ''] = blocks('yaml').filter((block) => !workflows.includes(block))
    const config = parseConfig(text, 'README.md')
    expect(config.ok && draftServices(config.value, undefined).ok).toBe(true)
  })

  test('it begins with three workflows that fit on a screen', () => {
    expect(blocks('yaml').slice(0, 3)).toEqual(workflows)
    expect(workflows).toHaveLength(3)
    for (const text of workflows) expect(text.split('\n').length).toBeLessThan(45)
  })

  test.each(workflows)('its workflows give the action only inputs that it has', (text) => {
    const jobs = Object.values((parse(text) as Workflow).jobs)
    const steps = [...jobs, ...jobs.flatMap((job) => job.steps ?? [])]
    const ours = steps.filter(({ uses }) => uses?.includes('smart-image-build'))
    expect(ours).not.toEqual([])
    for (const use of ours)
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(use.with ?? {})))
  })

  test('its npm commands exist', () => {
    const commands =
      blocks('sh')
        .join('\n')
        .match(/^npm .*$/gm) ?? []
    expect(commands).toEqual(['npm run demo', 'npm test'])
    for (const command of commands) expect(manifest.scripts).toHaveProperty(command.split(' ').at(-1) ?? '')
  })
})
