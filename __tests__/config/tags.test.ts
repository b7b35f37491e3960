import { describe, expect, test } from '@jest/globals'
import { DEFAULT_TAG_RULES, resolveTags, type TagFacts } from '../../src/config/tags.js'
import { failuresOf, messagesOf, valueOf } from '../fakes/images.js'

const COMMIT = 'c0ffee0123456789'.repeat(3).slice(0, 40)
const BRANCH: TagFacts = { commit: COMMIT, ref: 'refs/heads/main' }
const TAG: TagFacts = { commit: COMMIT, ref: 'refs/tags/v1.2.0' }
const PULL: TagFacts = { commit: COMMIT, ref: 'refs/pull/7/merge', pullRequest: 7 }
const DETACHED: TagFacts = { commit: COMMIT }

test.each<[string, TagFacts, string[]]>([
  ['on a branch', BRANCH, ['sha-c0ffee0', 'main']],
  ['on a tag', TAG, ['sha-c0ffee0', 'v1.2.0']],
  ['in a pull request', PULL, ['sha-c0ffee0', 'pr-7']],
  ['on a detached checkout', DETACHED, ['sha-c0ffee0']],
])('the default rules %s', (_description, facts, tags) => {
  expect(valueOf(resolveTags(DEFAULT_TAG_RULES, facts))).toEqual(tags)
})

describe('a rule', () => {
  test.each<[string, TagFacts, string[]]>([
    ['latest', BRANCH, ['latest']],
    ['v1.2_3-x', BRANCH, ['v1.2_3-x']],
    ['type=sha', BRANCH, ['sha-c0ffee0']],
    ['type=sha,format=long', BRANCH, [`sha-${COMMIT}`]],
    ['type=sha,prefix=', BRANCH, ['c0ffee0']],
    ['type=sha,prefix=git-,suffix=-amd64', BRANCH, ['git-c0ffee0-amd64']],
    ['type=ref,event=branch', BRANCH, ['main']],
    ['type=ref,event=branch', TAG, []],
    ['type=ref,event=branch', PULL, []],
    ['type=ref,event=tag', TAG, ['v1.2.0']],
    ['type=ref,event=tag', BRANCH, []],
    ['type=ref,event=pr', PULL, ['pr-7']],
    ['type=ref,event=pr', BRANCH, []],
    ['type=ref,event=pr,prefix=', PULL, ['7']],
    ['type=raw,value=edge', BRANCH, ['edge']],
    ['type=raw,value=edge,enable=true', BRANCH, ['edge']],
    ['type=raw,value=edge,enable=false', BRANCH, []],
    ['type=raw,value=', BRANCH, []],
    ['value=edge', BRANCH, ['edge']],
    [' type = raw , value = edge ', BRANCH, ['edge']],
  ])('%s', (rule, facts, tags) => {
    expect(valueOf(resolveTags([rule], facts))).toEqual(tags)
  })
})

describe('a branch becomes a tag', () => {
  test.each([
    ['feature/login', 'feature-login'],
    ['a//b?c', 'a-b-c'],
    ['../x', 'x'],
    ['.hidden', 'hidden'],
    ['Größe', 'Gr-e'],
    ['x'.repeat(200), 'x'.repeat(128)],
  ])('%s', (branch, tag) => {
    const facts = { commit: COMMIT, ref: `refs/heads/${branch}` }
    expect(valueOf(resolveTags(['type=ref,event=branch'], facts))).toEqual([tag])
  })

  test('or none when nothing of it could be in one', () => {
    const facts = { commit: COMMIT, ref: 'refs/heads/日本' }
    expect(valueOf(resolveTags(['type=ref,event=branch'], facts))).toEqual([])
  })
})

test('tags are in the order of the rules, each once', () => {
  const rules = ['b', 'type=ref,event=branch', 'a', 'main', 'b']
  expect(valueOf(resolveTags(rules, BRANCH))).toEqual(['b', 'main', 'a'])
})

describe('a rule is refused', () => {
  test.each([
    ['type=semver,pattern={{version}}', '`type=semver` is not supported by this version yet'],
    ['type=schedule', '`type=schedule` is not supported by this version yet'],
    ['type=branch', '`type=branch` is not one of sha, ref, raw'],
    ['type=ref', '`type=ref` needs `event=branch`, `event=tag` or `event=pr`'],
    ['type=ref,event=push', '`type=ref` needs `event=branch`, `event=tag` or `event=pr`'],
    ['type=raw', '`type=raw` needs `value=`'],
    ['type=raw,edge', '`edge` is not key=value'],
    ['type=sha,enable=yes', '`enable` is `true` or `false`'],
    ['a/b', '`a/b` is not a valid tag'],
    ['-a', '`-a` is not a valid tag'],
    ['a b', '`a b` is not a valid tag'],
    ['latest\n', '`latest\n` is not a valid tag'],
    ['x'.repeat(129), `\`${'x'.repeat(129)}\` is not a valid tag`],
    ['fp-0123456789abcdef0123456789abcdef', 'tags of this form are kept for fingerprints'],
    [
      'type=raw,value=0123456789abcdef0123456789abcdef,prefix=lock-',
      'tags of this form are kept for fingerprints',
    ],
    ['try-0123456789abcdef0123456789abcdef', 'tags of this form are kept for fingerprints'],
  ])('%j', (rule, problem) => {
    expect(failuresOf(resolveTags([rule], BRANCH))).toEqual([
      { kind: 'usage', message: `tags: rule \`${rule}\`: ${problem}` },
    ])
  })

  test('with all others that are, at once', () => {
    expect(messagesOf(resolveTags(['a/b', 'ok', 'type=x'], BRANCH))).toHaveLength(2)
  })
})
