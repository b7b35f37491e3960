import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ChangeReason, Decision } from '../../src/model/plan.js'
import { decisionText, reasonText } from '../../src/report/reason.js'
import { CHARACTER } from '../fakes/characters.js'
import { digest } from '../fakes/images.js'

const reasons: { reason: ChangeReason; text: string }[] = [
  { reason: { kind: 'no-record' }, text: 'no earlier build is recorded' },
  { reason: { kind: 'forced' }, text: 'forced' },
  { reason: { kind: 'dockerfile' }, text: 'Dockerfile changed' },
  { reason: { kind: 'format' }, text: 'this version computes fingerprints anew' },
  { reason: { kind: 'image-missing' }, text: 'its image does not exist any more' },
  { reason: { kind: 'build-args', names: ['RUST_LOG'] }, text: 'build argument RUST_LOG changed' },
  {
    reason: { kind: 'build-args', names: ['A', 'B', 'C', 'D'] },
    text: 'build arguments A, B and 2 more changed',
  },
  { reason: { kind: 'options', names: ['platforms'] }, text: 'build option platforms changed' },
  { reason: { kind: 'options', names: [] }, text: 'build options changed' },
  {
    reason: { kind: 'upstream', ref: 'alpine:3', from: digest('a'), to: digest('b') },
    text: 'image alpine:3 moved from aaaaaaaaaaaa to bbbbbbbbbbbb',
  },
  {
    reason: { kind: 'upstream', ref: 'alpine', to: digest('b') },
    text: 'image alpine counts now, as bbbbbbbbbbbb',
  },
  { reason: { kind: 'upstream', ref: 'alpine', from: digest('b') }, text: 'image alpine counts no more' },
  { reason: { kind: 'files' }, text: 'files changed' },
  { reason: { kind: 'files', added: 0, modified: 0, removed: 0, paths: [] }, text: 'files changed' },
  { reason: { kind: 'files', paths: ['a'] }, text: 'files changed: a' },
  { reason: { kind: 'files', modified: 1, paths: ['a.rs'] }, text: '1 file modified: a.rs' },
  { reason: { kind: 'files', added: 0, removed: 2, paths: ['a', 'b'] }, text: '2 files removed: a, b' },
  { reason: { kind: 'files', added: 40 }, text: '40 files added' },
  {
    reason: {
      kind: 'files',
      added: 1,
      modified: 2,
      removed: 0,
      paths: ['backend/a.rs', 'backend/b.rs', 'c'],
    },
    text: '3 files changed: backend/a.rs, backend/b.rs and 1 more (1 added, 2 modified)',
  },
  {
    reason: { kind: 'files', added: 300, modified: 2, removed: 1, paths: ['a', 'b', 'c'] },
    text: '303 files changed: a, b and 301 more (300 added, 2 modified, 1 removed)',
  },
  {
    reason: { kind: 'files', added: 1, paths: [`${'deep/'.repeat(40)}a.rs`] },
    text: `1 file added: …${'deep/'.repeat(40)}a.rs`.replace(/….*(.{59})$/u, '…$1'),
  },
  { reason: { kind: 'files', added: 1, paths: ['a\nb\u001b[31m'] }, text: '1 file added: a\\nb\\x1b[31m' },
]

test.each(reasons)('a reason reads "$text"', ({ reason, text }) => {
  expect(reasonText(reason)).toBe(text)
})

const decisions: { decision: Decision; text: string }[] = [
  { decision: { kind: 'skip' }, text: 'not asked for' },
  { decision: { kind: 'reuse', found: 'record' }, text: 'unchanged since its last build' },
  { decision: { kind: 'reuse', found: 'registry' }, text: 'the registry has an image of this content' },
  { decision: { kind: 'reuse', found: 'engine' }, text: 'this Docker has an image of this content' },
  { decision: { kind: 'reuse', found: 'layout' }, text: 'an image of this content is kept' },
  {
    decision: { kind: 'rebuild', reasons: [{ kind: 'dockerfile' }, { kind: 'build-args', names: ['X'] }] },
    text: 'Dockerfile changed; build argument X changed',
  },
]

test.each(decisions)('a decision reads "$text"', ({ decision, text }) => {
  expect(decisionText(decision)).toBe(text)
})

describe('whatever a path is called', () => {
  test('its reason stays one printable line of bounded length', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: CHARACTER, maxLength: 400 }), { maxLength: 20 }), (paths) => {
        const text = reasonText({ kind: 'files', added: paths.length, paths })
        expect(text).not.toMatch(/\p{Cc}|\p{Zl}|\p{Zp}|\p{Cs}/u)
        expect(text).not.toContain('##[')
        expect(Array.from(text).length).toBeLessThan(200)
      }),
    )
  })
})
