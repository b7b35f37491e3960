import type { Checked } from '../checked.js'
import { closest } from '../suggest.js'
import { formatDate, parseDateFormat } from './date.js'

/** A text with `{{expressions}}` in it, parsed but not filled: the part of Handlebars that tag rules need. */
export type Template<Context> = readonly (string | Expression<Context>)[]

export interface Expression<Context> {
  readonly name: string
  text(context: Context): Checked<string>
}

/** The expressions that a template may hold: `{{name}}`, and `{{name 'format' tz='zone'}}` for points in time. */
export interface Scope<Context> {
  readonly texts: Readonly<Record<string, (context: Context) => Checked<string>>>
  readonly times: Readonly<Record<string, (context: Context) => Checked<number>>>
}

const QUOTED = `(?:'([^']*)'|"([^"]*)")`
const DATE = new RegExp(`^\\w+\\s+${QUOTED}(?:\\s+tz=${QUOTED})?$`)

/** Unlike Handlebars, which leaves an unknown expression empty, this refuses it. */
export function parseTemplate<Context>(text: string, scope: Scope<Context>): Checked<Template<Context>> {
  const parts: (string | Expression<Context>)[] = []
  for (const [index, part] of text.split(/\{\{(.*?)\}\}/s).entries()) {
    if (index % 2 === 0) {
      if (part.includes('{{')) return { problem: '`{{` is not closed by `}}`' }
      parts.push(part)
    } else {
      const expression = parseExpression(part.trim(), scope)
      if ('problem' in expression) return expression
      parts.push(expression.value)
    }
  }
  return { value: parts.filter((part) => part !== '') }
}

/** The problem is that of the first expression that has no value in this run. */
export function fill<Context>(template: Template<Context>, context: Context): Checked<string> {
  let filled = ''
  for (const part of template) {
    const text = typeof part === 'string' ? { value: part } : part.text(context)
    if ('problem' in text) return text
    filled += text.value
  }
  return { value: filled }
}

export function uses<Context>(template: Template<Context>, name: string): boolean {
  return template.some((part) => typeof part !== 'string' && part.name === name)
}

function parseExpression<Context>(inside: string, scope: Scope<Context>): Checked<Expression<Context>> {
  const text = own(scope.texts, inside)
  if (text !== undefined) return { value: { name: inside, text } }
  const [name = ''] = inside.split(/\s/, 1)
  const time = own(scope.times, name)
  if (time === undefined) return { problem: unknown(inside, Object.keys({ ...scope.texts, ...scope.times })) }
  const [, single, double, singleZone, doubleZone] = DATE.exec(inside) ?? []
  const format = single ?? double
  if (format === undefined)
    return {
      problem: `write \`{{${name} 'YYYYMMDD'}}\` or \`{{${name} 'YYYYMMDD' tz='Europe/Berlin'}}\`, not \`{{${inside}}}\``,
    }
  const parsed = parseDateFormat(format, singleZone ?? doubleZone ?? 'UTC')
  if ('problem' in parsed) return parsed
  const dated = (context: Context): Checked<string> => {
    const at = time(context)
    return 'problem' in at ? at : { value: formatDate(parsed.value, at.value) }
  }
  return { value: { name, text: dated } }
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function unknown(name: string, names: readonly string[]): string {
  const near = closest(name, names)
  const mend = near === undefined ? `use ${names.join(', ')}` : `did you mean \`{{${near}}}\`?`
  return `\`{{${name}}}\` is not known here; ${mend}`
}
