/**
 * Where a value is not what it should be, as the keys that lead there; `undefined` for one that is. A library for such
 * checks takes longer for a thousand records than all else that a plan does with them.
 */
export type Check = (value: unknown) => readonly string[] | undefined

const HERE: readonly string[] = []

export const text: Check = (value) => (typeof value === 'string' ? undefined : HERE)

export const number: Check = (value) => (typeof value === 'number' ? undefined : HERE)

export const texts: Check = (value) => (isObject(value) ? first(Object.keys(value), value, () => text) : HERE)

export function matching(pattern: RegExp): Check {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : HERE)
}

export function list(item: Check): Check {
  return (value) => (Array.isArray(value) ? first(Object.keys(value), value as never, () => item) : HERE)
}

/** With these keys and no others. */
export function object(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)])
  const names = Object.keys(required)
  return (value) => {
    if (!isObject(value)) return HERE
    const missing = names.find((name) => !Object.hasOwn(value, name))
    if (missing !== undefined) return [missing]
    return first(Object.keys(value), value, (key) => checks.get(key) ?? never)
  }
}

const never: Check = () => HERE

function first(
  keys: readonly string[],
  value: Readonly<Record<string, unknown>>,
  checkOf: (key: string) => Check,
): readonly string[] | undefined {
  for (const key of keys) {
    const wrong = checkOf(key)(value[key])
    if (wrong !== undefined) return [key, ...wrong]
  }
  return undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
