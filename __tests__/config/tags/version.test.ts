import { describe, expect, test } from '@jest/globals'
import type { TagFacts } from '../../../src/config/tags/facts.js'
import { resolveTags } from '../../../src/config/tags.js'
import { valueOf } from '../../fakes/images.js'

const FACTS: TagFacts = { commit: 'c0ffee'.repeat(7).slice(0, 40), now: 0, isScheduled: false }

function onTag(name: string): TagFacts {
  return { ...FACTS, ref: `refs/tags/${name}` }
}

function names(rules: readonly string[], facts: TagFacts): string[] {
  return valueOf(resolveTags(rules, facts)).map(({ name }) => name)
}

/** Compared with the real metadata-action v6. */
describe('`type=semver` and `type=match`', () => {
  test.each([
    ['v1.2.3', 'pattern={{version}}', ['1.2.3']],
    ['v1.2.3', 'pattern={{raw}}', ['v1.2.3']],
    ['v1.2.3', 'pattern={{major}}.{{minor}}', ['1.2']],
    ['v1.2.3', 'pattern=v{{major}}', ['v1']],
    ['v1.2.3', 'pattern={{patch}}', ['3']],
    ['v1.2.3', 'pattern=v{{version}},prefix=p-,suffix=-s', ['p-v1.2.3-s']],
    ['1.2.3+b.5', 'pattern={{version}}', ['1.2.3']],
    ['1.2.3+b.5', 'pattern={{raw}}', ['1.2.3-b.5']],
    ['v2.0.8-beta.67', 'pattern={{raw}}', ['v2.0.8-beta.67']],
    ['v2.0.8-beta.67', 'pattern={{version}}', ['2.0.8-beta.67']],
    ['v2.0.8-beta.67', 'pattern={{major}}.{{minor}}', ['2.0.8-beta.67']],
    ['v2.0.8-beta.67', 'pattern=v{{major}}', ['2.0.8-beta.67']],
    ['v2.0.8-beta.67', 'pattern=v{{raw}}', ['2.0.8-beta.67']],
    ['v1.2', 'pattern={{version}}', []],
    ['v01.2.3', 'pattern={{version}}', []],
    ['v1.2.3-01', 'pattern={{version}}', []],
    ['release1', 'pattern={{version}}', []],
    ['p1/v1.2.3', 'pattern={{version}}', []],
    ['p1/v1.2.3', String.raw`pattern={{version}},match=v(\d.\d.\d)$`, ['1.2.3']],
    ['v1.2.3-rc.1', String.raw`pattern={{version}},match=v(\d.\d.\d)$`, ['1.2.3-rc.1']],
    ['v1.2.3', 'pattern={{version}},value=v4.5.6', ['4.5.6']],
    ['v1.2.3', 'pattern={{version}},value=', ['1.2.3']],
    ['v1.2.3', 'pattern={{version}},value={{tag}}', ['1.2.3']],
  ])('on the tag %s, `type=semver,%s` gives %j', (tag, attributes, tags) => {
    expect(names([`type=semver,${attributes}`], onTag(tag))).toEqual(tags)
  })

  test.each([
    ['v1.2.3', String.raw`pattern=\d.\d.\d`, ['1.2.3']],
    ['v2.0.8-beta.67', 'pattern=v(.*),group=1', ['2.0.8-beta.67']],
    ['p1/v1.2.3', String.raw`pattern=p1/v(\d.\d.\d),group=1`, ['1.2.3']],
    ['v1.2.3', String.raw`pattern=/V(\d)/i,group=1`, ['1']],
    ['v1', 'pattern=v1(x)?,group=1', []],
    ['release1', 'pattern=v(.*)', []],
    ['x', 'pattern=v(.*),group=1,value=v1.0.0', ['1.0.0']],
  ])('on the tag %s, `type=match,%s` gives %j', (tag, attributes, tags) => {
    expect(names([`type=match,${attributes}`], onTag(tag))).toEqual(tags)
  })

  test.each(['type=semver,pattern={{version}}', 'type=match,pattern=.*'])('%s needs a tag', (rule) => {
    expect(names([rule], { ...FACTS, ref: 'refs/heads/v1.2.3' })).toEqual([])
    expect(names([rule], { ...onTag('v1.2.3'), pullRequest: 7 })).toEqual([])
  })

  test('`latest` is not implied', () => {
    expect(names(['type=semver,pattern={{version}}', 'type=ref,event=tag'], onTag('1.0.0'))).toEqual([
      '1.0.0',
    ])
  })
})
