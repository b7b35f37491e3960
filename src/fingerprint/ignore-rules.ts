import { normalize } from 'node:path/posix'
import { failed, ok, type Result } from '../model/failure.js'

interface Rule {
  readonly keeps: boolean
  readonly matches: (path: string) => boolean
}

/**
 * The rules of a `.dockerignore` file, with the meaning that BuildKit gives them (moby/patternmatcher and fsutil):
 * order counts, `!` keeps, `**` crosses folders, what a rule said of a folder holds for what is in it. This is not
 * the meaning of `.gitignore`.
 */
export class IgnoreRules {
  static readonly NONE = new IgnoreRules([])

  /** Folder → what each rule said of it; a rule that was not asked counts as silent, as in fsutil's walk. */
  readonly #folders = new Map<string, readonly boolean[]>()
  private readonly rules: readonly Rule[]

  private constructor(rules: readonly Rule[]) {
    this.rules = rules
  }

  /** `config-invalid` names the line of a pattern that BuildKit would refuse, or read as a regular expression. */
  static parse(text: string, file: string): Result<IgnoreRules> {
    const rules: Rule[] = []
    for (const [index, line] of text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .entries()) {
      if (line.startsWith('#') || line.trim() === '') continue
      const rule = parseRule(line.trim())
      if (rule === undefined) {
        const message = `\`${line.trim()}\` is not a pattern that Docker understands here; see the .dockerignore format`
        return failed({ kind: 'config-invalid', message, place: { file, line: index + 1, column: 1 } })
      }
      rules.push(rule)
    }
    return ok(new IgnoreRules(rules))
  }

  /** Whether BuildKit would leave this file out; `path` is relative to the context. */
  drops(path: string): boolean {
    return this.rules.length > 0 && this.#verdict(this.#answers(path))
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

function parseRule(line: string): Rule | undefined {
  const keeps = line.startsWith('!')
  const pattern = clean(keeps ? line.slice(1).trim() : line)
  if (pattern === undefined) return undefined
  const matches = matcher(pattern)
  return matches === undefined ? undefined : { keeps, matches }
}

/** Go's filepath.Clean, then without a leading slash: `/a` and `a` mean the same. */
function clean(pattern: string): string | undefined {
  if (pattern === '') return undefined
  const normal = normalize(pattern)
  const short = normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
  return short.length > 1 && short.startsWith('/') ? short.slice(1) : short
}

/** The special forms that patternmatcher compares as text come first: `a`, `a**`, `**a`; all else is an expression. */
function matcher(pattern: string): ((path: string) => boolean) | undefined {
  if (!/[*?[\]\\]/.test(pattern)) return (path) => path === pattern
  if (/^[^*?[\]\\]+\*\*$/.test(pattern)) {
    const prefix = pattern.slice(0, -2)
    return (path) => path.startsWith(prefix)
  }
  if (/^\*\*[^*?[\]\\]*$/.test(pattern)) {
    const suffix = pattern.slice(2)
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
  }
  const source = expression(pattern)
  if (source === undefined) return undefined
  const regex = new RegExp(`^${source}$`, 'u')
  return (path) => regex.test(path)
}

const TOKEN = /\*\*\/?$|\*\*\/?|\*|\?|\[\^?(?:[^\]\\[/]|\\[^A-Za-z0-9])+\]|\\[^A-Za-z0-9]|[^*?[\]\\]/suy

/** JavaScript source of a pattern; `undefined` for what Go would refuse or understand as more than a glob. */
function expression(pattern: string): string | undefined {
  let source = ''
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < pattern.length) {
    const start = TOKEN.lastIndex
    const token = TOKEN.exec(pattern)?.[0]
    if (token === undefined) return undefined
    if (token.startsWith('**')) source += start + token.length === pattern.length ? '.*' : '(?:.*/)?'
    else if (token === '*') source += '[^/]*'
    else if (token === '?') source += '[^/]'
    else if (token.startsWith('[')) source += token.replace(/\\(.)/gsu, (_, char: string) => literal(char))
    else source += literal(token.startsWith('\\') ? token.slice(1) : token)
  }
  return isExpression(source) ? source : undefined
}

function literal(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
}

/** A class such as `[z-a]` passes the token pattern and is refused only here, as Go refuses it. */
function isExpression(source: string): boolean {
  try {
    return new RegExp(source, 'u').source !== ''
  } catch {
    return false
  }
}
