import { expect, test } from '@jest/globals'
import type { FingerprintDocument } from '../../src/model/fingerprint.js'
import type { ChangeReason } from '../../src/model/plan.js'
import { diff } from '../../src/plan/diff.js'
import { document } from '../fakes/images.js'

type Change = Partial<FingerprintDocument>

test.each<[string, Change, Change, ChangeReason[]]>([
  ['nothing', {}, {}, []],
  ['the Dockerfile', { definition: '0' }, {}, [{ kind: 'dockerfile' }]],
  ['the files', { files: '0' }, {}, [{ kind: 'files' }]],
  [
    'a value of a build argument',
    { buildArgs: { A: '0' } },
    { buildArgs: { A: '1' } },
    [{ kind: 'build-args', names: ['A'] }],
  ],
  [
    'a new and a lost build argument',
    { buildArgs: { B: '0' } },
    { buildArgs: { A: '0' } },
    [{ kind: 'build-args', names: ['A', 'B'] }],
  ],
  ['the order of build arguments', { buildArgs: { A: '0', B: '1' } }, { buildArgs: { B: '1', A: '0' } }, []],
  ['an option', { options: { labels: '[]' } }, {}, [{ kind: 'options', names: ['labels'] }]],
  [
    'a named context',
    { contexts: { base: 'docker-image://a' } },
    {},
    [{ kind: 'contexts', names: ['base'] }],
  ],
  [
    'an image of others that moved, came and went',
    { upstream: { a: '0', b: '1', gone: '2', same: '3' } },
    { upstream: { b: '0', a: '1', new: '2', same: '3' } },
    [
      { kind: 'upstream', ref: 'a', from: '0', to: '1' },
      { kind: 'upstream', ref: 'b', from: '1', to: '0' },
      { kind: 'upstream', ref: 'gone', from: '2' },
      { kind: 'upstream', ref: 'new', to: '2' },
    ],
  ],
  ['tracking, now that it is on', {}, { upstream: { a: '0' } }, [{ kind: 'upstream', ref: 'a', to: '0' }]],
  [
    'much at once',
    { definition: '0', files: '0', buildArgs: { A: '' }, options: { sbom: '' } },
    {},
    [
      { kind: 'dockerfile' },
      { kind: 'files' },
      { kind: 'build-args', names: ['A'] },
      { kind: 'options', names: ['sbom'] },
    ],
  ],
  ['the format, which says nothing about the rest', { format: 1, files: '0' }, {}, [{ kind: 'format' }]],
])('a difference in %s', (_description, before, ...[after, reasons]) => {
  expect(diff(document(before), document(after))).toEqual(reasons)
})
