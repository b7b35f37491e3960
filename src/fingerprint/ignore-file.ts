import { ok, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import { IgnoreRules } from './ignore-rules.js'

/** Paths at which a service's ignore file may lie, the one that wins first. */
export function ignoreFilePaths(service: Service): [string, string] {
  const inContext = service.context === '' ? '.dockerignore' : `${service.context}/.dockerignore`
  return [`${service.file}.dockerignore`, inContext]
}

/** The ignore rules in force for a service: `<Dockerfile>.dockerignore`, else the context's, else none. */
export function ignoreRulesOf(service: Service, texts: ReadonlyMap<string, string>): Result<IgnoreRules> {
  for (const path of ignoreFilePaths(service)) {
    const text = texts.get(path)
    if (text !== undefined) return IgnoreRules.parse(text, path)
  }
  return ok(IgnoreRules.NONE)
}

/** Tells which paths of the repository the service's context takes; rules that cannot be read take none. */
export function inputTest(service: Service, texts: ReadonlyMap<string, string>): (path: string) => boolean {
  const rules = ignoreRulesOf(service, texts)
  return (path) => rules.ok && takes(service, rules.value, path)
}

/** Whether a path of the repository lies in the service's context and is left there by rules that were parsed once. */
export function takes(service: Service, rules: IgnoreRules, path: string): boolean {
  if (service.context === '') return !rules.drops(path)
  const prefix = `${service.context}/`
  return path.startsWith(prefix) && !rules.drops(path.slice(prefix.length))
}
