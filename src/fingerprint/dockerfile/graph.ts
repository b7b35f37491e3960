import type { ContextNames } from './context-names.js'
import type { Environment } from './environment.js'
import { expandWord } from './expand.js'
import type { Instruction } from './model.js'
import { mountOrigins } from './mounts.js'
import type { Problem } from './reader.js'

/** Where FROM, COPY --from or the `from` of a mount leads. */
export type Origin =
  | { readonly kind: 'stage'; readonly stage: Stage }
  /** A context that the user named; it replaces `name`, a stage or an image. */
  | { readonly kind: 'context'; readonly context: string; readonly name: string; readonly replaced?: Stage }
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'unknown'; readonly why: string }

export interface Stage {
  readonly index: number
  readonly from: Instruction
  /** Lower case. */
  readonly name?: string
  readonly base: Origin
  /** Triggers of its base. */
  readonly fired: readonly Instruction[]
  /** The triggers first. */
  readonly commands: readonly Instruction[]
  /** The context that replaces it. */
  readonly replacedBy?: string
}

/** The stages of a Dockerfile and how they hang together. */
export class Graph {
  readonly stages: readonly Stage[]
  readonly contexts: ContextNames
  readonly #escape: string

  private constructor(stages: readonly Stage[], contexts: ContextNames, escape: string) {
    this.stages = stages
    this.contexts = contexts
    this.#escape = escape
  }

  /** `args` are the global ones, which FROM is expanded with. */
  static of(
    instructions: readonly Instruction[],
    args: Environment,
    options: { readonly escape: string; readonly contexts: ContextNames },
  ): Graph | Problem {
    const { escape, contexts } = options
    const stages: Stage[] = []
    const byName = new Map<string, Stage>()
    for (const [from, ...commands] of blocks(instructions)) {
      if (from === undefined) continue
      const base = baseOf(from, args.expand(from.words[0] ?? '', escape), { byName, contexts })
      if ('message' in base) return base
      const name = from.words[2]?.toLowerCase()
      const replacedBy = name === undefined ? undefined : contexts.forStage(name)
      const fired = onbuildsOf(base).flatMap((each) => each.trigger ?? [])
      const stage: Stage = {
        index: stages.length,
        from,
        base,
        fired,
        commands: [...fired, ...commands],
        ...(name !== undefined && { name }),
        ...(replacedBy !== undefined && { replacedBy }),
      }
      stages.push(stage)
      if (name !== undefined) byName.set(name, stage)
    }
    const graph = new Graph(stages, contexts, escape)
    return graph.#problem() ?? graph
  }

  /** The stage that is built; BuildKit finds one by name only. */
  target(name: string | undefined): Stage | undefined {
    return name === undefined ? this.stages.at(-1) : this.#named(name)
  }

  /** Where COPY --from or the `from` of a mount leads. `written` is not empty. */
  origin(written: string, isIndexed: boolean): Origin {
    const stage = isIndexed && isIndex(written) ? this.stages[Number(written)] : this.#named(written)
    if (stage !== undefined) return stageOrigin(stage)
    return imageOrigin(written, this.contexts)
  }

  /** What a command takes from, other than the main context; in the order in which it is written. */
  origins(command: Instruction): Origin[] {
    if (command.keyword === 'COPY') {
      const from = copyFrom(command)
      return from === '' ? [] : [this.origin(from, true)]
    }
    if (command.keyword !== 'RUN') return []
    return mountOrigins(command).flatMap((from) => (from === '' ? [] : [this.origin(from, false)]))
  }

