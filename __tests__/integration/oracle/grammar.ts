import fc from 'fast-check'
import { file, type Node } from '../../rig/oracle-tree.js'
import { put, type Service, type World } from '../../rig/oracle-world.js'
import { type Change, changes } from './grammar-changes.js'
import { node, parent, path, rule } from './grammar-tree.js'

/** One random context: what is in it, what takes it, and what befalls it. */
export interface Case {
  readonly files: readonly (readonly [string, Node])[]
  readonly rules: readonly string[]
  readonly services: readonly Written[]
  readonly mutations: readonly Change[]
}

/** How a path of the tree is written as a source; `[` would start a range. */
const SPELLINGS: readonly ((path: string) => string)[] = [
  (path) => plain(path),
  (path) => `${plain(path)}/`,
  (path) => `./${plain(path)}`,
  (path) => plain(parent(path)),
  (path) => plain(parent(parent(path))),
  (path) => `${plain(parent(path))}/*`,
  (path) => `${plain(parent(path))}/${plain(last(path).slice(0, 1))}*`,
  (path) => `${plain(parent(path))}/?${plain(last(path).slice(1))}`,
  (path) => `${plain(parent(path))}/[a-x]*`,
  (path) => plain(path).replace(/^[^/]+/, '*'),
  (path) => plain(path).replace(/\/[^/]+\//, '/*/'),
]

function plain(path: string): string {
  return path.replaceAll('[', '[[]')
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A source by its place in the tree, as the tree is not known here. */
const source = fc.record({ at: fc.nat(99), spelling: fc.constantFrom(...SPELLINGS) })
type Source = typeof source extends fc.Arbitrary<infer T> ? T : never

const FORMS = [
  (sources: string) => ['FROM scratch', `COPY [${sources}, "/d/"]`],
  (sources: string) => ['FROM scratch', `ADD --link [${sources}, "/d/"]`],
  (sources: string, no: string) => ['FROM scratch', `COPY --exclude=${no} [${sources}, "/d/"]`],
  (sources: string, no: string) => [
    'FROM scratch',
    `ARG no=${no}`,
    `COPY --exclude=$no --exclude=!a [${sources}, "/d/"]`,
  ],
  (sources: string) => [
    'FROM scratch AS one',
    `COPY [${sources}, "/k/"]`,
    'FROM scratch',
    'COPY --from=one /k /d',
  ],
  (sources: string) => ['FROM scratch AS lost', `COPY [${sources}, "/k/"]`, 'FROM scratch', 'COPY . /d/'],
  (sources: string) => ['FROM scratch AS one', `ONBUILD COPY [${sources}, "/k/"]`, 'FROM one'],
  (sources: string) => ['FROM scratch', 'ARG v=a', `COPY [${sources.replaceAll('a', '${v}')}, "/d/"]`],
  (sources: string) => ['FROM scratch', `ENV v=\${w:-a}`, `COPY [${sources.replaceAll('a', '$v')}, "/d/"]`],
] as const

const written = fc.record({
  form: fc.constantFrom(...FORMS),
  sources: fc.array(source, { minLength: 1, maxLength: 2 }),
  exclude: fc.constantFrom('*.md', '**/x.txt', 'a', 'lib/**', '*/b', '[a-b]*'),
  own: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.array(rule, { minLength: 1, maxLength: 3 }) },
  ),
})
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never

export function cases(mutations: number): fc.Arbitrary<Case> {
  return fc.record({
    files: fc.array(fc.tuple(path, node), { minLength: 3, maxLength: 10 }),
    rules: fc.array(rule, { maxLength: 2 }),
    services: fc.array(written, { minLength: 4, maxLength: 4 }),
    mutations: fc.array(changes, { minLength: mutations, maxLength: mutations }),
  })
}

/** Puts a case into a folder of its own, with its services. */
export function addCase(world: World, folder: string, { files, rules, services }: Case): World {
  const tree = new Map(world.tree)
  const placed = files.reduce((before, [at, entry]) => put(`${folder}/${at}`, entry)(before), world)
  for (const [at, entry] of placed.tree) tree.set(at, entry)
  tree.set(`${folder}/kept/a`, file('never empty\n')).set(`${folder}/.dockerignore`, file(lines(rules)))
  const paths = [...tree.keys()]
    .filter((at) => at.startsWith(`${folder}/`))
    .map((at) => at.slice(folder.length + 1))
  const added = services.map(
    (service, index) => [`${folder}-${index}`, serviceOf(service, folder, paths)] as const,
  )
  return { tree, services: new Map([...world.services, ...added]) }
}

function serviceOf(
  { form, sources, exclude, own }: Written,
  context: string,
  paths: readonly string[],
): Service {
  const spelled = sources.map(({ at, spelling }: Source) =>
    JSON.stringify(spelling(paths[at % paths.length]!)),
  )
  return {
    description: 'generated',
    context,
    dockerfile: lines(form(spelled.join(', '), exclude)),
    ...(own && { ignoreFile: lines(own) }),
  }
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`
}
