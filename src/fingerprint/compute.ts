import type { Fingerprint, FingerprintDigest, FingerprintDocument } from '../model/fingerprint.js'
import { type BuildOptions, type Service } from '../model/service.js'
import type { ImageInputs } from '../model/snapshot.js'
import { digestOf, digestOfMap, FORMAT_VERSION, sha256, sortedEntries } from './encode.js'
import { volatileArgs } from './volatile.js'

/**
 * Fingerprint of one service from what was gathered: the same inputs give the same digest, on any machine. What comes
 * from registries is added by `withUpstream`.
 */
export function compute(service: Service, inputs: ImageInputs, platforms: readonly string[]): Fingerprint {
  const { build } = service
  const document: FingerprintDocument = {
    format: FORMAT_VERSION,
    definition: inputs.definition,
    files: inputs.files,
    buildArgs: buildArgsSection(build, inputs),
    options: optionsSection(build, platforms),
    contexts: inputs.references,
  }
  return { document, digest: documentDigest(document), fileCount: inputs.fileCount }
}

/** The fingerprint with the digests of those images of others, as far as they are known. */
export function withUpstream(
  fingerprint: Fingerprint,
  references: readonly string[],
  digests: ReadonlyMap<string, string>,
): Fingerprint {
  const known = references.flatMap((reference) => {
    const digest = digests.get(reference)
    return digest === undefined ? [] : [[reference, digest] as const]
  })
  if (known.length === 0) return fingerprint
  const document = { ...fingerprint.document, upstream: Object.fromEntries(known) }
  return { ...fingerprint, document, digest: documentDigest(document) }
}

/** The fingerprint with those of the images of ours that this one is built from, by their names. */
export function withParents(
  fingerprint: Fingerprint,
  parents: Readonly<Record<string, FingerprintDigest>>,
): Fingerprint {
  if (Object.keys(parents).length === 0) return fingerprint
  const document = { ...fingerprint.document, parents }
  return { ...fingerprint, document, digest: documentDigest(document) }
}

/** The digest that a document stands for; equal documents have equal digests, whatever the order of their keys. */
export function documentDigest(document: FingerprintDocument): string {
  return digestOf([
    ...['format', String(document.format)],
    ...['definition', document.definition],
    ...['files', document.files],
    ...['build-args', digestOfMap(document.buildArgs)],
    ...['options', digestOfMap(document.options)],
    ...['contexts', digestOfMap(document.contexts)],
    // Sections that came later: a document without them is the one that it was.
    ...(document.upstream === undefined ? [] : ['upstream', digestOfMap(document.upstream)]),
    ...(document.parents === undefined ? [] : ['parents', digestOfMap(document.parents)]),
  ])
}

/**
 * Arguments that the Dockerfile declares, and those that BuildKit's frontend heeds undeclared. Others do not reach the
 * image.
 */
function buildArgsSection(build: BuildOptions, { declaredArgs }: ImageInputs): Record<string, string> {
  const [declared, volatile] = [new Set(declaredArgs), volatileArgs(build)]
  const isHeeded = (name: string) =>
    !volatile.has(name) && (declared.has(name) || name.startsWith('BUILDKIT_'))
  const heeded = sortedEntries(build.buildArgs).filter(([name]) => isHeeded(name))
  return Object.fromEntries(heeded.map(([name, value]) => [name, sha256(value)]))
}

function optionsSection(build: BuildOptions, platforms: readonly string[]): Record<string, string> {
  const all: Record<string, string | undefined> = {
    platforms: list(build.platforms ?? platforms),
    labels: map(build.labels),
    annotations: list(build.annotations),
    provenance: build.provenance,
    sbom: build.sbom,
    attests: list(build.attests),
    network: build.network,
    'shm-size': build.shmSize,
    'add-hosts': list(build.addHosts),
    ulimit: list(build.ulimit),
    allow: list(build.allow),
    // `id=path`: which socket or key stands behind an id is the machine's business.
    ssh: list(build.ssh.map((entry) => entry.split('=')[0] ?? entry)),
  }
  const set = sortedEntries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(set)
}

function list(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : JSON.stringify(values)
}

function map(values: Readonly<Record<string, string>>): string | undefined {
  const entries = sortedEntries(values)
  return entries.length === 0 ? undefined : JSON.stringify(entries)
}
