import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Operation {
  readonly parameters: readonly { readonly $ref: string }[]
  readonly requestBody?: unknown
  readonly responses: Readonly<Record<string, unknown>>
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required?: boolean
  readonly schema: object
}

const description = JSON.parse(readFileSync(join(import.meta.dirname, 'github-openapi.json'), 'utf8')) as {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: { parameters: Readonly<Record<string, Parameter>> }
}

/** What GitHub may answer to anything, and its description leaves out. */
const ANYWHERE = [401, 403, 404, 429, 500, 502, 503]

const ajv = new Ajv({ strict: false })
addFormats.default(ajv)
ajv.addSchema({ $id: 'github', ...description })
const coercing = new Ajv({ strict: false, coerceTypes: true })
addFormats.default(coercing)

/** An operation of GitHub's REST API, by its description. */
export class DescribedOperation {
  readonly method: string
  readonly template: string
  /** Values of the path's parameters. */
  readonly path: Readonly<Record<string, string>>

  private constructor(method: string, template: string, path: Readonly<Record<string, string>>) {
    this.method = method
    this.template = template
    this.path = path
  }

  /** `undefined` where the description has none. */
  static of(method: string, pathname: string): DescribedOperation | undefined {
    for (const [template, operations] of Object.entries(description.paths)) {
      const pattern = template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
      const found = new RegExp(`^${pattern}$`).exec(pathname)
      if (found && operations[method.toLowerCase()])
        return new DescribedOperation(method.toLowerCase(), template, { ...found.groups })
    }
    return undefined
  }

  /** What is wrong with a request; what the description does not name is wrong, too. */
  wrongRequest(query: URLSearchParams, body: unknown): string[] {
    const parameters = this.#operation.parameters.map(
      ({ $ref }) => description.components.parameters[$ref.split('/').at(-1) ?? '']!,
    )
    const given = { path: this.path, query: Object.fromEntries(query) }
    const unknown = [...query.keys()].filter((key) => !parameters.some(({ name }) => name === key))
    const values = parameters.flatMap(({ name, in: place, required, schema }) => {
      const value = given[place][name]
      if (value === undefined) return required === true ? [`${name} is missing`] : []
      return errorsOf(coercing.compile({ type: 'object', properties: { value: schema } }), { value }, name)
    })
    return [...unknown.map((name) => `${name} is unknown`), ...values, ...this.#wrongBody(body)]
  }

  wrongAnswer(status: number, body: unknown): string[] {
    const response = this.#operation.responses[status]
    if (response === undefined) return ANYWHERE.includes(status) ? [] : [`${status} is no answer`]
    if (status === 204) return body === undefined ? [] : ['204 has a body']
    const shared = (response as { $ref?: string }).$ref
    const $ref =
      shared === undefined
        ? this.#at('responses', String(status), 'content', 'application/json', 'schema')
        : `github${shared}/content/application~1json/schema`
    return errorsOf(ajv.compile({ $ref }), body, 'answer')
  }

  #wrongBody(body: unknown): string[] {
    if (this.#operation.requestBody === undefined) return body === undefined ? [] : ['there is a body']
    const reference = this.#at('requestBody', 'content', 'application/json', 'schema')
    const schema = ajv.getSchema(reference)?.schema as { properties: object } | undefined
    const unknown = Object.keys(body ?? {}).filter((key) => !(key in (schema?.properties ?? {})))
    return [
      ...unknown.map((key) => `${key} is unknown`),
      ...errorsOf(ajv.compile({ $ref: reference }), body, 'body'),
    ]
  }

  get #operation(): Operation {
    return description.paths[this.template]![this.method]!
  }

  /** A place below this operation, as a reference of JSON Schema. */
  #at(...path: string[]): string {
    const parts = ['paths', this.template, this.method, ...path]
    return `github#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
  }
}

function errorsOf(validate: ValidateFunction, value: unknown, name: string): string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${name}${instancePath} ${message ?? ''}`)
}
