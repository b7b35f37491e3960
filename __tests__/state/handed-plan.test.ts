import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { planDocument } from '../../src/report/document.js'
import { reusedIn } from '../../src/state/handed-plan.js'
import { planned, planOf, reused } from '../report/planned.js'

test('a plan that was handed on tells what it reuses', () => {
  const text = JSON.stringify(planDocument(planOf([planned('api'), reused('web')])))
  expect([...reusedIn(text)]).toEqual([['web', 'f'.repeat(64)]])
})

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"version":2,"images":[]}',
  '{"version":1}',
  '{"version":1,"images":[1,null]}',
])('what is no plan tells of nothing: %s', (text) => {
  expect(reusedIn(text).size).toBe(0)
})

test('garbage never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      reusedIn(text)
    }),
  )
})
