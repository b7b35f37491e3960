import type { Failure } from '../model/failure.js'
import type { Shard } from '../model/leg.js'

/** It becomes part of the name of an artifact; `plan` is the plan's own. */
const NAME = /^(?!plan$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** One leg's batch, as an entry of the output `build-matrix` or `base-matrix` gives it; other keys are the workflow's. */
export function readShard(text: string | undefined, failures: Failure[]): Shard | undefined {
  if (text === undefined) return undefined
  const shard = parsed(text)
  if (typeof shard === 'object') return shard
  const message = `\`shard\` ${shard}; it must be \`\${{ toJSON(matrix) }}\` in a job whose matrix is the output \`build-matrix\` or \`base-matrix\` of the plan`
  failures.push({ kind: 'usage', message })
  return undefined
}

/** Of the inputs: it builds what its batch names, and leaves all tags but the fingerprint's to who collects the legs. */
export function withoutMeaningInLeg(given: (name: string) => string | undefined): Failure[] {
  const names = ['services', 'tags'].filter((name) => given(name) !== undefined)
  return names.map((name) => ({
    kind: 'usage',
    message: `\`${name}\` has no meaning beside \`shard\`; give it to the jobs that plan and collect`,
  }))
}

function parsed(text: string): Shard | string {
  let value: { readonly shard?: unknown; readonly images?: unknown } | null
  try {
    value = JSON.parse(text) as typeof value
  } catch {
    return 'is not JSON'
  }
  const { shard, images } = value ?? {}
  if (typeof shard !== 'string') return 'has no text under the key `shard`'
  if (!NAME.test(shard))
    return `is named ${JSON.stringify(shard)}, which cannot be part of an artifact's name`
  if (!Array.isArray(images) || images.length === 0) return 'has no list of images under the key `images`'
  const names = images.flatMap((name: unknown) => (typeof name === 'string' && name !== '' ? [name] : []))
  return names.length === images.length ? { name: shard, images: names } : 'lists images without a name'
}
