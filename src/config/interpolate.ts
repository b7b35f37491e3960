import type { Checked } from './checked.js'

/** A text with environment variables in it, parsed but not filled. */
export interface Template {
  readonly parts: readonly (string | Variable)[]
  /** Names that stand as `$NAME`, without braces: they are text, which may not be what was meant. */
  readonly unbraced: readonly string[]
}

export interface Variable {
  readonly name: string
  /** Taken when the variable is unset or empty. */
  readonly fallback?: string
}

export type Filled = { readonly value: string } | { readonly missing: readonly string[] }

const TOKEN = /\$\$|\$\{([^{}]*)\}|\$\{|\$(?=([A-Za-z_]\w*))/g

const VARIABLE = /^([A-Za-z_]\w*)(?::-(.*))?$/s

/** Understands `${NAME}`, `${NAME:-default}` and `$$` (a literal `$`); any other `$` is text. */
export function parseTemplate(text: string): Checked<Template> {
  const parts: (string | Variable)[] = []
  const unbraced: string[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const [token, inside, bare] = match
    parts.push(text.slice(end, match.index))
    end = match.index + token.length
    if (bare !== undefined) unbraced.push(bare)
    if (token === '$$' || token === '$') parts.push('$')
    else {
      const variable = parseVariable(inside)
      if (variable === undefined) {
        return { problem: `write \${NAME} or \${NAME:-default}, or $\${ where \`$\{\` itself is meant` }
      }
      parts.push(variable)
    }
  }
  parts.push(text.slice(end))
  return { value: { parts: parts.filter((part) => part !== ''), unbraced } }
}

/** `missing` lists each variable that is unset and has no default; an empty variable counts as set. */
export function fill(
  parts: Template['parts'],
  variables: Readonly<Record<string, string | undefined>>,
): Filled {
  const missing = new Set<string>()
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part
    const set = Object.hasOwn(variables, part.name) ? variables[part.name] : undefined
    const value = part.fallback === undefined ? set : set || part.fallback
    if (value === undefined) missing.add(part.name)
    return value ?? ''
  })
  return missing.size > 0 ? { missing: [...missing] } : { value: texts.join('') }
}

function parseVariable(inside: string | undefined): Variable | undefined {
  const [, name, fallback] = VARIABLE.exec(inside ?? '') ?? []
  if (name === undefined) return undefined
  return fallback === undefined ? { name } : { name, fallback: fallback.replaceAll('$$', '$') }
}
