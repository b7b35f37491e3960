import { failed, ok, type Failure, type Result } from '../model/failure.js'

export interface HttpHeaders {
  /** By a name in lower case; values of a header that came more than once are joined by commas. */
  get(name: string): string | null
}

/** An answer whose body is read. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: HttpHeaders
  readonly body: Buffer
}

export interface Patience {
  /** How long one try may take. */
  readonly timeoutMs: number
  readonly wait: (milliseconds: number) => Promise<unknown>
  /** The wall clock, in milliseconds since 1970. */
  readonly now: () => number
  /** Ends the try that is under way, and all further ones. */
  readonly signal: AbortSignal
}

/** One try; throws when there is no answer within the time. */
export type Exchange = (timeoutMs: number) => Promise<HttpAnswer>

const TRIES = 4
/** What one question may take in all. */
const BUDGET_MS = 30_000
/** The longest wait that a registry may ask for. */
const LONGEST_WAIT_MS = 10_000
/** How long a host that failed a question entirely is left alone. */
const REST_MS = 10_000
export const MOST_AT_ONCE = 32
const ASKED_BY_OTHERS = 'so it was found a moment ago'

/**
 * One host of registries, token servers or blobs. It retries what may pass (lost connections, 429 and 5xx), bounds what
 * is under way at once, and after a question that failed in all its tries asks nothing for a while: a host that is down
 * costs one question's patience, not that of all. The first question after the rest has one try; the others await it.
 */
export class RegistryHost {
  private readonly name: string
  private readonly patience: Patience
  #underWay = 0
  readonly #queue: (() => void)[] = []
  /** How many answers were had: one that others got meanwhile shows that the host is not down. */
  #answers = 0
  #down: { readonly since: number; readonly problem: string; probe?: Promise<unknown> } | undefined

  constructor(name: string, patience: Patience) {
    this.name = name
    this.patience = patience
  }

  /** The answer, be it a refusal or the 429 or 5xx of the last try; a failure when there was none. */
  async ask(exchange: Exchange): Promise<Result<HttpAnswer>> {
    // The place is kept through all tries: who waits in the queue has not begun to lose patience.
    if (this.#underWay === MOST_AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve))
    else this.#underWay++
    try {
      return await this.#ask(exchange)
    } finally {
      const next = this.#queue.shift()
      if (next === undefined) this.#underWay--
      else next()
    }
  }

  async #ask(exchange: Exchange): Promise<Result<HttpAnswer>> {
    // Also ends the wait for a probe that was interrupted and so learnt nothing.
    if (this.patience.signal.aborted) return failed(this.#interrupted())
    const down = this.#down
    if (down === undefined) return this.#tryOften(exchange, TRIES)
    if (this.patience.now() - down.since < REST_MS)
      return failed(this.#isSilent(down.problem, ASKED_BY_OTHERS))
    if (down.probe === undefined) {
      const probe = this.#tryOften(exchange, 1)
      down.probe = probe
      return probe
    }
    await down.probe
    return this.#ask(exchange)
  }

  async #tryOften(exchange: Exchange, tries: number): Promise<Result<HttpAnswer>> {
    const { now, wait, signal, timeoutMs } = this.patience
    const end = now() + BUDGET_MS
    const answersBefore = this.#answers
    for (let attempt = 1; ; attempt++) {
      const tried = await attemptOf(exchange, Math.max(1, Math.min(timeoutMs, end - now())))
      if ('answer' in tried && !mayPass(tried.answer.status)) {
        this.#answers++
        this.#down = undefined
        return ok(tried.answer)
      }
      if (signal.aborted) return failed(this.#interrupted())
      const pause = pauseMs(attempt, 'answer' in tried ? tried.answer.headers : undefined, now())
      if (attempt === tries || now() + pause >= end) {
        const problem = 'answer' in tried ? `answered ${tried.answer.status}` : tried.problem
        if (this.#answers === answersBefore) this.#down = { since: now(), problem }
        return 'answer' in tried
          ? ok(tried.answer)
          : failed(this.#isSilent(problem, attempt === 1 ? 'asked once' : `asked ${attempt} times`))
      }
      await wait(pause)
      if (this.#down !== undefined && tries > 1)
        return failed(this.#isSilent(this.#down.problem, ASKED_BY_OTHERS))
    }
  }

  #isSilent(problem: string, tried: string): Failure {
    const message = `${this.name} does not answer: ${problem} (${tried}; run again when it is back)`
    return { kind: 'registry-failed', message }
  }

  #interrupted(): Failure {
    return { kind: 'interrupted', message: `the run was interrupted, ${this.name} was not asked to the end` }
  }
}

async function attemptOf(
  exchange: Exchange,
  timeoutMs: number,
): Promise<{ readonly answer: HttpAnswer } | { readonly problem: string }> {
  try {
    return { answer: await exchange(timeoutMs) }
  } catch (error) {
    return { problem: whyOf(error) }
  }
}

function mayPass(status: number): boolean {
  return status === 429 || status >= 500
}

interface Reason {
  readonly message: string
  readonly code?: string
}

/** What goes through a proxy hides the reason in the cause; for a host of several addresses it has only a code. */
function whyOf(error: unknown): string {
  const { cause, message, code = '' } = error as Reason & { readonly cause?: Reason }
  return cause?.message || cause?.code || message || code
}

/** As long as `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3), else 0.25, 0.5, 1 s. */
function pauseMs(attempt: number, headers: HttpHeaders | undefined, now: number): number {
  const text = headers?.get('retry-after') ?? ''
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return asked > 0 ? Math.min(asked, LONGEST_WAIT_MS) : 125 * 2 ** attempt
}
