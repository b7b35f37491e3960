import type { ObjectId } from '../model/snapshot.js'
import type { FolderEntry } from '../ports/git-tree.js'
import { decodePath } from './git-path.js'
import { converse, type Conversation } from './process.js'

export interface GitObject {
  readonly id: ObjectId
  readonly type: string
  readonly bytes: Buffer
}

/** One answer of `git cat-file --batch`: its first line, and the object if there is one. */
export interface Answer {
  readonly header: string
  readonly object?: GitObject
}

/**
 * Objects of a repository, through one `git cat-file --batch`, whose answers come in the order of the questions. It is
 * started with the first question, and with the next one after it ended, and keeps nobody from ending who awaits no
 * answer.
 */
export class GitObjects {
  private readonly folder: string
  private readonly environment: NodeJS.ProcessEnv
  #talk: Talk | undefined

  constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.folder = folder
    this.environment = environment
  }

  /**
   * `name` is one that git resolves; `undefined` for what is not there. When git ends, every question that still waits
   * is rejected: one object that cannot be read spoils those that were asked for after it.
   */
  async ask(name: string): Promise<GitObject | undefined> {
    if (name.includes('\n')) throw new Error(`git cannot be asked for ${JSON.stringify(name)}`)
    if (this.#talk?.isOver !== false) this.#talk = new Talk(this.folder, this.environment)
    return this.#talk.ask(name)
  }

  /** Lets git end when all that was asked is answered. */
  close(): void {
    this.#talk?.close()
    this.#talk = undefined
  }
}

interface Question {
  readonly name: string
  readonly resolve: (object: GitObject | undefined) => void
  readonly reject: (error: Error) => void
}

/** What is said with one process, from its start to its end. */
class Talk {
  isOver = false
  readonly #git: Conversation
  readonly #reader = new AnswerReader()
  /** Questions without an answer are those from here on. */
  #next = 0
  #questions: Question[] = []

  constructor(cwd: string, env: NodeJS.ProcessEnv) {
    this.#git = converse(
      ['git', 'cat-file', '--batch'],
      { cwd, env },
      {
        onOutput: (bytes) => {
          for (const answer of this.#reader.read(bytes)) this.#reply(answer)
          if (this.#isIdle()) this.#rest()
        },
        onEnd: (why) => {
          this.isOver = true
          const error = new Error(`git cat-file ended (${why})`)
          for (const question of this.#questions.splice(0).slice(this.#next)) question.reject(error)
          this.#next = 0
        },
      },
    )
  }

  ask(name: string): Promise<GitObject | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#isIdle()) this.#git.hold(true)
      this.#questions.push({ name, resolve, reject })
      this.#git.write(`${name}\n`)
    })
  }

  close(): void {
    this.#git.end()
  }

  #isIdle(): boolean {
    return this.#next === this.#questions.length
  }

  #rest(): void {
    this.#questions = []
    this.#next = 0
    this.#git.hold(false)
  }

  #reply({ header, object }: Answer): void {
    const question = this.#questions[this.#next]
    if (question === undefined) return
    this.#next += 1
    const { name } = question
    // That an answer belongs to another question cannot happen, and must not go unnoticed.
    const isOther = FULL_ID.test(name) && object !== undefined && object.id !== name
    if (!isOther && (object !== undefined || header === `${name} missing`)) question.resolve(object)
    else question.reject(new Error(`git cat-file answered: ${header}`))
  }
}

const FULL_ID = /^[0-9a-f]{40,64}$/

const NEWLINE = 0x0a

/** Cuts what `git cat-file --batch` prints into its answers (see git-cat-file(1)), in whatever pieces it comes. */
export class AnswerReader {
  #pieces: Buffer[] = []
  #length = 0
  /** Bytes without which there is no further answer. */
  #needed = 1

  /** Every answer that is complete with this piece. */
  read(piece: Buffer): Answer[] {
    this.#pieces.push(piece)
    this.#length += piece.length
    if (this.#length < this.#needed) return []
    const bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces)
    const answers: Answer[] = []
    let start = 0
    for (;;) {
      const { answer, next } = answerAt(bytes, start)
      this.#needed = next - start
      if (answer === undefined) break
      answers.push(answer)
      start = next
    }
    this.#pieces = start < bytes.length ? [bytes.subarray(start)] : []
    this.#length = bytes.length - start
    return answers
  }
}

/** The answer that starts there, and where it ends; without an answer, the least that is missing for one. */
function answerAt(bytes: Buffer, start: number): { readonly answer?: Answer; readonly next: number } {
  const end = bytes.indexOf(NEWLINE, start)
  if (end === -1) return { next: bytes.length + 1 }
  const header = bytes.toString('utf8', start, end)
  const [, id, type, size] = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(header) ?? []
  if (id === undefined || type === undefined) return { answer: { header }, next: end + 1 }
  const next = end + 1 + Number(size) + 1
  if (bytes.length < next) return { next }
  return { answer: { header, object: { id, type, bytes: bytes.subarray(end + 1, next - 1) } }, next }
}

/** As git writes them in trees → as it prints them. */
const MODES: ReadonlyMap<string, string> = new Map([
  ['40000', '040000'],
  ...['100644', '100755', '120000', '160000'].map((mode): [string, string] => [mode, mode]),
])

/**
 * Entries of a tree object, `<mode> <name>\0<id>` each (see gitformat-pack and git-mktree); modes as `ls-tree` prints
 * them, in six digits.
 */
export function parseTreeObject(bytes: Buffer, idLength: number): FolderEntry[] {
  const entries: FolderEntry[] = []
  let start = 0
  while (start < bytes.length) {
    const space = bytes.indexOf(0x20, start)
    const end = bytes.indexOf(0, start)
    if (space === -1 || end < space || end + 1 + idLength > bytes.length)
      throw new Error('a tree object of git has an unknown form')
    const mode = bytes.toString('latin1', start, space)
    entries.push({
      mode: MODES.get(mode) ?? mode.padStart(6, '0'),
      name: decodePath(bytes.subarray(space + 1, end)),
      id: bytes.toString('hex', end + 1, end + 1 + idLength),
    })
    start = end + 1 + idLength
  }
  return entries
}
