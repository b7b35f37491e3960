import type { PlannedImage } from '../src/model/plan.js'
import type { Service } from '../src/model/service.js'
import { PLAIN_BUILD } from '../src/config/draft.js'

const MEDIAN_SERVICE_MS = 60_000
const MEDIAN_BASE_MS = 120_000
/** Of the logarithm: one build in six takes more than 2.2 times the median, one in forty more than 4.9 times. */
const SPREAD = 0.8
const SERVICES_OF_A_BASE = 20

/**
 * Services that are all to be rebuilt, with durations as a run would have recorded them: log-normal, as most builds are
 * short and a few are very long. With bases each service starts from one, twenty from the same.
 * The same seed gives the same history.
 */
export function history(services: number, withBases: boolean, seed = 1): readonly PlannedImage[] {
  const random = mulberry32(seed)
  const bases = Array.from({ length: Math.ceil(services / SERVICES_OF_A_BASE) }, (_, at) =>
    image({ kind: 'base', name: `base-${at}`, durationMs: logNormal(MEDIAN_BASE_MS, random) }),
  )
  const others = Array.from({ length: services }, (_, at) =>
    image({
      ...{ kind: 'service', name: `service-${at}`, durationMs: logNormal(MEDIAN_SERVICE_MS, random) },
      ...(withBases && { parent: `base-${at % bases.length}` }),
    }),
  )
  return withBases ? [...bases, ...others] : others
}

interface Given extends Pick<Service, 'kind' | 'name'> {
  readonly durationMs: number
  readonly parent?: string
}

function image({ kind, name, durationMs, parent }: Given): PlannedImage {
  const digest = '0'.repeat(64)
  const document = { format: 1, definition: digest, files: digest, buildArgs: {}, options: {}, contexts: {} }
  return {
    service: {
      ...{ kind, name, context: name, file: `${name}/Dockerfile`, image: { repository: name }, tags: [] },
      ...{ paths: [], ignore: [], generated: {}, build: PLAIN_BUILD, needs: [], trackUpstream: 'never' },
      matrix: {},
    },
    parents: parent === undefined ? {} : { [parent]: parent },
    fingerprint: { document, digest, fileCount: 1 },
    decision: { kind: 'rebuild', reasons: [{ kind: 'forced' }] },
    changed: kind === 'service',
    record: {
      ...{ service: name, image: name, fingerprint: digest, document, commit: '0'.repeat(40), runId: '1' },
      ...{ durationMs, recordedAt: '2026-11-01T00:00:00.000Z' },
    },
  }
}

/** Box and Muller. */
function logNormal(median: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Math.round(median * Math.exp(SPREAD * normal))
}

/** Numbers from 0 to below 1, the same on every machine (Tommy Ettinger's generator of 32 bits). */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
