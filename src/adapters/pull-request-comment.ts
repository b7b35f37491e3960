import type { CommentThread, ThreadAnswer, ThreadChange, ThreadComment } from '../ports/comment-thread.js'

export interface PullRequestPlace {
  /** Of GitHub's REST API, such as `https://api.github.com`. */
  readonly apiUrl: string
  readonly token: string
  /** `owner/name` */
  readonly repository: string
  readonly number: number
  /** Stops what is under way. */
  readonly signal: AbortSignal
  /** For one question, however many pages its answer has; absent: 20 s. */
  readonly limitMs?: number
}

type Octokit = ReturnType<(typeof import('@actions/github'))['getOctokit']>

/** What Octokit throws for an answer that is an error and, with status 500 and no response, for none. */
interface RequestError extends Error {
  readonly status: number
  readonly response?: { readonly headers: Headers; readonly data: unknown }
}

type Headers = Readonly<Record<string, string | number | undefined>>

/** An app's token may not ask REST whose it is; this it may (marocchino/sticky-pull-request-comment#332). */
const VIEWER = '{ viewer { login } }'

const LIMIT_MS = 20_000
/** Of what is said of a refusal. */
const LONGEST_MESSAGE = 200

/** Comments of one pull request, through GitHub's REST API. Its client is loaded with the first question. */
export class PullRequestThread implements CommentThread {
  private readonly place: PullRequestPlace
  #login: string | undefined

  constructor(place: PullRequestPlace) {
    this.place = place
  }

  own(beginning: string): Promise<ThreadAnswer<readonly ThreadComment[]>> {
    return this.#ask(async (octokit) => {
      const { listComments } = octokit.rest.issues
      // In the order of their ids, as GitHub's documentation says of this list.
      const found = await octokit.paginate(listComments, { ...this.#thread(), per_page: 100 }, ({ data }) =>
        data.filter(({ body }) => body?.startsWith(beginning)),
      )
      if (found.length === 0) return []
      this.#login ??= (await octokit.graphql<{ viewer: { login: string } }>(VIEWER)).viewer.login
      const own = found.filter(({ user }) => user?.login === this.#login)
      return own.map(({ id, body = '' }) => ({ id, body }))
    })
  }

  make(change: ThreadChange): Promise<ThreadAnswer<void>> {
    return this.#ask(async ({ rest: { issues } }) => {
      const { issue_number, ...repository } = this.#thread()
      switch (change.kind) {
        case 'create':
          await issues.createComment({ ...repository, issue_number, body: change.body })
          return
        case 'update': {
          const { id, body } = change
          await issues.updateComment({ ...repository, comment_id: id, body }).catch(unlessGone)
          return
        }
        case 'remove':
          await issues.deleteComment({ ...repository, comment_id: change.id }).catch(unlessGone)
      }
    })
  }

  #thread() {
    const [owner = '', repo = ''] = this.place.repository.split('/')
    return { owner, repo, issue_number: this.place.number }
  }

  async #ask<T>(question: (octokit: Octokit) => Promise<T>): Promise<ThreadAnswer<T>> {
    const { apiUrl, token, limitMs = LIMIT_MS } = this.place
    if (token === '') return { kind: 'denied', problem: 'input `github-token` is empty' }
    const { getOctokit } = await import('@actions/github')
    const octokit = getOctokit(token, { baseUrl: apiUrl })
    // Not `AbortSignal.timeout`: within `any`, garbage collection takes it away (nodejs/node#57736).
    const deadline = new AbortController()
    const timer = setTimeout(() => {
      deadline.abort()
    }, limitMs)
    const signal = AbortSignal.any([this.place.signal, deadline.signal])
    // An option of a question does not reach the requests for its answer's pages.
    octokit.hook.before('request', (options) => {
      options.request = { ...options.request, signal }
    })
    try {
      return { kind: 'done', value: await question(octokit) }
    } catch (error) {
      // To wait for it again would hold up the job for longer than a comment is worth.
      if (deadline.signal.aborted) return failed(`GitHub did not answer within ${limitMs / 1000} s`, Infinity)
      // Errors of GraphQL come with status 200, and what is no answer of GitHub's fails in ways of its own.
      return isRequestError(error) ? answerOf(error, token) : failed(shortened((error as Error).message))
    } finally {
      clearTimeout(timer)
    }
  }
}

/** What is not there cannot be changed any more; the next look shows it. */
function unlessGone(error: unknown): void {
  if (!isRequestError(error) || error.status !== 404) throw error as Error
}

function isRequestError(error: unknown): error is RequestError {
  return typeof (error as Partial<RequestError> | undefined)?.status === 'number'
}

function answerOf({ status, response, message }: RequestError, token: string): ThreadAnswer<never> {
  const headers = response?.headers ?? {}
  const said =
    response === undefined ? message : ((response.data as { message?: string } | null)?.message ?? '')
  const reason = shortened(said.replaceAll(token, '***'))
  const problem = response ? `HTTP ${status}${reason && `: ${reason}`}` : `GitHub was not reached: ${reason}`
  if (isLimited(status, headers, said)) return failed(problem, limitMs(headers))
  return status >= 500 ? failed(problem, limitMs(headers, 0)) : { kind: 'denied', problem }
}

/** GitHub's documentation, "Rate limits for the REST API": 403 or 429, be it a primary or a secondary limit. */
function isLimited(status: number, headers: Headers, said: string): boolean {
  if (status !== 403 && status !== 429) return false
  return (
    status === 429 ||
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /rate limit/i.test(said)
  )
}

/** The same page: seconds to wait, else the second at which the limit ends, else at least one minute. */
function limitMs(headers: Headers, otherwise = 60_000): number {
  const after = Number(headers['retry-after'])
  if (Number.isFinite(after)) return after * 1000
  const reset = Number(headers['x-ratelimit-reset'])
  const isUsedUp = String(headers['x-ratelimit-remaining']) === '0'
  return isUsedUp && Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : otherwise
}

function failed(problem: string, retryAfterMs = 0): ThreadAnswer<never> {
  return { kind: 'failed', problem, retryAfterMs }
}

function shortened(text: string): string {
  return text.replace(/\s+/gu, ' ').slice(0, LONGEST_MESSAGE)
}
