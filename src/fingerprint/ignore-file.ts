import { ok, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import { IgnoreRules } from './ignore-rules.js'

/** Paths at which a service's ignore file may lie, the one that wins first. */
export function ignoreFilePaths(service: Service): [string, string] {
  return [`${service.file}.dockerignore`, ignoreFileOf(service.context)]
}

/** Where the ignore file of a named context lies. */
export function ignoreFileOf(folder: string): string {
  return folder === '' ? '.dockerignore' : `${folder}/.dockerignore`
}

/** Texts of a run → path → its rules: a file is parsed once, however many services and steps ask for it. */
const parsed = new WeakMap<ReadonlyMap<string, string>, Map<string, Result<IgnoreRules>>>()

/** The rules of one ignore file; none when there is no such file. */
export function ignoreRulesIn(path: string, texts: ReadonlyMap<string, string>): Result<IgnoreRules> {
  const known = parsed.get(texts) ?? new Map<string, Result<IgnoreRules>>()
  parsed.set(texts, known)
  const text = texts.get(path)
  const rules = known.get(path) ?? (text === undefined ? ok(IgnoreRules.NONE) : IgnoreRules.parse(text, path))
  known.set(path, rules)
  return rules
}

/** The ignore file that counts for a service's own context: the Dockerfile's, else the context's. */
export function ignoreFileInForce(service: Service, texts: ReadonlyMap<string, string>): string {
  const [beside, inContext] = ignoreFilePaths(service)
  return texts.has(beside) ? beside : inContext
}
