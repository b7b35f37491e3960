import type { HealthCheck } from '../model/service.js'
import type { SectionReader } from './section.js'

const MILLISECONDS = { s: 1000, m: 60_000 }

/** What the schema has checked, with its defaults. */
export function readHealth(reader: SectionReader): HealthCheck | undefined {
  const health = reader.value('health')
  if (health === undefined) return undefined
  const { port, path = '/', timeout = '30s' } = health
  const unit = timeout.at(-1) as keyof typeof MILLISECONDS
  return { port, path, timeoutMs: Number(timeout.slice(0, -1)) * MILLISECONDS[unit] }
}
