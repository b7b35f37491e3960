/** Options of buildx that are one word; all others have their value in the next one. */
const WORDS: ReadonlySet<string> = new Set(['--no-cache', '--pull'])

/** What makes a build run steps again that the builder has the results of. */
export const AFRESH = ['--no-cache', '--pull', '--no-cache-filter']

/** The options without all of these names, and without their values. */
export function withoutOptions(options: readonly string[], names: readonly string[]): string[] {
  const isLeftOut = (option = '') => names.includes(option)
  return options.filter((option, index) => {
    const before = options[index - 1] ?? ''
    return !isLeftOut(option) && !(isLeftOut(before) && !WORDS.has(before))
  })
}

/** A field of buildx's lists, which are lines of CSV. */
export function csvField(name: string, value: string): string {
  const text = `${name}=${value}`
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
