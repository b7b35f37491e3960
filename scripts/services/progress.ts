import { readFileSync } from 'node:fs'

/** Says what is done; stderr, so that a script's stdout stays its result. */
export interface Progress {
  note(line: string): void
  /** Prints what was achieved, with the time it took; a failure prints nothing, as the error will be shown. */
  step<T>(work: () => Promise<T>, describe: (result: T) => string): Promise<T>
  /** Shows the end of a log whose whole length would bury the reason of a failure. */
  tail(log: string): void
}

const tailLines = 15

export const progressOnStderr: Progress = progressTo((line) => {
  process.stderr.write(`services: ${line}\n`)
})

/** For callers whose own output must stay clean. */
export const silentProgress: Progress = progressTo(() => undefined)

export function progressTo(write: (line: string) => void): Progress {
  return {
    note: write,
    step: async (work, describe) => {
      const begun = performance.now()
      const result = await work()
      write(`${describe(result)} (${((performance.now() - begun) / 1000).toFixed(1)}s)`)
      return result
    },
    tail: (log) => {
      const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-tailLines)
      for (const line of lines) write(`  | ${line}`)
    },
  }
}
