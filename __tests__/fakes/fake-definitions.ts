import { ok, type Failure, type Result } from '../../src/model/failure.js'
import type { DefinitionReader, DefinitionRequest } from '../../src/ports/definition-reader.js'

/** Prints what it is told to, whatever it is asked for; keeps what it was asked. */
export class FakeDefinitions implements DefinitionReader {
  readonly asked: DefinitionRequest[] = []
  printed: unknown = { group: { default: { targets: [] } }, target: {} }
  failure: Failure | undefined

  print(request: DefinitionRequest): Promise<Result<string>> {
    this.asked.push(request)
    const { failure } = this
    return Promise.resolve(failure ? { ok: false, failures: [failure] } : ok(JSON.stringify(this.printed)))
  }
}
