import { expect, test } from '@jest/globals'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import type { NamedContext, Service } from '../../../src/model/service.js'
import { service } from '../../fakes/images.js'
import { gathered, treeOf } from '../../fingerprint/repository.js'
import { docker } from '../../rig/oracle-export.js'
import { listTar } from '../../rig/oracle-tar.js'
import { testRegistry } from '../../rig/shop.js'

const SEED = Number(process.env['SMART_IMAGE_BUILD_ORACLE_SEED'] ?? 20_260_801)
const CASES = Number(process.env['SMART_IMAGE_BUILD_STAND_IN_CASES'] ?? 20)

const MANIFESTS = ['package.json', 'sub/package.json']
const FILES = { 'package-lock.json': '{}', 'sub/package-lock.json': '{}', 'main.js': '1', 'sub/sub.js': '1' }

/** Wherever the Dockerfiles put things, there is something of the base to be taken again. */
const COPIES = [
  'COPY package.json package-lock.json ./',
  'COPY package*.json /app/',
  'COPY package.json /app/package.json',
  'COPY package.json app',
  'COPY sub/package.json sub/',
  'COPY sub sub',
  'COPY sub/* /app/sub/',
  'COPY sub/./package.json .',
  'COPY --exclude=sub . .',
  'COPY . .',
  'COPY . /app',
  'COPY . /src/',
  'COPY [".", "./"]',
  'ADD . /app/',
  'WORKDIR /app',
  'WORKDIR sub',
  'WORKDIR ..',
]

const ONWARD = [
  'FROM deps AS more',
  'FROM one',
  'COPY --from=one / /',
  'COPY --from=one /app /app',
  'COPY --from=one /ap* /x/',
]

function lines(first: readonly string[], copies: readonly string[], onward: readonly string[]) {
  const some = fc.array(fc.constantFrom(...copies), { minLength: 1, maxLength: 4 })
  const from = fc.constantFrom(...first)
  const next = fc.tuple(fc.constantFrom(...onward), fc.array(fc.constantFrom(...copies), { maxLength: 2 }))
  return fc.tuple(from, some, fc.option(next, { nil: undefined, freq: 2 })).map(([start, body, more]) => {
    const [step = '', rest = []] = more ?? []
    const stage = step.startsWith('COPY') ? ['FROM scratch', step] : step === '' ? [] : [step]
    return [start, ...body, ...stage, ...rest]
  })
}

const pairs = fc.record({
  base: lines(
    ['FROM scratch AS one'],
    COPIES,
    ONWARD.filter((line) => !line.includes('deps')),
  ),
  app: lines(
    [
      'FROM deps AS one',
      'FROM deps AS one',
      'FROM scratch AS one\nCOPY --from=deps / /old/',
      'FROM scratch AS one\nCOPY --from=deps /app/main.js /',
    ],
    COPIES,
    ONWARD.filter((line) => !line.includes('deps')),
  ),
})

type Pair = typeof pairs extends fc.Arbitrary<infer T> ? T : never

const TO_BASE: NamedContext = { kind: 'image', image: 'deps' }
const BASE: Service = { ...service('deps', { context: '', file: 'base', kind: 'base' }), lockfiles: 'auto' }
const APP = service('app', { context: '', file: 'app', build: { contexts: { deps: TO_BASE } } })

test('what lockfiles stand for is in no image, whichever base that is made from', async () => {
  testRegistry()
  const folder = await mkdtemp(path.join(tmpdir(), 'stand-ins-'))
  const wrong: string[] = []
  const counts = { built: 0, stood: 0, needless: 0 }
  try {
    for (const pair of fc.sample(pairs, { seed: SEED, numRuns: CASES })) {
      const tree = treeOf({ ...filesOf(pair), ...Object.fromEntries(MANIFESTS.map((name) => [name, '1'])) })
      const found = await gathered(tree, [BASE, APP])
      const standIns = new Set(found.snapshot.inputs.get('deps')?.standIns)
      for (const manifest of MANIFESTS) {
        if (!found.inspections.get('deps')!.taken.some(({ selection }) => selection.entries.has(manifest)))
          continue
        const kept = await keeps(pair, manifest, folder)
        if (kept === undefined) continue
        counts.built++
        if (standIns.has(manifest)) counts.stood++
        if (kept && standIns.has(manifest))
          wrong.push(`${manifest}\n${pair.base.join('\n')}\n--\n${pair.app.join('\n')}`)
        if (!kept && !standIns.has(manifest)) counts.needless++
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const { built, stood, needless } = counts
  console.log(
    `stand-ins: seed ${SEED}, ${built} manifests judged, ${stood} stood for, ${needless} could have been`,
  )
  expect(wrong).toEqual([])
  expect(stood).toBeGreaterThan(0)
  expect(built - stood).toBeGreaterThan(needless)
}, 3_600_000)

function filesOf({ base, app }: Pair): Readonly<Record<string, string>> {
  return { ...FILES, base: base.join('\n'), app: app.join('\n'), '.dockerignore': 'base\napp\n' }
}

/** Whether the app differs when its base was made before a manifest changed; `undefined`: it cannot be built. */
async function keeps(pair: Pair, manifest: string, folder: string): Promise<boolean | undefined> {
  for (const [name, text] of [
    ['old', '1'],
    ['new', '2'],
  ] as const) {
    const files = {
      ...filesOf(pair),
      ...Object.fromEntries(MANIFESTS.map((each) => [each, '1'])),
      [manifest]: text,
    }
    await rm(path.join(folder, name), { recursive: true, force: true })
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name, file)), { recursive: true })
      await writeFile(path.join(folder, name, file), content)
    }
  }
  const target = (file: string, context: string, more = {}) => ({
    context,
    dockerfile: path.join(folder, 'new', file),
    ...more,
  })
  const app = (base: string) =>
    target('app', 'new', { contexts: { deps: `target:${base}` }, output: [`type=tar,dest=${base}.tar`] })
  const definition = {
    group: { default: { targets: ['app-old', 'app-new'] } },
    target: {
      ...{ 'base-old': target('base', 'old'), 'base-new': target('base', 'new') },
      ...{ 'app-old': app('base-old'), 'app-new': app('base-new') },
    },
  }
  await writeFile(path.join(folder, 'bake.json'), JSON.stringify(definition))
  const args = ['buildx', 'bake', '--progress=quiet', '--file', 'bake.json']
  if ((await docker(args, folder)) !== undefined) return undefined
  const [before, after] = await Promise.all(
    ['base-old', 'base-new'].map(async (name) => listTar(await readFile(path.join(folder, `${name}.tar`)))),
  )
  return JSON.stringify([...(before ?? [])]) !== JSON.stringify([...(after ?? [])])
}
