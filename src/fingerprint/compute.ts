import { createHash } from 'node:crypto'
import type { Fingerprint, FingerprintDocument } from '../model/fingerprint.js'
import { failed, ok, type Result } from '../model/failure.js'
import { type BuildOptions, type Service } from '../model/service.js'
import type { Snapshot, TreeEntry } from '../model/snapshot.js'
import { compareText, digestOf, digestOfMap, FORMAT_VERSION, sortedEntries } from './encode.js'
import { ignoreRulesOf } from './ignore-file.js'

/**
 * Fingerprint of one service from what was gathered: the same snapshot gives the same digest, on any machine.
 * `config-invalid` when the Dockerfile or the context is not there, or an ignore file cannot be understood.
 */
export function compute(
  service: Service,
  snapshot: Snapshot,
  platforms: readonly string[],
): Result<Fingerprint> {
  const entries = snapshot.contexts.get(service.context) ?? []
  if (entries.length === 0) {
    const message = `context \`${service.context || '.'}\` has no files; set \`context:\` to a folder of the repository`
    return invalid(service, message)
  }
  const dockerfile = snapshot.texts.get(service.file)
  if (dockerfile === undefined) {
    return invalid(
      service,
      `Dockerfile \`${service.file}\` does not exist; set \`file:\` to its path from the repository root`,
    )
  }
  const rules = ignoreRulesOf(service, snapshot.texts)
  if (!rules.ok) return rules
  const files = entries.filter((entry) => !rules.value.drops(entry.path))
  const document: FingerprintDocument = {
    format: FORMAT_VERSION,
    definition: digestOf([dockerfile, service.build.target ?? '']),
    files: filesDigest(files),
    buildArgs: Object.fromEntries(
      sortedEntries(service.build.buildArgs).map(([name, value]) => [name, sha256(value)]),
    ),
    options: optionsSection(service.build, platforms),
  }
  return ok({ document, digest: documentDigest(document), fileCount: files.length })
}

/** The digest that a document stands for; equal documents have equal digests, whatever the order of their keys. */
export function documentDigest(document: FingerprintDocument): string {
  return digestOf([
    ...['format', String(document.format)],
    ...['definition', document.definition],
    ...['files', document.files],
    ...['build-args', digestOfMap(document.buildArgs)],
    ...['options', digestOfMap(document.options)],
  ])
}

/** Order of paths is by code unit; the caller's order does not count. */
function filesDigest(files: readonly TreeEntry[]): string {
  const sorted = files.toSorted((a, b) => compareText(a.path, b.path))
  return digestOf(sorted.flatMap((entry) => [entry.mode, entry.path, entry.id]))
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

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

function invalid(service: Service, problem: string): Result<never> {
  const message = `service \`${service.name}\`: ${problem}`
  return failed({ kind: 'config-invalid', message, ...(service.place && { place: service.place }) })
}
