import * as v from 'valibot'

/*
 * The shape of the configuration: what `parse.ts` checks and what `schema.json` is generated from. Maps whose keys are
 * a person's own names are `v.map`, as objects would lose names such as `constructor`. The message of each schema
 * completes the sentence "… must be …".
 */

const text = v.pipe(v.string('text'), v.minLength(1, 'text that is not empty'))

const list = v.union([v.array(text, 'a list'), text], 'a list, or text with one item per line')

const scalar = v.union([v.string(), v.number(), v.boolean()], 'text, a number, true or false')

function pairs<Value extends v.GenericSchema>(value: Value) {
  const map = v.map(v.string(), value, 'a map')
  return v.union([map, v.array(text, 'a list'), text], 'a map of names to values, or KEY=VALUE lines')
}

function described<Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.optional(v.pipe(schema, v.description(description)))
}

const DURATION = /^[1-9]\d{0,4}[dhm]$/
const DURATION_FORM = 'a duration such as 30d, 12h or 90m'

const PORT = v.pipe(
  v.number('a port'),
  v.integer('a port'),
  v.minValue(1, 'a port'),
  v.maxValue(65535, 'a port'),
)
const TIMEOUT = /^[1-9]\d{0,3}[sm]$/
const TIMEOUT_FORM = 'a duration such as 30s or 2m'

const health = v.strictObject(
  {
    port: v.pipe(PORT, v.description('Port that the service listens at.')),
    path: described(v.pipe(text, v.regex(/^\/\S*$/, 'a path such as /health')), 'Path. Default: `/`.'),
    timeout: described(v.pipe(text, v.regex(TIMEOUT, TIMEOUT_FORM)), 'How long it may take. Default: `30s`.'),
  },
  'a map of `port` and, where the defaults will not do, `path` and `timeout`',
)

/** Keys of one service in this version, by their names in docker/build-push-action where it has them. */
export const serviceEntries = {
  context: v.pipe(
    text,
    v.description('Folder of the build context, relative to the repository root; `.` is the root.'),
  ),
  file: described(text, 'Dockerfile, relative to the repository root. Default: `<context>/Dockerfile`.'),
  'build-contexts': described(
    pairs(text),
    'Build contexts besides the main one: a map, or NAME=VALUE lines. A value is a folder relative to the repository root, or an address: `docker-image://…`, `https://…`, `git@…`, `oci-layout://…`.',
  ),
  paths: described(
    list,
    'Inputs beyond what the Dockerfile copies: gitignore patterns, relative to the repository root.',
  ),
  ignore: described(
    list,
    'What never counts as an input: gitignore patterns, relative to the repository root; the last match wins.',
  ),
  generated: described(
    v.map(v.string(), list, 'a map'),
    'Files and folders that an earlier step makes, each with gitignore patterns of its sources, which count in its place.',
  ),
  target: described(text, 'Stage of the Dockerfile to build.'),
  image: described(
    text,
    'Image name without a tag. Default: the name of the service. `registry` is put before it unless it names a registry of its own.',
  ),
  tags: described(list, 'Tag rules, added to those of the input `tags`.'),
  labels: described(pairs(scalar), 'Labels of the image: a map, or KEY=VALUE lines.'),
  annotations: described(list, 'OCI annotations: `key=value` lines, with an optional `type:` in front.'),
  'build-args': described(
    pairs(v.nullable(scalar)),
    'Build arguments: a map, or KEY=VALUE lines. `${NAME}` and `${NAME:-default}` come from the environment, `$$` is a `$`; an argument without a value has that of the environment variable of its name.',
  ),
  'volatile-args': described(
    list,
    'Names of build arguments that are passed but never count as an input, such as that of a version.',
  ),
  secrets: described(
    list,
    'Ids of secrets that its build must be given by the inputs `secrets`, `secret-envs` or `secret-files`.',
  ),
  'secret-envs': described(
    pairs(text),
    'Secrets whose values environment variables hold, by id: a map, or ID=VARIABLE lines.',
  ),
  'secret-files': described(
    pairs(text),
    'Secrets that files hold, by id: a map, or ID=PATH lines, relative to the repository root. A tracked one counts as an input.',
  ),
  ssh: described(list, 'SSH agent sockets or keys for the build, such as `default`.'),
  platforms: described(list, 'Platforms such as `linux/amd64`. Default: `linux/amd64`.'),
  provenance: described(
    v.union([v.boolean(), text], 'true, false or text such as mode=max'),
    'Provenance attestation: true, false or its parameters, such as `mode=max`.',
  ),
  sbom: described(
    v.union([v.boolean(), text], 'true, false or text such as generator=image'),
    'SBOM attestation: true, false or its parameters.',
  ),
  attests: described(list, 'Attestations as `type=…` lines.'),
  network: described(text, 'Network of RUN instructions: `default`, `none` or `host`.'),
  'shm-size': described(
    v.union([text, v.number()], 'a size such as 128m'),
    'Size of /dev/shm, such as `128m`.',
  ),
  'add-hosts': described(list, 'Host-to-IP mappings, such as `db:10.0.0.2`.'),
  ulimit: described(list, 'Ulimits, such as `nofile=1024:1024`.'),
  allow: described(list, 'Extra privileges of the build, such as `network.host`.'),
  'no-cache': described(v.boolean('true or false'), 'Build without the layer cache.'),
  'no-cache-filters': described(list, 'Stages that are built without the layer cache.'),
  'cache-from': described(list, 'Further caches to read, such as `type=registry,ref=…`.'),
  'cache-to': described(list, 'Further caches to write, such as `type=registry,ref=…`.'),
  'track-upstream': described(
    v.union([v.boolean(), v.literal('scheduled')], 'true, false or scheduled'),
    'Whether images of others in FROM count by their digest, so that a patched one rebuilds: true, false, or `scheduled` for schedules and dispatches alone. Default: false.',
  ),
  'max-age': described(
    v.pipe(v.string(DURATION_FORM), v.regex(DURATION, DURATION_FORM)),
    'Schedules and dispatches rebuild what was built longer ago: `30d`, `12h` or `90m`. Default: never.',
  ),
  bases: described(
    v.union(
      [v.map(v.string(), text, 'a map'), v.array(text, 'a list'), text],
      'a list of bases, or a map of names',
    ),
    'Bases that it starts from or copies from: a list, each a build context of its own name, or a map of the names that the Dockerfile says to bases.',
  ),
  needs: described(
    list,
    'Images that it is built after, and rebuilt with, besides those that its Dockerfile takes.',
  ),
  health: described(
    health,
    'How a service shows that it works: a new image is started and must answer `path` at `port` by HTTP with a status from 200 to 399 within `timeout`, before it gets its tags.',
  ),
  matrix: described(
    v.map(v.string(), v.unknown(), 'a map'),
    "Keys copied into this service's entries of the output `matrix`.",
  ),
  lockfiles: described(
    list,
    'Of a base: lockfiles, relative to the repository root, which stand for the manifests beside and below them (`Cargo.toml`, `package.json`, …) wherever all that starts from the base copies those again; `auto` takes those that the base copies.',
  ),
  'stage-of': described(
    text,
    'Of a base: the service whose Dockerfile has its stage, which `target` names; that service then starts from the base.',
  ),
}

