import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readShard } from '../../src/config/shard.js'
import type { Failure } from '../../src/model/failure.js'

function read(text: string | undefined): { readonly shard: unknown; readonly messages: readonly string[] } {
  const failures: Failure[] = []
  const shard = readShard(text, failures)
  return { shard, messages: failures.map(({ message }) => message) }
}

const ENTRY = { shard: '1-of-3', images: ['rust-deps', 'api'], minutes: 4.2, runner: 'large' }

describe('the input `shard`', () => {
  test('is an entry of a matrix, whatever else the workflow put into it', () => {
    const shard = { name: '1-of-3', images: ['rust-deps', 'api'] }
    expect(read(JSON.stringify(ENTRY, null, 2))).toEqual({ shard, messages: [] })
    expect(read(JSON.stringify({ ...ENTRY, 'job-index': 2, more: null }))).toEqual({ shard, messages: [] })
  })

  test('need not be given', () => {
    expect(read(undefined)).toEqual({ shard: undefined, messages: [] })
  })

  test.each([
    { text: '1-of-3', why: 'is not JSON' },
    { text: 'null', why: 'has no text under the key `shard`' },
    { text: '[]', why: 'has no text under the key `shard`' },
    { text: '"1-of-3"', why: 'has no text under the key `shard`' },
    { text: '{"images":["api"]}', why: 'has no text under the key `shard`' },
    { text: '{"shard":"a/b","images":["api"]}', why: 'is named "a/b", which cannot be part' },
    { text: '{"shard":"plan","images":["api"]}', why: 'is named "plan", which cannot be part' },
    { text: '{"shard":"1-of-1"}', why: 'has no list of images' },
    // No image would mean all of them.
    { text: '{"shard":"1-of-1","images":[]}', why: 'has no list of images' },
    { text: '{"shard":"1-of-1","images":["api",7]}', why: 'lists images without a name' },
    { text: '{"shard":"1-of-1","images":[""]}', why: 'lists images without a name' },
  ])('$text $why', ({ text, why }) => {
    const { shard, messages } = read(text)
    expect([shard, messages]).toEqual([undefined, [expect.stringContaining(`\`shard\` ${why}`)]])
    expect(messages[0]).toContain('${{ toJSON(matrix) }}')
  })

  test('is refused or understood, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { shard, messages } = read(text)
        expect((shard === undefined ? 0 : 1) + messages.length).toBe(1)
      }),
    )
  })
})
