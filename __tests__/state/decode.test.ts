import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from '../fakes/seeded.js'
import type { State, StateRecord } from '../../src/model/state.js'
import { decodeState, encodeState } from '../../src/state/decode.js'
import { CHARACTER } from '../fakes/characters.js'
import { delivery, digest, document, record, withoutDigest } from '../fakes/images.js'

const SCOPE = 'images refs/heads/main'
const STATE: State = {
  scope: SCOPE,
  records: [record('api'), withoutDigest(record('web'))],
  deliveries: [delivery(record('api')), withoutDigest(delivery(record('web')))],
}
const TEXT = encodeState(STATE)

const HEX = Array.from({ length: 16 }, (_, value) => value.toString(16))
const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...HEX), minLength: digits, maxLength: digits })
const word = fc.string({ unit: CHARACTER, maxLength: 8 })
const mapTo = (values: fc.Arbitrary<string>) =>
  fc.dictionary(
    word.filter((key) => key !== '__proto__'),
    values,
    { noNullPrototype: true },
  )
const map = mapTo(word)

const RECORD: fc.Arbitrary<StateRecord> = fc.record(
  {
    service: word,
    image: word,
    fingerprint: hex(64),
    document: fc.record(
      {
        format: fc.nat(),
        definition: hex(64),
        files: hex(64),
        buildArgs: map,
        options: map,
        contexts: map,
        upstream: mapTo(hex(64).map((digits) => `sha256:${digits}`)),
      },
      { requiredKeys: ['format', 'definition', 'files', 'buildArgs', 'options', 'contexts'] },
    ),
    commit: fc.oneof(hex(40), hex(64)),
    runId: word,
    recordedAt: fc
      .date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString()),
    digest: hex(64).map((digits) => `sha256:${digits}`),
    sizeBytes: fc.nat(),
    durationMs: fc.nat(),
  },
  { requiredKeys: ['service', 'image', 'fingerprint', 'document', 'commit', 'runId', 'recordedAt'] },
)

test('what was encoded is decoded as it was', () => {
  fc.assert(
    fc.property(word, fc.array(RECORD, { maxLength: 4 }), (scope, records) => {
      const state = { scope, records, deliveries: records.map(delivery) }
      expect(decodeState(encodeState(state), scope)).toEqual({ state })
    }),
  )
})

describe('a text is refused', () => {
  test('when any of its bytes is another', () => {
    const bytes = Buffer.from(TEXT, 'utf8')
    const accepted = []
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (bytes[at] ?? 0) ^ 1
      if ('state' in decodeState(changed.toString('utf8'), SCOPE)) accepted.push(at)
    }
    expect(accepted).toEqual([])
  })

  test('wherever it is cut', () => {
    const accepted = []
    for (let end = 0; end < TEXT.length; end++) {
      if ('state' in decodeState(TEXT.slice(0, end), SCOPE)) accepted.push(end)
    }
    expect(accepted).toEqual([])
  })

  test.each([
    ['that holds more', `${TEXT}\n`, 'it is damaged'],
    ['that is empty', '', 'it is not a state file'],
    ['that is something else', '{"scope":""}\n{}', 'it is not a state file'],
    ['of a newer version', TEXT.replace('state 3 ', 'state 4 '), 'its version 4 is not 3'],
    ['without a version', 'smart-image-build-state\n{}', 'its version  is not 3'],
    ['of the version before', TEXT.replace('state 3 ', 'state 2 '), 'its version 2 is not 3'],
    ['with more behind its sum', TEXT.replace('\n', ' x\n'), 'it is damaged'],
    ['without its sum', TEXT.replace(/ [0-9a-f]{64}\n/, '\n'), 'it is damaged'],
    ['of another scope', encodeState({ ...STATE, scope: 'other' }), 'it belongs to another scope'],
    ['that is sealed and no JSON', sealed('{'), 'it is not JSON'],
  ])('%s', (_description, text, problem) => {
    expect(decodeState(text, SCOPE)).toEqual({ problem })
  })
})

describe('a sealed text is refused for', () => {
  test.each<[string, unknown, string]>([
    ['no object', null, 'it is malformed'],
    ['no records', { scope: SCOPE }, 'it is malformed'],
    ['a key too many', { ...STATE, more: 1 }, 'it is malformed'],
    ['a key too many in a record', withRecord({ more: 1 }), 'its record 1 is malformed'],
    ['a fingerprint that is short', withRecord({ fingerprint: 'f' }), 'its record 1 is malformed'],
    ['a fingerprint in capitals', withRecord({ fingerprint: 'F'.repeat(64) }), 'its record 1 is malformed'],
    ['a digest without its algorithm', withRecord({ digest: 'a'.repeat(64) }), 'its record 1 is malformed'],
    ['a digest with more behind it', withRecord({ digest: `${digest('a')}\n` }), 'its record 1 is malformed'],
    ['a digest that is null', withRecord({ digest: null }), 'its record 1 is malformed'],
    ['a commit that is a name', withRecord({ commit: 'main' }), 'its record 1 is malformed'],
    ['a service that is missing', withRecord({ service: undefined }), 'its record 1 is malformed'],
    [
      'a delivery with more',
      { ...STATE, deliveries: [{ ...delivery(record('api')), more: 1 }] },
      'a delivery in it is malformed',
    ],
    [
      'a delivery at no time',
      { ...STATE, deliveries: [{ ...delivery(record('api')), at: 'now' }] },
      'a delivery in it is malformed',
    ],
    ['no deliveries', { scope: SCOPE, records: [] }, 'it is malformed'],
    ['a time in words', withRecord({ recordedAt: 'yesterday' }), 'its record 1 is malformed'],
    ['a size in words', withRecord({ sizeBytes: '1' }), 'its record 1 is malformed'],
    ['a size that is null', withRecord({ sizeBytes: null }), 'its record 1 is malformed'],
    ['a duration in words', withRecord({ durationMs: '1' }), 'its record 1 is malformed'],
    [
      'a document without files',
      withRecord({ document: { ...document(), files: undefined } }),
      'its record 1 is malformed',
    ],
    [
      'a document without contexts',
      withRecord({ document: { ...document(), contexts: undefined } }),
      'its record 1 is malformed',
    ],
    [
      'a digest of an image of others that is none',
      withRecord({ document: document({ upstream: { alpine: 'latest' } }) }),
      'its record 1 is malformed',
    ],
    [
      'images of others that are null',
      withRecord({ document: { ...document(), upstream: null } }),
      'its record 1 is malformed',
    ],
    [
      'an argument that is a number',
      withRecord({ document: document({ buildArgs: { A: 1 as never } }) }),
      'its record 1 is malformed',
    ],
  ])('%s', (_description, value, problem) => {
    expect(decodeState(sealed(JSON.stringify(value)), SCOPE)).toEqual({ problem })
  })
})

function withRecord(change: Readonly<Record<string, unknown>>): unknown {
  return { scope: SCOPE, records: [{ ...record('api'), ...change }], deliveries: [] }
}

/** A body with the header that says it is whole. */
function sealed(body: string): string {
  return `smart-image-build-state 3 ${createHash('sha256').update(body).digest('hex')}\n${body}`
}
