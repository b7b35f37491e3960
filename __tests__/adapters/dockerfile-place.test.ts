import { describe, expect, test } from '@jest/globals'
import { dockerfilePlace } from '../../src/adapters/dockerfile-place.js'

/** As buildx 0.29 prints it, after what steps printed. */
const LOG = [
  '[1/2] FROM docker.io/library/busybox:1.37',
  '[2/2] RUN false',
  '  Dockerfile:9',
  '  --------------------',
  'Dockerfile:2',
  '--------------------',
  '   1 |     FROM busybox:1.37',
  '   2 | >>> RUN false && \\',
  '   3 | >>>   true busybox:80',
  '--------------------',
  'ERROR: failed to build: failed to solve: process "/bin/sh -c false" did not complete successfully: exit code: 1',
]

test('is where buildx shows the instruction that failed', () => {
  expect(dockerfilePlace(LOG, 'api/Dockerfile')).toEqual({ file: 'api/Dockerfile', line: 2, column: 1 })
})

describe('is not known', () => {
  test.each([
    { description: 'of a log without one', log: LOG.slice(-1), file: 'api/Dockerfile' },
    { description: 'of what only a step printed', log: LOG.slice(0, 4), file: 'api/Dockerfile' },
    { description: 'of another file', log: LOG, file: 'api/worker.Dockerfile' },
    { description: 'of an empty log', log: [], file: 'Dockerfile' },
  ])('$description', ({ log, file }) => {
    expect(dockerfilePlace(log, file)).toBeUndefined()
  })
})
