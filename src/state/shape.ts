/** Whether a value of JSON is of some form, and nothing more. */
export type Check = (value: unknown) => boolean

/** An object with these fields and no others. A field that is added to the type fails to compile until it is checked. */
export function shape<T extends object>(fields: { readonly [K in keyof Required<T>]: Check }): Check {
  const checks = Object.entries<Check>(fields)
  const known = new Set(Object.keys(fields))
  return (value) =>
    isObject(value) &&
    Object.keys(value).every((name) => known.has(name)) &&
    checks.every(([name, check]) => check(value[name]))
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value)
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every((one) => check(one))
}

/** One of the texts of a type: one that is added to it fails to compile until it is here. */
export function oneOf<T extends string>(texts: Readonly<Record<T, true>>): Check {
  const all = new Set<unknown>(Object.keys(texts))
  return (value) => all.has(value)
}

/** One of several objects, told apart by their `kind`. */
export function ofKind<K extends string>(checks: Readonly<Record<K, Check>>): Check {
  const byKind = new Map<unknown, Check>(Object.entries<Check>(checks))
  return (value) => isObject(value) && byKind.get(value['kind'])?.(value) === true
}

export function isText(value: unknown): boolean {
  return typeof value === 'string'
}

export function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}

export function isTrue(value: unknown): boolean {
  return value === true
}

export function isMatch(pattern: RegExp): Check {
  return (value) => typeof value === 'string' && pattern.test(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
