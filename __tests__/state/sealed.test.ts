import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import { seal, unseal } from '../../src/state/sealed.js'

const SEAL = { header: 'smart-image-build-thing', version: '3.1.0-beta' }
const TEXT = seal(JSON.stringify({ a: ['é', 1] }), SEAL)

test('what was sealed is unsealed as it was', () => {
  fc.assert(
    fc.property(fc.json(), (body) => {
      expect(unseal(seal(body, SEAL), SEAL)).toEqual({ value: JSON.parse(body) as unknown })
    }),
  )
})

describe('a text is refused', () => {
  test('wherever it is cut', () => {
    for (let end = 0; end < TEXT.length; end++)
      expect(unseal(TEXT.slice(0, end), SEAL)).toHaveProperty('problem')
  })

  test('when any of its bytes is another', () => {
    const bytes = Buffer.from(TEXT, 'utf8')
    for (const at of bytes.keys()) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      expect(unseal(changed.toString('utf8'), SEAL)).toHaveProperty('problem')
    }
  })

  test.each([
    ['of another kind', seal('1', { ...SEAL, header: 'smart-image-build-other' }), 'it is not a thing file'],
    ['of another version', seal('1', { ...SEAL, version: '3.1.0' }), 'its version 3.1.0 is not 3.1.0-beta'],
    ['that is empty', '', 'it is not a thing file'],
    ['with more in its first line', TEXT.replace('\n', ' more\n'), 'it is damaged'],
    ['that is longer', `${TEXT} `, 'it is damaged'],
    ['that is sealed and no JSON', seal('{', SEAL), 'it is not JSON'],
  ])('%s', (_, text, problem) => {
    expect(unseal(text, SEAL)).toEqual({ problem })
  })
})
