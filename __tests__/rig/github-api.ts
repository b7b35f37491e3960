import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { DescribedOperation } from './github-openapi.js'

export interface Comment {
  readonly id: number
  readonly login: string
  body: string
}

export interface Answer {
  readonly status: number
  /** Sent as JSON; a text as a page. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export const TOKEN = 'ghs_secretOfTheJob'
export const BOT = 'github-actions[bot]'
const THREAD = '/repos/acme/shop/issues/7/comments'
/** GitHub's own limit. */
const MOST_CHARACTERS = 65_536

/**
 * The part of GitHub's API that comments on the pull request 7 of acme/shop. Checks requests and its own answers against
 * GitHub's description; like GitHub it lets the token change comments of others.
 */
export class GithubApi {
  readonly url: string
  readonly comments: Comment[] = []
  /** Method and path of each request, in order. */
  readonly asked: string[] = []
  /** How requests and answers were not as GitHub describes them. */
  readonly breaches: string[] = []
  /** Whose the token is. */
  viewer = BOT
  /** Answered in place of anything else; `onlyAfter`: the request is carried out before. */
  fault: (method: string, path: string) => (Answer & { onlyAfter?: true }) | 'silence' | undefined = () =>
    undefined
  /** Happens before a request is answered. */
  meanwhile: (method: string, path: string) => Promise<void> | void = () => undefined
  readonly #server: Server
  #ids = 100

  private constructor(server: Server, prefix: string) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`
    server.on('request', (request, response) => {
      this.#serve(request, response, prefix).catch((error: unknown) => {
        this.breaches.push(String(error))
        response.destroy()
      })
    })
  }

  /** `prefix`: as of an Enterprise Server, `/api/v3`. */
  static async start(prefix = ''): Promise<GithubApi> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new GithubApi(server, prefix)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Writes a comment without a request. */
  write(body: string, login = BOT): Comment {
    const comment = { id: ++this.#ids, login, body }
    this.comments.push(comment)
    return comment
  }

  /** What anybody else sees below the pull request: its bodies, without the hidden first line of ours. */
  get texts(): string[] {
    return this.comments.map(({ body }) => body.replace(/^<!-- smart-image-build:.*-->\n/, ''))
  }

  async #serve(request: IncomingMessage, response: ServerResponse, prefix: string): Promise<void> {
    const { method = '', url = '' } = request
    const body = await text(request)
    const { pathname, searchParams } = new URL(url, this.url)
    const isGraphql = pathname === (prefix === '' ? '/graphql' : '/api/graphql')
    const path = isGraphql ? '/graphql' : pathname.slice(prefix.length)
    this.asked.push(`${method} ${path}`)
    await this.meanwhile(method, path)
    const fault = this.fault(method, path)
    if (fault === 'silence') return
    const sent: unknown = body === '' ? undefined : JSON.parse(body)
    const regular = () =>
      isGraphql ? this.#graphql(sent) : this.#rest({ method, path, query: searchParams, body: sent })
    const isKnown = request.headers.authorization === `token ${TOKEN}`
    const carriedOut = fault === undefined || fault.onlyAfter === true ? regular() : undefined
    const answer = isKnown ? (fault ?? carriedOut) : { status: 401, body: error('Bad credentials') }
    send(response, answer ?? { status: 500 })
  }

  #graphql(body: unknown): Answer {
    const { query } = body as { query?: string }
    if (query !== '{ viewer { login } }') this.breaches.push(`graphql: ${query ?? ''}`)
    return { status: 200, body: { data: { viewer: { login: this.viewer } } } }
  }

  #rest({ method, path, query, body }: Asked): Answer {
    const operation = DescribedOperation.of(method, path)
    const wrong = operation?.wrongRequest(query, body) ?? ['there is no such operation']
    if (operation === undefined || wrong.length > 0) {
      this.breaches.push(...wrong.map((problem) => `${method} ${path}: ${problem}`))
      return { status: 400, body: error('Problems parsing JSON') }
    }
    const answer = this.#answer(operation, query, body ?? {})
    const breaches = operation.wrongAnswer(answer.status, answer.body)
    this.breaches.push(...breaches.map((problem) => `answer to ${method} ${path}: ${problem}`))
    return answer
  }

  #answer({ method, path }: DescribedOperation, query: URLSearchParams, { body = '' }): Answer {
    if (path['issue_number'] !== undefined && path['issue_number'] !== '7') return NOT_FOUND
    if (Array.from(body).length > MOST_CHARACTERS) return TOO_LONG
    if (method === 'get') return this.#page(query)
    if (method === 'post') return { status: 201, body: this.#shown(this.write(body, this.viewer)) }
    const at = this.comments.findIndex(({ id }) => String(id) === path['comment_id'])
    const comment = this.comments[at]
    if (comment === undefined) return NOT_FOUND
    if (method === 'delete') {
      this.comments.splice(at, 1)
      return { status: 204 }
    }
    comment.body = body
    return { status: 200, body: this.#shown(comment) }
  }

  #page(query: URLSearchParams): Answer {
    const size = Math.min(Number(query.get('per_page') ?? 30), 100)
    const page = Number(query.get('page') ?? 1)
    const shown = this.comments.slice((page - 1) * size, page * size).map((one) => this.#shown(one))
    const next = `<${this.url}${THREAD}?per_page=${size}&page=${page + 1}>; rel="next"`
    return {
      status: 200,
      body: shown,
      ...(page * size < this.comments.length && { headers: { link: next } }),
    }
  }

  #shown({ id, login, body }: Comment): unknown {
    const url = `${this.url}/repos/acme/shop/issues/comments/${id}`
    return {
      ...{
        id,
        node_id: `IC_${id}`,
        body,
        url,
        html_url: url,
        issue_url: `${this.url}/repos/acme/shop/issues/7`,
      },
      ...{ created_at: '2026-11-21T12:00:00Z', updated_at: '2026-11-21T12:00:00Z' },
      ...{ author_association: 'NONE', user: user(login) },
    }
  }
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
}

const URLS = [
  ...['', 'avatar_', 'events_', 'followers_', 'following_', 'gists_', 'html_', 'organizations_'],
  ...['received_events_', 'repos_', 'starred_', 'subscriptions_'],
]

function user(login: string): unknown {
  const id = login.length
  const urls = URLS.map((kind) => [`${kind}url`, `https://github.example/${encodeURIComponent(login)}`])
  const rest = { login, id, node_id: `U_${id}`, gravatar_id: '', type: 'Bot', site_admin: false }
  return { ...Object.fromEntries(urls), ...rest }
}

export function error(message: string): unknown {
  return { message, documentation_url: 'https://docs.github.com/rest', status: '' }
}

const NOT_FOUND: Answer = { status: 404, body: error('Not Found') }

const TOO_LONG: Answer = {
  status: 422,
  body: {
    message: 'Validation Failed',
    errors: [
      {
        ...{ resource: 'IssueComment', code: 'unprocessable', field: 'data' },
        message: 'Body is too long (maximum is 65536 characters)',
      },
    ],
    documentation_url: 'https://docs.github.com/rest',
  },
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isPage = typeof body === 'string'
  const type = isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
  response.writeHead(status, { ...(body !== undefined && { 'content-type': type }), ...headers })
  response.end(body === undefined || isPage ? body : JSON.stringify(body))
}
