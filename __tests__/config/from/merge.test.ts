import { describe, expect, test } from '@jest/globals'
import { found, problems, services } from '../../fakes/found-images.js'

describe('the configuration', () => {
  const read = found({
    a: { context: 'a', args: { X: '1', Y: '2' }, labels: { l: '1' }, target: 'run', ssh: ['default'] },
  })

  test.each([
    ['replaces values', 'target: test, ssh: []', { target: 'test', ssh: [], buildArgs: { X: '1', Y: '2' } }],
    ['merges maps', 'build-args: {Y: "3", Z: "4"}', { buildArgs: { X: '1', Y: '3', Z: '4' } }],
    ['merges lines', 'build-args: "Y=3\\nZ=4"', { buildArgs: { X: '1', Y: '3', Z: '4' } }],
    ['merges lists', 'labels: [m=2]', { labels: { l: '1', m: '2' } }],
    ['adds keys', 'platforms: linux/arm64', { platforms: ['linux/arm64'], target: 'run' }],
  ])('%s of an image of that name', (_case, said, build) => {
    expect(services(read, `services: {a: {${said}}}`)[0]?.build).toMatchObject(build)
  })

  test('adds images and puts its defaults under all of them', () => {
    const text = 'defaults: {build-args: {X: "9", W: "8"}, network: none}\nservices: {b: {context: b}}'
    expect(services(read, text)).toMatchObject([
      { name: 'b', build: { buildArgs: { X: '9', W: '8' }, network: 'none' } },
      { name: 'a', build: { buildArgs: { X: '1', Y: '2', W: '8' }, network: 'none' } },
    ])
  })

  test('makes a base of one', () => {
    expect(services(found({ a: {}, b: { context: 'b' } }), 'bases: {a: {network: none}}')).toMatchObject([
      { name: 'a', kind: 'base' },
      { name: 'b', kind: 'service' },
    ])
  })

  test.each([
    ['services: {a: [x]}', '`services.a` must be a map with at least `context`, but is a list'],
    [
      'services: {a: {build-args: {A: [x]}}}',
      '`services.a.build-args.A` must be text, a number, true or false, but is a list',
    ],
    [
      'services: {b: {target: x}}',
      '`services.b` has no `context`; say which folder it is built from, such as `context: b`, or `context: .` for the root',
    ],
    [
      'services: []',
      '`services` must be a map of names to services, but is a list; name at least one service',
    ],
  ])('is checked all the same: %s', (text, problem) => {
    expect(problems(read, text)).toEqual([problem])
  })
})
