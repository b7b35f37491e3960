import { expect, test } from '@jest/globals'
import { skaffoldArtifacts } from '../../src/report/skaffold.js'
import { asReused, built, DIGEST, failedBuild, planned, service, skipped } from './planned.js'

test('every service with a digest is named by its repository, whether it was rebuilt or reused', () => {
  const outcomes = [built(planned('api')), asReused(planned('web')), failedBuild(planned('worker'), [])]
  expect(JSON.parse(skaffoldArtifacts(outcomes) ?? '')).toEqual({
    builds: [
      { imageName: 'ghcr.io/acme/api', tag: `ghcr.io/acme/api@${DIGEST}` },
      { imageName: 'ghcr.io/acme/web', tag: `ghcr.io/acme/web@${DIGEST}` },
    ],
  })
})

test('a base is deployed nowhere', () => {
  const base = planned('rust-deps', { service: { ...service('rust-deps'), kind: 'base' } })
  expect(skaffoldArtifacts([built(base)])).toBeUndefined()
})

test('a run without digests has no file for Skaffold', () => {
  expect(skaffoldArtifacts([{ kind: 'skipped', image: skipped('api') }])).toBeUndefined()
})
