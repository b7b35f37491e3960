type CleanUp = () => Promise<void> | void

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const cleanUps: CleanUp[] = []

/**
 * Runs `cleanUp` when a signal ends this process, then lets the signal have its usual effect. Last registered runs
 * first. The answer takes the registration back, which the regular path must do.
 */
export function onTermination(cleanUp: CleanUp): () => void {
  if (cleanUps.length === 0) for (const signal of signals) process.on(signal, handle)
  cleanUps.push(cleanUp)
  return () => {
    const place = cleanUps.lastIndexOf(cleanUp)
    if (place >= 0) cleanUps.splice(place, 1)
    if (cleanUps.length === 0) ignoreSignals()
  }
}

function handle(signal: NodeJS.Signals): void {
  const pending = cleanUps.splice(0).reverse()
  void runAll(pending).finally(() => {
    ignoreSignals()
    process.kill(process.pid, signal)
  })
}

/** One failure must not keep the others from running. */
async function runAll(pending: readonly CleanUp[]): Promise<void> {
  for (const cleanUp of pending) {
    try {
      await cleanUp()
    } catch (error) {
      process.stderr.write(`${String(error)}\n`)
    }
  }
}

function ignoreSignals(): void {
  for (const signal of signals) process.off(signal, handle)
}
