import { ok, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import { IgnoreRules } from './ignore-rules.js'

/** Paths at which a service's ignore file may lie, the one that wins first. */
export function ignoreFilePaths(service: Service): [string, string] {
  const inContext = service.context === '' ? '.dockerignore' : `${service.context}/.dockerignore`
  return [`${service.file}.dockerignore`, inContext]
}

/** Texts of a run → path → its rules: a file is parsed once, however many services and steps ask for it. */
const parsed = new WeakMap<ReadonlyMap<string, string>, Map<string, Result<IgnoreRules>>>()

/** The ignore rules in force for a service: `<Dockerfile>.dockerignore`, else the context's, else none. */
export function ignoreRulesOf(service: Service, texts: ReadonlyMap<string, string>): Result<IgnoreRules> {
  const known = parsed.get(texts) ?? new Map<string, Result<IgnoreRules>>()
  parsed.set(texts, known)
  for (const path of ignoreFilePaths(service)) {
    const text = texts.get(path)
    if (text === undefined) continue
    const rules = known.get(path) ?? IgnoreRules.parse(text, path)
    known.set(path, rules)
    return rules
  }
  return ok(IgnoreRules.NONE)
}

/** Whether a path of the repository is a file that the service's context takes; rules that cannot be read take none. */
export function isInput(service: Service, path: string, texts: ReadonlyMap<string, string>): boolean {
  const rules = ignoreRulesOf(service, texts)
  return rules.ok && takes(service, rules.value, path)
}

/** Whether a path of the repository lies in the service's context and is left there by its rules. */
export function takes(service: Service, rules: IgnoreRules, path: string): boolean {
  if (service.context === '') return !rules.drops(path)
  const prefix = `${service.context}/`
  return path.startsWith(prefix) && !rules.drops(path.slice(prefix.length))
}
