import { failed, ok, type Result } from '../model/failure.js'
import { parsePattern, trimSpace, type IgnorePattern } from './ignore-pattern.js'

/**
 * The rules of a `.dockerignore` file, with the meaning that BuildKit gives them (moby/patternmatcher and fsutil):
 * order counts, `!` keeps, `**` crosses folders, what a rule said of a folder holds for what is in it. This is not
 * the meaning of `.gitignore`.
 */
export class IgnoreRules {
  static readonly NONE = new IgnoreRules([])

  /** Folder → what each rule said of it; a rule that was not asked counts as silent, as in fsutil's walk. */
  readonly #folders = new Map<string, readonly boolean[]>()
  private readonly rules: readonly IgnorePattern[]
  /** The rules of a file as they are written, without comments; empty if there are none. */
  readonly lines: readonly string[]

  private constructor(rules: readonly IgnorePattern[], lines: readonly string[] = []) {
    this.rules = rules
    this.lines = lines
  }

  /**
   * The patterns of `--exclude`, which BuildKit cleans less than those of a file; `undefined` when one of them is not
   * understood.
   */
  static ofFlags(patterns: readonly string[]): IgnoreRules | undefined {
    const rules: IgnorePattern[] = []
    for (const pattern of patterns) {
      // Of a file `/a` means `a`; here it matches nothing.
      if (/^\s*!?\s*\//.test(pattern)) continue
      const rule = parsePattern(pattern)
      if (rule === undefined) return undefined
      rules.push(rule)
    }
    return new IgnoreRules(rules)
  }

  /** `config-invalid` names the line of a pattern that BuildKit would refuse, or whose meaning is unclear. */
  static parse(text: string, file: string): Result<IgnoreRules> {
    const rules: IgnorePattern[] = []
    const lines: string[] = []
    for (const [index, line] of text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .entries()) {
      if (line.startsWith('#') || trimSpace(line) === '') continue
      const rule = parsePattern(line)
      if (rule === undefined) {
        const message = `\`${line.trim()}\` is not a pattern that every Docker understands; see the .dockerignore format, and put a backslash before + ( ) | { }`
        return failed({ kind: 'config-invalid', message, place: { file, line: index + 1, column: 1 } })
      }
      rules.push(rule)
      lines.push(trimSpace(line))
    }
    return ok(new IgnoreRules(rules, lines))
  }

  /** The same with further lines at their end; `undefined` when one of them is not understood. */
  with(lines: readonly string[]): IgnoreRules | undefined {
    const more = lines.map(parsePattern)
    const known = more.filter((rule) => rule !== undefined)
    if (known.length < more.length) return undefined
    return new IgnoreRules([...this.rules, ...known], [...this.lines, ...lines])
  }

  /** Whether BuildKit would leave this file out; `path` is relative to the context. */
  drops(path: string): boolean {
    return this.rules.length > 0 && this.#verdict(this.#answers(path))
  }

  /** Whether something below a folder that is dropped may be kept: doubt is yes. */
  mayKeepBelow(folder: string): boolean {
    const below = `${folder}/`
    return this.rules.some(
      ({ keeps, start }) => keeps && (start.startsWith(below) || below.startsWith(start)),
    )
  }

  #answers(path: string): readonly boolean[] {
    const slash = path.lastIndexOf('/')
    const inherited = slash === -1 ? undefined : this.#folderAnswers(path.slice(0, slash))
    const answers: boolean[] = []
    let dropped = false
    for (const [index, rule] of this.rules.entries()) {
      // Only a rule that could turn the verdict is asked: fsutil does the same, and a folder's unasked rules are not
      // inherited as matches by what is in it.
      const matched = inherited?.[index] === true || (rule.keeps === dropped && rule.matches(path))
      answers.push(matched)
      if (matched) dropped = !rule.keeps
    }
    return answers
  }

  #folderAnswers(folder: string): readonly boolean[] {
    let answers = this.#folders.get(folder)
    if (answers === undefined) {
      answers = this.#answers(folder)
      this.#folders.set(folder, answers)
    }
    return answers
  }

  #verdict(answers: readonly boolean[]): boolean {
    let dropped = false
    for (const [index, rule] of this.rules.entries()) if (answers[index]) dropped = !rule.keeps
    return dropped
  }
}
