/** The wall clock, in milliseconds since 1970. */
export interface Clock {
  now(): number
  /** Ends after so many milliseconds, or when the signal is aborted. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>
}
