/** What is read of the document of a plan (`report/document.ts`). */
interface PlannedImage {
  readonly name: string
  readonly decision: string
  readonly fingerprint: string
}

/** Name → fingerprint of the images that a plan which was handed on reuses; none where the text is no plan. */
export function reusedIn(text: string): ReadonlyMap<string, string> {
  let value: { readonly version?: unknown; readonly images?: unknown } | null
  try {
    value = JSON.parse(text) as typeof value
  } catch {
    return new Map()
  }
  if (value?.version !== 1 || !Array.isArray(value.images)) return new Map()
  const reused = value.images.filter(isPlanned).filter(({ decision }) => decision === 'reuse')
  return new Map(reused.map(({ name, fingerprint }) => [name, fingerprint]))
}

function isPlanned(value: unknown): value is PlannedImage {
  const { name, decision, fingerprint } = (value ?? {}) as Partial<Record<keyof PlannedImage, unknown>>
  return [name, decision, fingerprint].every((text) => typeof text === 'string')
}