  /** All stages that the roots need, themselves included, in the order of the file. */
  reachable(roots: readonly Stage[]): Stage[] {
    const found = new Set<Stage>()
    const waiting = [...roots]
    for (let stage = waiting.pop(); stage !== undefined; stage = waiting.pop()) {
      if (found.has(stage) || stage.replacedBy !== undefined) continue
      found.add(stage)
      const origins = [stage.base, ...stage.commands.flatMap((command) => this.origins(command))]
      for (const origin of origins) {
        if (origin.kind === 'stage') waiting.push(origin.stage)
        // It may be any of those before.
        if (origin.kind === 'unknown') waiting.push(...this.stages.slice(0, stage.index))
      }
      // A mount from nowhere counts as one from a stage `scratch`, if somebody called a stage that.
      const scratch = this.#named('scratch')
      if (scratch && stage.commands.some((command) => mountOrigins(command).includes('')))
        waiting.push(scratch)
    }
    return this.stages.filter((stage) => found.has(stage))
  }

  /** What BuildKit refuses of a stage that it builds. */
  problemOf(stage: Stage): Problem | undefined {
    for (const command of stage.commands) {
      const { keyword, line } = command
      if (
        this.origins(command).some((origin) => origin.kind === 'stage' && origin.stage.index >= stage.index)
      ) {
        return {
          line,
          message: `${keyword} takes from a stage that does not come before its own; move that one up`,
        }
      }
    }
    const silent = onbuildsOf(stage.base).find((command) => command.trigger === undefined)
    return (
      silent && { line: silent.line, message: 'ONBUILD holds no instruction that can be read; correct it' }
    )
  }

  #named(name: string): Stage | undefined {
    return this.stages.findLast((stage) => stage.name === name.toLowerCase())
  }

  #problem(): Problem | undefined {
    for (const command of this.stages.flatMap((stage) => stage.commands)) {
      const from = command.keyword === 'COPY' ? copyFrom(command) : ''
      if (from === '') continue
      const expanded = expandWord(from, new Map(), this.#escape)
      if ('problem' in expanded || expanded.text !== from) {
        const message =
          'COPY --from takes no variables; name a stage with `FROM <image> AS <name>` and copy from that'
        return { line: command.line, message }
      }
      if (isIndex(from) && this.stages[Number(from)] === undefined) {
        return {
          line: command.line,
          message: `COPY --from=${from}: there is no such stage; they count from 0`,
        }
      }
    }
    return undefined
  }
}

/** Empty: the main context. */
export function copyFrom(copy: Instruction): string {
  return copy.flags.find((flag) => flag.name === 'from')?.value ?? ''
}

function isIndex(text: string): boolean {
  return /^[+-]?[0-9]+$/.test(text)
}

/** Each FROM with what follows it. */
function blocks(instructions: readonly Instruction[]): Instruction[][] {
  const found: Instruction[][] = []
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') found.push([instruction])
    else found.at(-1)?.push(instruction)
  }
  return found
}

/** Names of stages are lower case here, but what FROM says is not made so. */
function baseOf(
  from: Instruction,
  expanded: ReturnType<Environment['expand']>,
  known: { readonly byName: ReadonlyMap<string, Stage>; readonly contexts: ContextNames },
): Origin | Problem {
  if ('why' in expanded) return { kind: 'unknown', why: expanded.why }
  const { text } = expanded
  if (text === '') {
    const message = `FROM ${from.words[0] ?? ''}: the name is empty; give its arguments a default`
    return { line: from.line, message }
  }
  const stage = known.byName.get(text)
  return stage === undefined ? imageOrigin(text, known.contexts) : stageOrigin(stage)
}

function stageOrigin(stage: Stage): Origin {
  return stage.replacedBy === undefined
    ? { kind: 'stage', stage }
    : { kind: 'context', context: stage.replacedBy, name: stage.name ?? '', replaced: stage }
}

function imageOrigin(name: string, contexts: ContextNames): Origin {
  if (name === 'scratch') return { kind: 'scratch' }
  const context = contexts.forImage(name)
  return context === undefined ? { kind: 'image', name } : { kind: 'context', context, name }
}

/** ONBUILD fires in the stages right above, even if a context replaces the stage that holds it. */
function onbuildsOf(base: Origin): Instruction[] {
  const stage = base.kind === 'stage' ? base.stage : base.kind === 'context' ? base.replaced : undefined
  return (stage?.commands ?? []).filter((command) => command.keyword === 'ONBUILD')
}
