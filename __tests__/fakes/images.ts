import { expect } from '@jest/globals'
import { createHash } from 'node:crypto'
import { PLAIN_BUILD } from '../../src/config/draft.js'
import type { BuildStatus } from '../../src/model/build-status.js'
import type { Failure, Result } from '../../src/model/failure.js'
import type { Fingerprint, FingerprintDocument } from '../../src/model/fingerprint.js'
import type { Decision, PlannedImage } from '../../src/model/plan.js'
import type { RunContext, RunRequest } from '../../src/model/request.js'
import { type BuildOptions, fullName, type Service } from '../../src/model/service.js'
import type { TreeEntry } from '../../src/model/snapshot.js'
import type { DeliveredImage, StateRecord } from '../../src/model/state.js'

export const COMMIT = 'c0ffee'.repeat(7).slice(0, 40)

/** A digest as registries give them, told apart by one hex digit. */
export function digest(digit: string): string {
  return `sha256:${digit.repeat(64)}`
}

/** Of a build that tells nothing of itself. */
export const STATUS: BuildStatus = { steps: 0, done: 0, cached: 0, contextBytes: 0, pushedBytes: 0 }

type ServiceChanges = Partial<Omit<Service, 'build'>> & { readonly build?: Partial<BuildOptions> }

/** A service whose context is the folder of its name. */
export function service(name: string, given: ServiceChanges = {}): Service {
  return {
    kind: 'service',
    needs: [],
    name,
    context: name,
    file: `${name}/Dockerfile`,
    image: { registry: 'ghcr.io', repository: `acme/${name}` },
    tags: [],
    paths: [],
    ignore: [],
    generated: {},
    matrix: {},
    trackUpstream: 'never',
    ...given,
    build: { ...PLAIN_BUILD, ...given.build },
  }
}

export function document(given: Partial<FingerprintDocument> = {}): FingerprintDocument {
  return {
    format: 2,
    definition: 'd'.repeat(64),
    files: 'f'.repeat(64),
    buildArgs: {},
    options: {},
    contexts: {},
    ...given,
  }
}

/** A fingerprint told apart by one hex digit. */
export function fingerprint(digit = '1', given: Partial<FingerprintDocument> = {}): Fingerprint {
  return { document: document(given), digest: digit.repeat(64), fileCount: 3 }
}

/** The record of a pushed image with fingerprint `1…` and digest `a…`. */
export function record(name: string, given: Partial<StateRecord> = {}): StateRecord {
  return {
    service: name,
    image: fullName(service(name).image),
    fingerprint: fingerprint().digest,
    document: document(),
    digest: digest('a'),
    commit: 'b'.repeat(40),
    runId: '7',
    durationMs: 4200,
    recordedAt: '2026-08-01T10:00:00.000Z',
    ...given,
  }
}

/** What a run that came to its end offered of what it recorded. */
export function delivery({
  service,
  image,
  fingerprint,
  digest,
  runId,
  recordedAt,
}: StateRecord): DeliveredImage {
  return { service, image, fingerprint, runId, at: recordedAt, ...(digest !== undefined && { digest }) }
}

export function withoutDigest<T extends { readonly digest?: string }>(entry: T): T {
  const rest: { -readonly [K in keyof T]: T[K] } = { ...entry }
  delete rest.digest
  return rest
}

export function planned(name: string, decision: Decision, given: Partial<PlannedImage> = {}): PlannedImage {
  return {
    ...{ service: service(name), parents: {}, fingerprint: fingerprint(), decision, changed: true },
    ...given,
  }
}

export const REBUILD: Decision = { kind: 'rebuild', reasons: [{ kind: 'no-record' }] }

export function request(given: Partial<RunRequest> = {}): RunRequest {
  return {
    mode: 'build',
    services: [],
    force: { kind: 'none' },
    inputsFrom: 'auto',
    push: false,
    load: false,
    tags: [],
    maxParallel: 4,
    maxShortParallel: 4,
    maxJobs: 8,
    failFast: false,
    layerCache: { kind: 'none', write: 'auto' },
    noCache: false,
    pull: false,
    allowDirty: false,
    exitCode: false,
    advise: false,
    localOnly: false,
    detect: 'content',
    secrets: [],
    waitMs: 0,
    ...given,
  }
}

export function context(given: Partial<RunContext> = {}): RunContext {
  return {
    trigger: { kind: 'push' },
    ref: 'refs/heads/main',
    defaultBranch: 'main',
    runId: '100',
    stateScope: 'images refs/heads/main',
    defaultPlatform: 'linux/amd64',
    variables: {},
    ...given,
  }
}

/** A file whose object id is made from a word: the same word is the same content. */
export function file(path: string, content: string, mode = '100644'): TreeEntry {
  return { mode, path, id: objectId(content) }
}

export function objectId(content: string): string {
  return createHash('sha1').update(content, 'utf8').digest('hex')
}

/** The value of a result that has one. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failures.map((failure) => failure.message).join('\n'))
  return result.value
}

/** The failures of a result that has no value. */
export function failuresOf(result: Result<unknown>): readonly Failure[] {
  if (result.ok) throw new Error(`A value: ${JSON.stringify(result.value)}`)
  expect(result.failures).not.toEqual([])
  return result.failures
}

export function messagesOf(result: Result<unknown>): string[] {
  return failuresOf(result).map((failure) => failure.message)
}
