import type { Explanation, InputFile } from '../model/explanation.js'
import { reasonText } from './reason.js'
import { visible } from './visible.js'

/** What `explain --json` prints; its shape is public, a change to it raises `version`. */
export function explanationDocument(explanation: Explanation): unknown {
  const { service, file, fingerprint, inputs, since } = explanation
  return {
    version: 1,
    service,
    dockerfile: file,
    fingerprint: fingerprint.digest,
    document: fingerprint.document,
    inputs,
    since: since ?? null,
  }
}

/** The document, every input with the lines that take it, and the difference, for people. */
export function explanationLines(explanation: Explanation): string[] {
  const { service, fingerprint, inputs } = explanation
  const { document, digest } = fingerprint
  return [
    `${visible(service)}  ${digest}`,
    '',
    `  format      ${document.format}`,
    `  definition  ${document.definition}`,
    `  files       ${document.files}  ${inputs.length} ${inputs.length === 1 ? 'file' : 'files'}`,
    ...section('build-args', document.buildArgs),
    ...section('options', document.options),
    ...section('contexts', document.contexts),
    ...section('upstream', document.upstream ?? {}),
    ...section('parents', document.parents ?? {}),
    '',
    ...inputs.map((input) => inputLine(input, explanation.file)),
    '',
    ...sinceLines(explanation),
  ]
}

function section(name: string, entries: Readonly<Record<string, string>>): string[] {
  return Object.entries(entries).map(([key, value], index) => {
    const heading = index === 0 ? name : ''
    return `  ${heading.padEnd(10)}  ${visible(key)}  ${visible(value)}`
  })
}

function inputLine({ path, mode, lines, labels, isPinned, onDisk }: InputFile, file: string): string {
  const places = lines.length === 0 ? [] : [`${visible(file)}:${lines.join(',')}`]
  const where = [...places, ...labels.map(visible)].join(', ')
  return `  ${mode}  ${visible(path)}  (${where}${isPinned ? ', a lockfile stands for it' : ''}${onDisk ? ', not as committed' : ''})`
}

function sinceLines({ since }: Explanation): string[] {
  if (since === undefined) return ['no build is recorded here; compare with a commit by --against']
  const what = since.kind === 'record' ? `the last build, at ${since.commit}` : since.commit
  if (since.reasons.length === 0) return [`nothing differs from ${what}`]
  return [`since ${what}:`, ...since.reasons.flatMap((reason) => reasonLines(reason))]
}

function reasonLines(reason: Parameters<typeof reasonText>[0]): string[] {
  const paths = reason.kind === 'files' ? (reason.paths ?? []) : []
  return [`  ${reasonText(reason)}`, ...paths.map((path) => `    ${visible(path)}`)]
}
