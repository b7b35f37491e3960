import type { Failure } from '../model/failure.js'
import type { Seen, Verification, VerificationResult } from '../model/verification.js'
import { markdownText } from './markdown-text.js'
import { shortDigest } from './view.js'
import { visible } from './visible.js'

const STATES: Readonly<Record<Verification['state'], string>> = {
  fresh: 'fresh',
  stale: 'stale',
  'not-running': 'not running',
}

/** The Action's outputs in mode `verify`: `changed` are the stale services, those that want a deploy. */
export function verificationOutputs({ verifications }: VerificationResult): ReadonlyMap<string, string> {
  const stale = verifications.filter(isStale)
  const reasons = stale.map(({ service, seen }) => [service, seen.filter(isOther).map(reason)])
  return new Map([
    ['changed', JSON.stringify(stale.map(({ service }) => service))],
    ['reasons', JSON.stringify(Object.fromEntries(reasons))],
  ])
}

/** What `--json` prints. */
export function verificationDocument({ commit, verifications, notices }: VerificationResult): unknown {
  const services = verifications.map(({ service, fingerprint, state, seen }) => ({
    ...{ name: service, state, fingerprint },
    running: seen,
  }))
  return { version: 1, commit, services, notices }
}

/** One line for all that runs of a service, each in its own, and a summary as the last line. */
export function verificationLines(result: VerificationResult): string[] {
  const rows = result.verifications.flatMap(rowsOf)
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return [...lines.map((line) => line.trimEnd()), summary(result)]
}

export function verificationMarkdown(result: VerificationResult): string {
  const rows = result.verifications.flatMap(rowsOf).map((row) => `| ${row.map(markdownText).join(' | ')} |`)
  const notices = result.notices.map(({ message }) => `\n> ${markdownText(message)}\n`)
  const head = '| service | state | what runs |\n| --- | --- | --- |'
  return [`## What runs: ${summary(result)}\n`, head, ...rows, ...notices].join('\n') + '\n'
}

/** Why the run is red. */
export function staleFailures({ verifications }: VerificationResult): Failure[] {
  return verifications.filter(isStale).map((verification) => {
    const others = verification.seen.filter(isOther).map((seen) => seenText(seen, verification))
    const message = `\`${verification.service}\` is stale: ${others.join('; ')}`
    return { kind: 'verification-failed', message }
  })
}

function isStale({ state }: Verification): boolean {
  return state === 'stale'
}

function isOther({ freshness }: Seen): boolean {
  return freshness !== 'fresh'
}

function reason({ freshness, ...running }: Seen): Record<string, string> {
  return { kind: freshness, ...running }
}

function rowsOf(verification: Verification): string[][] {
  const head = [visible(verification.service), STATES[verification.state]]
  if (verification.seen.length === 0) return [[...head, '']]
  return verification.seen.map((seen) => [...head, seenText(seen, verification)])
}

function seenText(seen: Seen, { fingerprint }: Verification): string {
  const revision = seen.revision === undefined ? '' : `, revision ${visible(seen.revision).slice(0, 40)}`
  return `${visible(seen.where)}: ${contentText(seen, fingerprint)}${revision}`
}

function contentText({ freshness, fingerprint }: Seen, expected: string): string {
  switch (freshness) {
    case 'fresh':
      return 'the content of the commit'
    case 'other-content':
      return `content ${shortDigest(fingerprint)}, and the commit gives ${shortDigest(expected)}`
    case 'not-ours':
      return 'it names no fingerprint, so it was not built by this'
  }
}

function summary({ verifications }: VerificationResult): string {
  const states = Object.entries(STATES) as [Verification['state'], string][]
  return states
    .map(([state, words]) => `${verifications.filter((one) => one.state === state).length} ${words}`)
    .join(', ')
}
