import fc from '../fakes/seeded.js'
import type { Files } from './repository.js'

const NAME = fc.constantFrom('a', 'b', 'c', 'd.md', '[a]')
const PATH = fc.array(NAME, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const TARGET = fc.oneof(
  PATH,
  PATH.map((path) => `../${path}`),
  PATH.map((path) => `/${path}`),
  fc.constantFrom('..', '.', '../..', 'a/../b', '../c/../a'),
)

/** What lies at a path; nothing takes away what lay there. */
const LYING = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1', '2', '+x 1') },
  { weight: 3, arbitrary: TARGET.map((target) => `-> ${target}`) },
  { weight: 1, arbitrary: fc.constantFrom('@1', '@2') },
  { weight: 2, arbitrary: fc.constant(undefined) },
)

export interface Edit {
  /** From the root: sometimes outside of the context. */
  readonly path: string
  readonly text: string | undefined
}

const IGNORED = fc.array(fc.constantFrom('*', '**/*.md', 'a', '!a/b', '!b', 'c/**', '!**/c', 'b/a'), {
  maxLength: 3,
})

export const EDIT: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.constantFrom('c/', 'c/', 'c/', ''), PATH, LYING).map(([folder, path, text]) => ({
      path: folder + path,
      text,
    })),
  },
  {
    weight: 1,
    arbitrary: IGNORED.map((lines) => ({ path: 'c/.dockerignore', text: lines.join('\n') })),
  },
  { weight: 1, arbitrary: fc.constantFrom({ path: 'c/.dockerignore', text: undefined }) },
)

/** The files after an edit: a file takes the place of a folder, and a folder that of a file. */
export function edited(files: Files, { path, text }: Edit): Files {
  const others = Object.entries(files).filter(
    ([other]) => other !== path && !other.startsWith(`${path}/`) && !path.startsWith(`${other}/`),
  )
  return Object.fromEntries(text === undefined ? others : [...others, [path, text]])
}

export const FILES: fc.Arbitrary<Files> = fc
  .array(EDIT, { minLength: 3, maxLength: 14 })
  .map((edits) => [...edits, { path: 'c/_', text: '' }].reduce<Files>(edited, {}))

const PART = fc.oneof(
  { weight: 3, arbitrary: NAME },
  { weight: 2, arbitrary: fc.constantFrom('*', '?', '*.md', '[a-b]', 'a*') },
  { weight: 1, arbitrary: fc.constantFrom('..') },
)
const SOURCE = fc.oneof(
  { weight: 8, arbitrary: fc.array(PART, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')) },
  { weight: 1, arbitrary: fc.constant('.') },
)

/** An instruction that takes something from the context. */
export const INSTRUCTION: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(SOURCE, SOURCE).map((sources) => `COPY ${sources.join(' ')} /x/`),
  SOURCE.map((source) => `COPY --parents ${source} /x/`),
  fc.tuple(PART, PATH, PART).map(([part, path, last]) => `COPY --parents ${part}/./${path}/**/${last} /x/`),
  fc
    .tuple(SOURCE, fc.constantFrom('*.md', 'a', '**/b', 'b/a'))
    .map(([source, pattern]) => `COPY --exclude=${pattern} ${source} /x/`),
  fc
    .tuple(SOURCE, fc.constantFrom('*.md', 'a', '**/b', 'b/a'))
    .map(([source, pattern]) => `COPY --parents --exclude=${pattern} ${source} /x/`),
  PATH.map((path) => `RUN --mount=type=bind,source=${path},target=/x true`),
)
