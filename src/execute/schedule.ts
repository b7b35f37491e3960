/**
 * Runs one task per item, at most `bound` at once, started in order; resolves to the results in order when all have
 * ended. A task must not throw for an expected failure; when it throws, those under way still end before the throw goes on.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  bound: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await task(item)
  }
  const workers = Array.from({ length: Math.min(bound, items.length) }, worker)
  const ended = await Promise.allSettled(workers)
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return results
}
