import type { Outcome, RunResult } from '../../src/model/outcome.js'
import type { ChangeReason, PlannedImage } from '../../src/model/plan.js'
import {
  asReused,
  built,
  failedBuild,
  planned,
  rebuilt,
  recordOf,
  reused,
  runOf,
  service,
  sized,
  STARTED,
} from './planned.js'

const MINUTE = 60_000

/** A base that the others of a small shop start from. */
export function base(name: string, given: Partial<PlannedImage> = {}): PlannedImage {
  return planned(name, { service: { ...service(name), kind: 'base' }, changed: false, ...given })
}

/** The build began so many seconds after the first one. */
export function builtAt(seconds: number, outcome: Outcome): Outcome {
  if (outcome.kind !== 'built' && outcome.kind !== 'failed') return outcome
  return { ...outcome, startedAt: new Date(Date.parse(STARTED) + seconds * 1000).toISOString() }
}

function status(steps: number, cached: number, contextBytes = 0, pushedBytes = 0) {
  return { steps, done: steps, cached, contextBytes, pushedBytes }
}

/** Reused, and built in so many seconds when it was built last. */
function known(name: string, seconds: number): Outcome {
  const record = { ...recordOf(name, seconds * 1000), sizeBytes: seconds * 1_000_000 }
  return asReused({ ...reused(name), record })
}

function run(
  outcomes: readonly Outcome[],
  given: Partial<RunResult> & { readonly minutes: number },
): RunResult {
  const { minutes, ...others } = given
  const result = runOf(outcomes)
  return {
    ...result,
    plan: { ...result.plan, base: 'b'.repeat(40) },
    durationMs: minutes * MINUTE,
    ...others,
  }
}

function nothingChanged(): RunResult {
  return run(
    [known('rust-deps', 312), known('backend', 95), known('frontend', 61.5), asReused(reused('migrations'))],
    { minutes: 0.03 },
  )
}

function allChanged(): RunResult {
  const parents = { 'rust-deps': 'rust-deps' }
  const deps = base('rust-deps', {
    decision: { kind: 'rebuild', reasons: [{ kind: 'lockfile', path: 'Cargo.lock' }] },
  })
  const from = (name: string, ...reasons: ChangeReason[]) => ({
    ...rebuilt(name, { kind: 'base', name: 'rust-deps' }, ...reasons),
    parents,
  })
  const files: ChangeReason = {
    kind: 'files',
    modified: 2,
    paths: ['backend/src/main.rs', 'backend/src/db.rs'],
  }
  return run(
    [
      sized(builtAt(0, built(deps, 141_000, status(6, 1, 41_200, 212_000_000))), 214_300_000),
      sized(
        builtAt(141.5, built(from('backend', files), 38_400, status(9, 7, 18_300, 12_400_000))),
        ...([226_700_000, 225_500_000] as const),
      ),
      sized(
        builtAt(141.5, built(from('worker'), 33_100, status(8, 7, 900, 11_100_000))),
        ...([225_400_000, 225_700_000] as const),
      ),
      builtAt(
        0.1,
        built(rebuilt('frontend', { kind: 'dockerfile', lines: [3, 4] }), 72_600, status(12, 5, 2_400_000)),
      ),
      builtAt(74.2, built(rebuilt('docs', { kind: 'build-args', names: ['NODE_ENV'] }), 9_800)),
    ],
    { minutes: 3.02 },
  )
}

const LOG = [
  '[build 4/5] RUN cargo build --release',
  '     Compiling backend v0.3.1 (/src/backend)',
  '  error[E0308]: mismatched types',
  '    --> src/main.rs:41:9',
  '     |',
  '  41 |         "8080"',
  '     |         ^^^^^^ expected `u16`, found `&str`',
  '  error: could not compile `backend` (bin "backend") due to 1 previous error',
  'Dockerfile:12',
  '--------------------',
  '  12 | >>> RUN cargo build --release',
  '--------------------',
  'ERROR: failed to build: failed to solve: process "/bin/sh -c cargo build --release" did not complete successfully: exit code: 101',
]

