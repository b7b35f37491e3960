import type { Analysis, BuildQuestion, Taken } from './analysis.js'
import { Environment, type Decided } from './environment.js'
import { argOf, VOLATILE } from './global-args.js'
import { copyFrom, type Graph, type Origin, type Stage } from './graph.js'
import { heredocOf } from './heredoc.js'
import type { Instruction } from './model.js'
import { mountsOf } from './mounts.js'
import type { Problem } from './reader.js'
import { contextPath, isRemote, openPivot, parentsPath } from './sources.js'

type Undecided = Analysis['undecided'][number]

interface Variables {
  /** All that an instruction sees. */
  readonly scope: Environment
  /** ENV alone, which is laid over what a stage inherits when it begins. */
  readonly config: Environment
}

interface Surroundings {
  readonly graph: Graph
  readonly escape: string
  readonly globalArgs: Environment
  readonly question: BuildQuestion
}

/** Walks stages in the order of the file, so that each finds the variables of the one it starts from. */
export class Walk {
  readonly taken: Taken[] = []
  readonly undecided: Undecided[] = []
  readonly declaredArgs = new Set<string>()
  readonly problems: Problem[] = []
  readonly #around: Surroundings
  readonly #variables = new Map<Stage, Variables>()

  constructor(around: Surroundings) {
    this.#around = around
  }

  stage(stage: Stage): void {
    const variables = this.#inherited(stage.base)
    this.#variables.set(stage, variables)
    for (const command of stage.commands) this.#command(command, variables)
  }

  #inherited(base: Origin): Variables {
    const inherited = base.kind === 'stage' ? this.#variables.get(base.stage) : undefined
    if (inherited) {
      return { scope: inherited.scope.under(inherited.config), config: inherited.config.copy() }
    }
    const config = base.kind === 'scratch' ? Environment.empty() : Environment.open(ofBase(base))
    if (base.kind === 'scratch') config.set('PATH', { why: 'BuildKit sets it' })
    return { scope: config.copy(), config }
  }

  #command(command: Instruction, variables: Variables): void {
    const { keyword, words } = command
    if (keyword === 'ENV') this.#env(command, variables)
    else if (keyword === 'ARG') for (const word of words) this.#arg(word, variables.scope)
    else if (keyword === 'COPY' || keyword === 'ADD') this.#copy(command, variables.scope)
    else if (keyword === 'RUN') this.#run(command, variables.scope)
  }

  /** All pairs are expanded before the first of them is set. */
  #env({ words }: Instruction, variables: Variables): void {
    const expanded = words.map((word) => variables.scope.expand(word, this.#around.escape))
    for (let at = 0; at + 1 < expanded.length; at += 3) {
      const [name, value] = [expanded[at], expanded[at + 1]]
      if (name === undefined || value === undefined) continue
      for (const each of [variables.scope, variables.config]) {
        if ('text' in name) each.set(name.text, value)
        else each.setSome(name.why)
      }
    }
  }

  /** BuildKit takes the name as it stands; older releases expand it first. */
  #arg(word: string, scope: Environment): void {
    const { name, fallback } = argOf(word)
    this.declaredArgs.add(name)
    const { buildArgs, volatileArgs } = this.#around.question
    if (name.startsWith('BUILDKIT_SBOM_SCAN_')) return
    if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) {
      scope.setSome(`BuildKit releases differ on what \`ARG ${word}\` means`)
      return
    }
    const passed = buildArgs.get(name)
    const value = (): Decided | undefined => {
      if (volatileArgs.has(name)) return { why: VOLATILE }
      if (passed !== undefined) return { text: passed }
      return fallback === undefined
        ? this.#around.globalArgs.get(name)
        : scope.expand(fallback, this.#around.escape)
    }
    const set = value()
    if (set !== undefined) scope.set(name, set)
  }

  #copy(command: Instruction, scope: Environment): void {
    const from = command.keyword === 'COPY' ? copyFrom(command) : ''
    const origin = from === '' ? undefined : this.#around.graph.origin(from, true)
    const context = origin && contextOf(origin)
    if (origin !== undefined && context === undefined) return
    for (const word of command.words.slice(0, -1)) {
      const heredoc = heredocOf(word)
      if (heredoc !== undefined && !('problem' in heredoc)) continue
      // Whatever its variables hold, it is fetched from elsewhere.
      if (command.keyword === 'ADD' && /^["']?https?:\/\//.test(word)) continue
      const source = scope.expand(word, this.#around.escape)
      if ('why' in source) this.#doubt(command.line, source.why, context)
      else this.#take(command, source.text, context)
    }
  }

  #take(command: Instruction, source: string, context: string | undefined): void {
    const { line, keyword, flags } = command
    if (isRemote(source)) {
      if (keyword === 'ADD') return
      this.problems.push({ line, message: `COPY cannot fetch \`${source}\`; write ADD instead` })
      return
    }
    const parents = flags.some(({ name, value }) => name === 'parents' && value?.toLowerCase() !== 'false')
    const kind = keyword === 'ADD' ? 'add' : 'copy'
    const where = { kind, line, ...(context !== undefined && { context }) } as const
    const exclude = flags.flatMap(({ name, value }) =>
      name === 'exclude' && value !== undefined ? [value] : [],
    )
    this.taken.push({ ...where, path: parents ? parentsPath(source) : contextPath(source), exclude, parents })
    // A file that a pattern before `/./` matches is copied, whatever follows.
    const pivot = parents ? openPivot(source) : undefined
    if (pivot !== undefined) this.taken.push({ ...where, path: pivot, exclude: [], parents: false })
  }

  #run(command: Instruction, scope: Environment): void {
    for (const mount of mountsOf(command, scope, this.#around.escape)) {
      const origin = mount.from === '' ? undefined : this.#around.graph.origin(mount.from, false)
      const context = origin && contextOf(origin)
      if (origin !== undefined && context === undefined) continue
      if ('why' in mount.type) {
        this.#doubt(command.line, mount.type.why, context)
        continue
      }
      const type = mount.type.text.toLowerCase()
      // A cache starts from what `from` names, but not from the main context.
      if (type !== 'bind' && !(type === 'cache' && context !== undefined)) continue
      if ('why' in mount.source) {
        this.#doubt(command.line, mount.source.why, context)
        continue
      }
      const path = contextPath(mount.source.text)
      const where = context === undefined ? {} : { context }
      this.taken.push({ kind: 'bind', line: command.line, path, exclude: [], parents: false, ...where })
    }
  }

  #doubt(line: number, why: string, context: string | undefined): void {
    this.undecided.push({ line, why, ...(context !== undefined && { context }) })
  }
}

function contextOf(origin: Origin): string | undefined {
  return origin.kind === 'context' ? origin.context : undefined
}

function ofBase(base: Origin): string {
  if (base.kind === 'image' || base.kind === 'context') return `it may come from \`${base.name}\``
  return 'it may come from the base image'
}
