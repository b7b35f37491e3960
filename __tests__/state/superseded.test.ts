import { describe, expect, test } from '@jest/globals'
import { encodeState } from '../../src/state/decode.js'
import { imagesInUse, supersededLayouts, supersededStates } from '../../src/state/superseded.js'
import { encodeDigests } from '../../src/state/upstream.js'
import type { KeptLayout } from '../../src/model/kept.js'
import type { StateRecord } from '../../src/model/state.js'
import { record } from '../fakes/images.js'

const [ONE, TWO, THREE] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string]

function text(scope: string, ...records: readonly StateRecord[]) {
  const encoded = encodeState({ scope, records, deliveries: [] })
  return { path: `state of ${scope}`, bytes: encoded.length, text: encoded }
}

describe('a state', () => {
  const heads = ['refs/heads/main', 'refs/heads/feature/x', 'c'.repeat(40)]

  test.each([
    { scope: 'terminal@refs/heads/main', stays: true },
    { scope: 'terminal@refs/heads/feature/x', stays: true },
    { scope: `terminal@${'c'.repeat(40)}`, stays: true },
    { scope: 'terminal@refs/heads/feature', stays: false },
    { scope: 'terminal@refs/heads/gone', stays: false },
    { scope: `terminal@${'d'.repeat(40)}`, stays: false },
    // Somebody else's name for a scope says nothing of branches.
    { scope: 'images refs/heads/gone', stays: true },
  ])('of $scope stays: $stays', ({ scope, stays }) => {
    const kept = text(scope, record('api'))
    const { superseded, current } = supersededStates([kept], heads)
    expect(superseded.map(({ path, reason }) => [path, reason])).toEqual(
      stays ? [] : [[kept.path, 'branch-gone']],
    )
    expect(current.map((state) => state.scope)).toEqual(stays ? [scope] : [])
  })

  test.each([
    { what: 'one of a newer version', stored: 'smart-image-build-state 99 abc\n{}' },
    { what: 'one that was cut', stored: text('terminal@refs/heads/gone').text.slice(0, -1) },
    { what: 'the digests of upstream images', stored: encodeDigests(new Map([['alpine', 'sha256:a']])) },
    { what: 'an empty file', stored: '' },
  ])('$what is left alone', ({ stored }) => {
    const found = supersededStates([{ path: 'x', bytes: 1, text: stored }], heads)
    expect(found).toEqual({ superseded: [], current: [] })
  })
})

describe('a layout', () => {
  const [API, WEB] = ['ghcr.io/acme/api', 'ghcr.io/acme/web']
  const states = [
    { scope: 's', records: [record('api', { image: API, fingerprint: ONE })], deliveries: [] },
    { scope: 't', records: [record('api', { image: API, fingerprint: TWO })], deliveries: [] },
  ]
  const inUse = imagesInUse(states, [API, WEB])

  function layout(path: string, given: Partial<KeptLayout>): KeptLayout {
    return { path, bytes: 1, kind: 'layout', fingerprint: THREE, ...given }
  }

  test('stays where a branch has its content, or it is the newest of its image', () => {
    const layouts = [
      layout('newest', { image: API }),
      layout('of a branch', { image: API, fingerprint: TWO }),
      layout('older', { image: API }),
      layout('of another', { image: API, fingerprint: ONE }),
      layout('never recorded', { image: WEB }),
      layout('layers', { image: API, kind: 'layers', fingerprint: '0'.repeat(64) }),
    ]
    expect(supersededLayouts(layouts, inUse)).toEqual([
      { path: 'older', bytes: 1, image: API, reason: 'older' },
    ])
  })

  test('of an image that nobody has any more goes', () => {
    expect(supersededLayouts([layout('unknown', {})], inUse)).toEqual([
      { path: 'unknown', bytes: 1, reason: 'image-gone' },
    ])
  })
})
