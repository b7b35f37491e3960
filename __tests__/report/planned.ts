import type { BuildStatus } from '../../src/model/build-status.js'
import type { Notice } from '../../src/model/failure.js'
import type { Outcome, RunResult } from '../../src/model/outcome.js'
import type { ChangeReason, PlannedImage } from '../../src/model/plan.js'
import type { Service } from '../../src/model/service.js'
import type { StateRecord } from '../../src/model/state.js'

export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`
export const COMMIT = 'c0ffee'.repeat(7).slice(0, 40)

export const STARTED = '2026-11-21T12:00:00.000Z'

/** Of a build that tells nothing of itself. */
const STATUS: BuildStatus = { steps: 0, done: 0, cached: 0, contextBytes: 0, pushedBytes: 0 }

const DOCUMENT = { format: 1, definition: 'd', files: 'f', buildArgs: {}, options: {}, contexts: {} }

/** A changed service that is to be rebuilt because of its Dockerfile, unless `given` says otherwise. */
export function planned(name: string, given: Partial<PlannedImage> = {}): PlannedImage {
  return {
    service: service(name),
    parents: {},
    fingerprint: { document: DOCUMENT, digest: 'f'.repeat(64), fileCount: 12 },
    decision: { kind: 'rebuild', reasons: [{ kind: 'dockerfile' }] },
    changed: true,
    ...given,
  }
}

export function rebuilt(name: string, ...reasons: ChangeReason[]): PlannedImage {
  return planned(name, { decision: { kind: 'rebuild', reasons } })
}

export function reused(name: string, changed = false): PlannedImage {
  return planned(name, { changed, decision: { kind: 'reuse', digest: DIGEST, found: 'record' } })
}

export function skipped(name: string): PlannedImage {
  return planned(name, { changed: false, decision: { kind: 'skip' } })
}

export function service(name: string, matrix: Service['matrix'] = {}): Service {
  return {
    name,
    context: name,
    file: `${name}/Dockerfile`,
    image: { registry: 'ghcr.io', repository: `acme/${name}` },
    tags: [],
    paths: [],
    ignore: [],
    generated: {},
    kind: 'service',
    needs: [],
    trackUpstream: 'never',
    build: {
      buildArgs: {},
      contexts: {},
      labels: {},
      annotations: [],
      secrets: [],
      secretIds: [],
      ssh: [],
      attests: [],
      addHosts: [],
      ulimit: [],
      allow: [],
      volatileArgs: [],
      noCache: false,
      noCacheFilters: [],
      cacheFrom: [],
      cacheTo: [],
    },
    matrix,
  }
}

export function recordOf(name: string, durationMs: number): StateRecord {
  return {
    service: name,
    image: `ghcr.io/acme/${name}`,
    fingerprint: 'e'.repeat(64),
    document: DOCUMENT,
    commit: 'b'.repeat(40),
    runId: '7',
    durationMs,
    recordedAt: '2026-08-01T10:00:00.000Z',
  }
}

export function built(image: PlannedImage, durationMs = 12_340, status = STATUS): Outcome {
  return { kind: 'built', parents: {}, image, digest: DIGEST, startedAt: STARTED, durationMs, status }
}

/** Pushed, with so many bytes, and so many at the last time. */
export function sized(outcome: Outcome, sizeBytes: number, before?: number): Outcome {
  if (outcome.kind !== 'built') return outcome
  const { name } = outcome.image.service
  const record = before === undefined ? undefined : { ...recordOf(name, 1000), sizeBytes: before }
  return { ...outcome, sizeBytes, image: { ...outcome.image, ...(record && { record }) } }
}

export function failedBuild(image: PlannedImage, log: readonly string[]): Outcome {
  return {
    kind: 'failed',
    image,
    failure: { kind: 'build-failed', message: 'the build ended with code 1', log, cause: 'code', tail: [] },
  }
}

export function asReused(image: PlannedImage): Outcome {
  return { kind: 'reused', image, digest: DIGEST }
}

/** A run of mode `plan`. */
export function planOf(images: readonly PlannedImage[], notices: readonly Notice[] = []): RunResult {
  return { plan: { commit: COMMIT, images }, notices, durationMs: 150 }
}

/** A run of mode `build`. */
export function runOf(outcomes: readonly Outcome[], notices: readonly Notice[] = []): RunResult {
  const images = outcomes.map((outcome) => outcome.image)
  return { plan: { commit: COMMIT, images }, outcomes, notices, durationMs: 15_000 }
}
