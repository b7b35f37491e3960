import {
  createServer,
  type IncomingMessage,
  request as ask,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a request gets in place of the registry's answer; `reset` breaks the connection in the middle of its body. */
export type RegistryFault =
  | 'reset'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

/** Stands before a registry on this machine, passes on byte for byte, and fails where the test says so. */
export class FaultyRegistry {
  readonly host: string
  /** Method and path of all requests that fault, in order. */
  readonly faulted: string[] = []
  fault: (method: string, path: string) => RegistryFault | undefined = () => undefined
  readonly #server: Server
  readonly #target: URL

  private constructor(server: Server, target: string) {
    this.#server = server
    this.#target = new URL(`http://${target}`)
    this.host = `localhost:${(server.address() as AddressInfo).port}`
    server.on('request', (request, response) => {
      this.#serve(request, response)
    })
  }

  static async start(target: string): Promise<FaultyRegistry> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new FaultyRegistry(server, target)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request
    const fault = this.fault(method, url)
    if (fault !== undefined) this.faulted.push(`${method} ${url}`)
    if (fault === 'reset') {
      request.once('data', () => request.socket.resetAndDestroy())
    } else if (fault !== undefined) {
      request.resume()
      response.writeHead(fault.status, fault.headers).end(fault.body)
    } else {
      // With the host that was asked for, as the registry names itself by it.
      const passed = ask(new URL(url, this.#target), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      passed.on('error', () => response.destroy())
      // A push that is given up in the middle is given up at the registry, too.
      response.on('close', () => passed.destroy())
      request.pipe(passed)
    }
  }
}