function oneFailed(): RunResult {
  const files: ChangeReason = { kind: 'files', modified: 1, paths: ['rust-deps/src/lib.rs'] }
  const deps = base('rust-deps', { decision: { kind: 'rebuild', reasons: [files] } })
  const parents = { 'rust-deps': 'rust-deps' }
  const blocked = (name: string): Outcome => ({
    kind: 'blocked',
    image: { ...rebuilt(name, { kind: 'base', name: 'rust-deps' }), parents },
    by: 'rust-deps',
  })
  const message =
    'rust-deps: failed to build: failed to solve: process "/bin/sh -c cargo build --release" did not complete successfully: exit code: 101'
  const place = { file: 'rust-deps/Dockerfile', line: 12, column: 1 }
  const failure = {
    kind: 'build-failed',
    message,
    cause: 'code',
    log: LOG,
    tail: LOG.slice(2, 8),
    place,
  } as const
  return run(
    [
      { ...builtAt(0, { ...failedBuild(deps, LOG), failure } as Outcome), durationMs: 52_300 } as Outcome,
      blocked('backend'),
      blocked('worker'),
      builtAt(
        0.2,
        built(
          rebuilt('frontend', { kind: 'files', added: 1, paths: ['frontend/src/cart.ts'] }),
          41_000,
          status(12, 9, 2_400_000, 3_100_000),
        ),
      ),
      known('docs', 12),
      known('auth', 48.2),
    ],
    {
      minutes: 0.9,
      notices: [{ message: 'The Actions cache did not answer; records of this run are not kept' }],
    },
  )
}

function thousandServices(): RunResult {
  const name = (index: number) => `service-${String(index).padStart(4, '0')}`
  const outcomes = Array.from({ length: 1000 }, (_, index): Outcome => {
    if (index % 10 !== 0) return known(name(index), 20 + (index % 50))
    const path = `services/${name(index)}/src/handlers/main.go`
    const image = rebuilt(name(index), { kind: 'files', modified: 1, paths: [path] })
    return builtAt(
      index / 2,
      built(image, 15_000 + (index % 70) * 1000, status(9, index % 9, 50_000, 4_000_000)),
    )
  })
  return run(outcomes, { minutes: 11 })
}

/** What a folder, and with it a service without configuration, may be called. */
const HOSTILE = [
  'a"b;c:d#e',
  'end',
  'title %% comment',
  '%%{init: {"theme": "dark"}}%%',
  '`code` | pipe \\| <b>bold</b> &amp; &#124;',
  '@octocat #1 [link](https://example.org) **bold**',
  'line\nbreak\r\n## heading',
  '日本語のサービス名',
  'naïve-ﬂ°°35¶ß-straße',
  'right\u202eto left \u200b and \u001b[31mred',
  '::error::not ours',
  `${'very-long-name-'.repeat(8)}end`,
]

function hostileNames(): RunResult {
  const outcomes = HOSTILE.map((name, index): Outcome => {
    const image = rebuilt(name, { kind: 'files', modified: 1, paths: [`${name}/Dockerfile`] })
    return builtAt(index, built(image, 5_000 + index * 500, status(3, 1)))
  })
  const message = 'failed: <script>alert(1)</script> | `x` @octocat \u202e'
  const log = ['```', '</details>', '::error::x', '\u001b[31mred\u001b[0m']
  const failure = { kind: 'build-failed', message, cause: 'code', log, tail: [] } as const
  return run([...outcomes, { kind: 'failed', image: planned('<img src=x>'), failure }], {
    minutes: 0.3,
    notices: [{ message: 'a | b\n- not an item', place: { file: 'x|y.yml', line: 3, column: 1 } }],
  })
}

function fork(): RunResult {
  const withoutDigest = (outcome: Outcome): Outcome => {
    const { digest, ...others } = outcome as Extract<Outcome, { kind: 'built' }>
    return digest === undefined ? outcome : others
  }
  const image = rebuilt('frontend', { kind: 'files', modified: 1, paths: ['frontend/src/cart.ts'] })
  return run(
    [withoutDigest(built(image, 41_000, status(12, 9, 2_400_000))), known('backend', 95), known('docs', 12)],
    {
      minutes: 0.75,
      notices: [{ message: 'Nothing is pushed: the pull request comes from a fork.' }],
    },
  )
}

/** Runs as people meet them, for everything that shows a run; the names say what is special. */
export const SCENARIOS: Readonly<Record<string, RunResult>> = {
  'nothing-changed': nothingChanged(),
  'all-changed': allChanged(),
  'one-failed': oneFailed(),
  'thousand-services': thousandServices(),
  'hostile-names': hostileNames(),
  fork: fork(),
}
