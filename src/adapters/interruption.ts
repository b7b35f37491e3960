/**
 * Aborts at the first SIGINT or SIGTERM. The next one, whichever it is, ends the process at once, as without us: a
 * runner that cancels sends one after the other.
 */
export function abortOnSignals(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController()
  const abort = () => {
    process.off('SIGINT', abort).off('SIGTERM', abort)
    controller.abort()
  }
  process.on('SIGINT', abort).on('SIGTERM', abort)
  return controller.signal
}
