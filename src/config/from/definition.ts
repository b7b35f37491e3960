import * as v from 'valibot'
import { failed, ok, type Place, type Result } from '../../model/failure.js'
import { invalid } from '../invalid.js'

const texts = v.array(v.string())
const map = v.record(v.string(), v.string())
/** Newer versions of buildx print attributes, older ones a line of them. */
const attributes = v.union([v.string(), v.record(v.string(), v.unknown())])

/**
 * A target as buildx prints it (`bake.Target` in `bake/bake.go`); anything else may decide what is built, so it is
 * refused. What does not count is read all the same, as a person is told of it.
 */
const targetSchema = v.strictObject({
  context: v.optional(v.string(), '.'),
  contexts: v.optional(map, {}),
  dockerfile: v.optional(v.string(), 'Dockerfile'),
  'dockerfile-inline': v.optional(v.string()),
  target: v.optional(v.string()),
  args: v.optional(map, {}),
  labels: v.optional(map, {}),
  annotations: v.optional(texts, []),
  tags: v.optional(texts, []),
  platforms: v.optional(texts, []),
  ssh: v.optional(v.array(attributes), []),
  attest: v.optional(v.array(attributes), []),
  network: v.optional(v.string()),
  'shm-size': v.optional(v.string()),
  ulimits: v.optional(texts, []),
  'extra-hosts': v.optional(map, {}),
  entitlements: v.optional(texts, []),
  'no-cache': v.optional(v.boolean(), false),
  'no-cache-filter': v.optional(texts, []),
  pull: v.optional(v.boolean(), false),
  call: v.optional(v.string()),
  'cache-from': v.optional(v.array(attributes), []),
  'cache-to': v.optional(v.array(attributes), []),
  output: v.optional(v.array(attributes), []),
  // Their values come from inputs; a description is for people.
  secret: v.optional(v.array(attributes)),
  description: v.optional(v.string()),
})

const definitionSchema = v.object({
  group: v.nullable(v.record(v.string(), v.object({ targets: v.nullish(texts, []) }))),
  target: v.nullable(v.record(v.string(), targetSchema)),
})

export type Target = v.InferOutput<typeof targetSchema>

export interface Definition {
  /** All that are asked for, and those that they take as build contexts. */
  readonly targets: ReadonlyMap<string, Target>
  /** Names of those that are asked for. */
  readonly asked: ReadonlySet<string>
}

/** Understands what bake has printed; `config-invalid` for what this version does not know. */
export function decodeDefinition(text: string, place: Place): Result<Definition> {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), definitionSchema), text)
  if (!read.success) {
    const problems = read.issues.map((issue) => `\`${v.getDotPath(issue) ?? ''}\`: ${issue.message}`)
    const message = `${place.file}: bake prints what this version does not understand (${problems.join('; ')}); name its images in a configuration instead`
    return failed(invalid(message, place))
  }
  const group = read.output.group ?? {}
  const asked = new Set<string>()
  const ask = (name: string) => {
    if (asked.has(name)) return
    asked.add(name)
    group[name]?.targets.forEach(ask)
  }
  group['default']?.targets.forEach(ask)
  return ok({ targets: new Map(Object.entries(read.output.target ?? {})), asked })
}
