import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { TagFacts } from '../../../src/config/tags/facts.js'
import { resolveTags } from '../../../src/config/tags.js'

const MAIN: TagFacts = {
  commit: 'c0ffee'.repeat(7).slice(0, 40),
  now: 0,
  isScheduled: true,
  ref: 'refs/heads/main',
}

describe('whatever the rules', () => {
  const attribute = fc.constantFrom(
    ...[
      'type=sha',
      'type=ref',
      'event=branch',
      'event=tag',
      'event=pr',
      'type=raw',
      'type=semver',
      'type=edge',
    ],
    ...['type=match', 'type=schedule', 'pattern={{version}}', 'pattern=v(.*)', 'group=1', 'format=long'],
    ...['prefix={{branch}}', 'suffix=-{{tag}}', 'value={{base_ref}}', `value={{date 'YYYY'}}`, 'enable=true'],
  )
  const value = fc
    .tuple(fc.constantFrom('value=', 'prefix=', 'suffix=', ''), fc.string())
    .map((pair) => pair.join(''))
  const rule = fc
    .array(fc.oneof(attribute, value), { minLength: 1, maxLength: 4 })
    .map((fields) => fields.join())
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('main', 'v1.2.3', 'v1.2.3-rc.1', 'p/v1'),
  )
  const facts = fc.tuple(fc.constantFrom('refs/heads/', 'refs/tags/'), name).map(([prefix, given]) => ({
    ...MAIN,
    ref: `${prefix}${given}`,
  }))

  test('each tag is one that a registry takes', () => {
    let tags = 0
    const check = fc.property(rule, facts, (text, run) => {
      const resolved = resolveTags([text], run)
      if (!resolved.ok) return
      for (const tag of resolved.value) {
        tags += 1
        expect(tag.name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)
      }
    })
    fc.assert(check, { numRuns: 2000 })
    expect(tags).toBeGreaterThan(100)
  })

  test('nothing is thrown', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    const check = fc.property(text, (given) => {
      resolveTags([given, `type=match,pattern=${given}`, `value={{date '${given}'}}`], MAIN)
    })
    fc.assert(check)
  })
})
