/** Aborts at the first SIGINT or SIGTERM; a second one ends the process at once, as without us. */
export function abortOnSignals(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      controller.abort()
    })
  }
  return controller.signal
}
