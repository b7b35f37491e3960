import type { Analysis, BuildQuestion, Taken } from './analysis.js'
import { Environment, type Decided } from './environment.js'
import { argOf, VOLATILE } from './global-args.js'
import { copyFrom, type Graph, type Origin, type Stage } from './graph.js'
import { heredocOf } from './heredoc.js'
import { type From, fromOf, type Spot, spotAt, type StageLayout, type Step, workdirOf } from './layout.js'
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
  /** The working directory; absent where it cannot be told. */
  workdir: Spot | undefined
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
  /** Ids; `undefined` stands for one that cannot be told. */
  readonly secrets = new Set<string | undefined>()
  readonly problems: Problem[] = []
  readonly stages: (readonly [index: number, stage: StageLayout])[] = []
  readonly #around: Surroundings
  readonly #variables = new Map<Stage, Variables>()

  constructor(around: Surroundings) {
    this.#around = around
  }

  stage(stage: Stage): void {
    const variables = this.#inherited(stage.base)
    this.#variables.set(stage, variables)
    const steps = stage.commands.flatMap((command) => this.#command(command, variables))
    const { workdir } = variables
    this.stages.push([stage.index, { base: fromOf(stage.base), steps, ...(workdir && { workdir }) }])
  }

  #inherited(base: Origin): Variables {
    const inherited = base.kind === 'stage' ? this.#variables.get(base.stage) : undefined
    if (inherited) {
      const scope = inherited.scope.under(inherited.config)
      return { scope, config: inherited.config.copy(), workdir: inherited.workdir }
    }
    const config = base.kind === 'scratch' ? Environment.empty() : Environment.open(ofBase(base))
    if (base.kind === 'scratch') config.set('PATH', { why: 'BuildKit sets it' })
    return { scope: config.copy(), config, workdir: workdirOf(fromOf(base)) }
  }

  #command(command: Instruction, variables: Variables): readonly Step[] {
    const { keyword, words } = command
    if (keyword === 'COPY' || keyword === 'ADD') return this.#copy(command, variables)
    if (keyword === 'RUN') return this.#run(command, variables.scope)
    if (keyword === 'ENV') this.#env(command, variables)
    else if (keyword === 'ARG') for (const word of words) this.#arg(word, variables.scope)
    else if (keyword === 'WORKDIR') variables.workdir = this.#spot(words.at(-1) ?? '', variables)
    return []
  }

  #spot(word: string, { scope, workdir }: Variables): Spot | undefined {
    const path = scope.expand(word, this.#around.escape)
    return 'text' in path ? spotAt(workdir, path.text) : undefined
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

  #copy(command: Instruction, variables: Variables): Step[] {
    const { keyword, flags, line } = command
    const written = keyword === 'COPY' ? copyFrom(command) : ''
    const origin = written === '' ? undefined : this.#around.graph.origin(written, true)
    const context = origin && contextOf(origin)
    const from: From = origin === undefined ? { kind: 'context' } : fromOf(origin)
    const to = this.#spot(command.words.at(-1) ?? '', variables)
    const isFolder = /(?:^|\/)\.{0,2}$/.test(command.words.at(-1) ?? '') || command.words.length > 2
    const isParents = hasParents(command)
    const isPartial = flags.some(({ name }) => name === 'exclude')
    const shared = { kind: 'copy', line, from, isParents, isPartial, isFolder, ...(to && { to }) } as const
    return command.words.slice(0, -1).flatMap((word): Step[] => {
      const heredoc = heredocOf(word)
      if (heredoc !== undefined && !('problem' in heredoc)) return []
      // Whatever its variables hold, it is fetched from elsewhere.
      if (keyword === 'ADD' && /^["']?https?:\/\//.test(word)) return []
      const source = variables.scope.expand(word, this.#around.escape)
      if (origin === undefined || context !== undefined) {
        if ('why' in source) this.#doubt(line, source.why, context)
        else this.#take(command, source.text, context)
      }
      if (!('text' in source)) return [shared]
      // Of what stands before `/./` nothing is kept.
      const isKnown = !isParents || !source.text.includes('/./')
      return isRemote(source.text)
        ? []
        : [{ ...shared, ...(isKnown && { source: contextPath(source.text) }) }]
    })
  }

  #take(command: Instruction, source: string, context: string | undefined): void {
    const { line, keyword, flags } = command
    if (isRemote(source)) {
      if (keyword === 'ADD') return
      this.problems.push({ line, message: `COPY cannot fetch \`${source}\`; write ADD instead` })
      return
    }
    const parents = hasParents(command)
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

  #run(command: Instruction, scope: Environment): Step[] {
    const steps: Step[] = []
    for (const mount of mountsOf(command, scope, this.#around.escape)) {
      const origin = mount.from === '' ? undefined : this.#around.graph.origin(mount.from, false)
      const context = origin && contextOf(origin)
      const path = 'text' in mount.source ? contextPath(mount.source.text) : undefined
      if (origin !== undefined)
        steps.push({ kind: 'mount', from: fromOf(origin), ...(path !== undefined && { source: path }) })
      if (origin !== undefined && context === undefined) continue
      if ('why' in mount.type) {
        this.secrets.add(undefined)
        this.#doubt(command.line, mount.type.why, context)
        continue
      }
      const type = mount.type.text.toLowerCase()
      if (type === 'secret') this.secrets.add('text' in mount.id ? mount.id.text : undefined)
      // A cache starts from what `from` names, but not from the main context.
      if (type !== 'bind' && !(type === 'cache' && context !== undefined)) continue
      if ('why' in mount.source) {
        this.#doubt(command.line, mount.source.why, context)
        continue
      }
      const where = context === undefined ? {} : { context }
      const { line } = command
      const taken = contextPath(mount.source.text)
      this.taken.push({ kind: 'bind', line, path: taken, exclude: [], parents: false, ...where })
    }
    return [...steps, { kind: 'run' }]
  }

  #doubt(line: number, why: string, context: string | undefined): void {
    this.undecided.push({ line, why, ...(context !== undefined && { context }) })
  }
}

function hasParents({ flags }: Instruction): boolean {
  return flags.some(({ name, value }) => name === 'parents' && value?.toLowerCase() !== 'false')
}

function contextOf(origin: Origin): string | undefined {
  return origin.kind === 'context' ? origin.context : undefined
}

function ofBase(base: Origin): string {
  if (base.kind === 'image' || base.kind === 'context') return `it may come from \`${base.name}\``
  return 'it may come from the base image'
}
