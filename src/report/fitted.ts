/** What is repeated: items that stand or fall as a whole, and a line for those that did not fit. */
export interface Section {
  readonly head: string
  readonly items: readonly string[]
  readonly more: (left: number) => string
  readonly foot: string
}

/** The section with as many items as its budget, in bytes of UTF-8, holds; empty when it has none or not even its frame fits. */
export function fitted({ head, items, more, foot }: Section, budget: number): string {
  if (items.length === 0) return ''
  const frame = Buffer.byteLength(head) + Buffer.byteLength(foot)
  const sizes = items.map((item) => Buffer.byteLength(item))
  const whole = sizes.reduce((sum, size) => sum + size, frame)
  if (whole <= budget) return head + items.join('') + foot

  let size = frame + Buffer.byteLength(more(items.length))
  if (size > budget) return ''
  let kept = 0
  for (const itemSize of sizes) {
    if (size + itemSize > budget) break
    size += itemSize
    kept += 1
  }
  return head + items.slice(0, kept).join('') + more(items.length - kept) + foot
}
