import { describe, expect, test } from '@jest/globals'
import { decodeDefinition } from '../../../src/config/from/definition.js'

const PLACE = { file: 'docker-bake.hcl', line: 1, column: 1 }

function decoded(value: unknown) {
  const definition = decodeDefinition(JSON.stringify(value), PLACE)
  if (!definition.ok) throw new Error(JSON.stringify(definition.failures))
  return definition.value
}

describe('what bake prints', () => {
  test('asks for the targets of its groups, however deep', () => {
    const group = {
      default: { targets: ['all'] },
      all: { targets: ['a', 'more'] },
      more: { targets: ['b', 'all'] },
    }
    const { asked, targets } = decoded({ group, target: { a: {}, b: {}, linked: {} } })
    expect([...targets.keys()].filter((name) => asked.has(name))).toEqual(['a', 'b'])
  })

  test('may be nothing', () => {
    expect(decoded({ group: { default: { targets: null } }, target: null }).targets.size).toBe(0)
  })

  test('has the defaults of bake', () => {
    expect(decoded({ group: null, target: { a: {} } }).targets.get('a')).toMatchObject({
      context: '.',
      dockerfile: 'Dockerfile',
      args: {},
    })
  })

  test.each([
    ['a key of a later version', { group: null, target: { a: { policy: [] } } }, '`target.a.policy`'],
    ['a value of another form', { group: null, target: { a: { args: { X: 1 } } } }, '`target.a.args.X`'],
    ['something else', [], '`group`'],
  ])('is refused for %s', (_case, value, named) => {
    const { ok, failures } = decodeDefinition(JSON.stringify(value), PLACE) as {
      ok: boolean
      failures: unknown[]
    }
    expect(ok).toBe(false)
    const message = expect.stringContaining(named) as unknown
    expect(failures).toEqual([{ kind: 'config-invalid', place: PLACE, message }])
  })

  test('is refused when it is no JSON', () => {
    expect(decodeDefinition('#1 reading', PLACE)).toMatchObject({ ok: false })
  })
})
