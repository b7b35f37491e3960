import { describe, expect, test } from '@jest/globals'
import { fullName, type ImageName } from '../../src/model/service.js'
import { describeImageRegistry, type RegistryUnderTest } from '../contracts/image-registry.js'
import { builtDigest } from './fake-builder.js'
import { FakeRegistry } from './fake-registry.js'

const IMAGE: ImageName = { registry: 'registry.example', repository: 'acme/api' }
const NAME = fullName(IMAGE)

describeImageRegistry('the fake', () => {
  const registry = new FakeRegistry()
  let pushed = 0
  const push: RegistryUnderTest['push'] = ({ tag, ...content } = {}) => {
    const digest = builtDigest(String(++pushed))
    registry.push(`${NAME}:${tag ?? 'untagged'}`, digest, content)
    if (tag === undefined) registry.removeTag(IMAGE, 'untagged')
    return Promise.resolve(digest)
  }
  return Promise.resolve({
    registry,
    image: IMAGE,
    push,
    pushIndex: (children, tag) => {
      const digest = builtDigest(String(++pushed))
      registry.push(`${NAME}:${tag}`, digest, { children })
      return Promise.resolve(digest)
    },
    remove: (digest) => {
      registry.remove(IMAGE, digest)
      return Promise.resolve()
    },
    digestAt: (tag) => Promise.resolve(registry.manifests.get(`${NAME}:${tag}`)),
    become: (mood) => {
      if (mood === 'immutable') registry.immutable.add(NAME)
      registry.isClosed = mood === 'closed'
      registry.outage = mood === 'down' ? 'HTTP 503' : undefined
    },
    puts: () => registry.puts.map((reference) => reference.slice(NAME.length + 1)),
    close: () => Promise.resolve(),
  })
})

describe('a fault of the fake', () => {
  test('meets the operations it is for, and no others', async () => {
    const registry = new FakeRegistry()
    const digest = builtDigest('1')
    registry.push(`${NAME}:v1`, digest)
    const asked: string[] = []
    registry.fault = (operation) => {
      asked.push(operation)
      return operation === `put ${NAME}:b` ? 'HTTP 503' : undefined
    }
    expect(await registry.point(IMAGE, digest, ['a', 'b', 'c'])).toMatchObject({
      moved: ['a', 'c'],
      refused: [{ kind: 'failed', reference: 'b', failure: { message: 'HTTP 503' } }],
    })
    expect(registry.tagsOf(IMAGE)).toEqual(['v1', 'a', 'c'])
    expect(asked).toEqual([
      `point ${NAME}@${digest} a b c`,
      ...['a', 'b', 'c'].map((tag) => `put ${NAME}:${tag}`),
    ])
  })
})