/** Keys of an image of this kind only. */
export const BASE_KEYS = ['stage-of', 'lockfiles'] as const
export const SERVICE_ONLY_KEYS = ['matrix', 'tags', 'health'] as const

export type ServiceSchemas = typeof serviceEntries
export type SettingKey = keyof ServiceSchemas

/** Keys that say what one service is: the same for several makes no sense. */
export const PER_SERVICE_KEYS = ['context', 'file', 'image', ...BASE_KEYS] as const

/** Up to 100 characters: names go into outputs, artifact names and cache scopes. */
export const SERVICE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

const image = v.strictObject(serviceEntries)
// A stage has no context, and an image of `from` need not say it again.
const context = v.optional(serviceEntries.context)
const service = v.strictObject({ ...v.omit(image, BASE_KEYS).entries, context })
const base = v.strictObject({ ...v.omit(image, SERVICE_ONLY_KEYS).entries, context })

export const configSchema = v.strictObject({
  registry: described(text, 'Put before every image without a registry of its own, such as `ghcr.io/acme`.'),
  'reuse-pull-requests': described(
    v.boolean('true or false'),
    'Whether images that pull requests built may be used by other runs. Default: true.',
  ),
  defaults: v.optional(
    v.pipe(
      v.nullable(v.omit(image, PER_SERVICE_KEYS)),
      v.description(
        'What every service says unless it says otherwise: maps are merged, other values replaced.',
      ),
    ),
  ),
  bases: v.optional(
    v.pipe(
      v.map(v.pipe(v.string(), v.regex(SERVICE_NAME)), base),
      v.description('Images that others start from, by name; they are built only when one of those is.'),
    ),
  ),
  services: v.optional(
    v.pipe(
      v.map(v.pipe(v.string(), v.regex(SERVICE_NAME)), service),
      v.description('The images to build, by name; what it says of an image of `from` counts.'),
    ),
  ),
  from: described(
    list,
    'Compose and bake files to take images from: `compose.yaml`, `docker-bake.hcl`, `docker-bake.hcl#release` for a group or target.',
  ),
})
