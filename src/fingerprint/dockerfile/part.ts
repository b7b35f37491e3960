import type { Analysis, Taken } from './analysis.js'
import { globalInstructions } from './global-args.js'
import type { Graph, Origin, Stage } from './graph.js'
import type { From } from './layout.js'
import type { Dockerfile, Doubt, Instruction } from './model.js'

/** The part of a Dockerfile that one build reaches. */
export class Part {
  readonly #graph: Graph
  readonly #stages: readonly Stage[]
  readonly #target: Stage

  constructor(graph: Graph, stages: readonly Stage[], target: Stage) {
    this.#graph = graph
    this.#stages = stages
    this.#target = target
  }

  /** Contexts that an image starts from, and so takes whole. */
  wholeContexts(): Taken[] {
    const bases = this.#stages.map(({ from, base }) => ({ line: from.line, base }))
    const { from, replacedBy, name = '' } = this.#target
    if (replacedBy !== undefined) {
      bases.push({ line: from.line, base: { kind: 'context', context: replacedBy, name } })
    }
    return bases.flatMap(({ line, base }) =>
      base.kind === 'context'
        ? [{ kind: 'bind', line, context: base.context, path: '', exclude: [], parents: false }]
        : [],
    )
  }

  /** What makes it unknown what the build takes from any context. */
  doubts(declaredArgs: ReadonlySet<string>): Doubt[] {
    const doubts = this.#stages.flatMap(({ from: { line }, base, fired }) => {
      const found: Doubt[] = []
      if (base.kind === 'unknown') found.push({ line, why: `it is not known what FROM names: ${base.why}` })
      if (base.kind === 'image' && base.name.includes('onbuild')) {
        found.push({ line, why: `\`${base.name}\` may hold ONBUILD instructions that take files` })
      }
      if (fired.some(({ keyword }) => keyword === 'ENV' || keyword === 'ARG')) {
        found.push({ line, why: 'BuildKit releases differ on whether ONBUILD of a stage fires in another' })
      }
      return found
    })
    if (declaredArgs.has('BUILDKIT_SBOM_SCAN_CONTEXT')) {
      doubts.push({ line: 1, why: 'BUILDKIT_SBOM_SCAN_CONTEXT puts what lies in the context into the SBOM' })
    }
    return doubts
  }

  /** Stages are told by their place among those that are reached, so that others may come and go. */
  definition(dockerfile: Dockerfile, target: string | undefined): string[] {
    const { escape, syntax, instructions } = dockerfile
    const all = [
      ...(escape === '\\' ? [] : [`escape=${escape}`]),
      ...(syntax === undefined ? [] : [`syntax=${syntax}`]),
      ...(target === undefined ? [] : [`target=${target}`]),
      ...globalInstructions(instructions).flatMap((arg) => lines(arg)),
    ]
    for (const { from, base, commands } of this.#stages) {
      all.push(...lines(from), ...this.#pointer(base))
      for (const command of commands) {
        const pointers = this.#graph.origins(command).flatMap((origin) => this.#pointer(origin))
        all.push(...lines(command), ...pointers)
      }
    }
    return all
  }

  references(): Analysis['references'] {
    const { from, replacedBy } = this.#target
    const target =
      replacedBy === undefined ? [] : [{ name: replacedBy, line: from.line, isNamedContext: true }]
    const others = this.#stages.flatMap((stage) => [
      ...reference(stage.base, stage.from.line),
      ...stage.commands.flatMap((command) =>
        this.#graph.origins(command).flatMap((origin) => reference(origin, command.line)),
      ),
    ])
    return [...target, ...others]
  }

  /** What the image is: the stage that is built, or what replaces it. */
  origin(): From {
    const { index, replacedBy } = this.#target
    return replacedBy === undefined ? { kind: 'stage', index } : { kind: 'context', name: replacedBy }
  }

  /** Triggers of a stage fire in those that start from it, and no further. */
  hasTriggers(): boolean {
    const { commands, fired, replacedBy } = this.#target
    return (
      replacedBy === undefined && commands.slice(fired.length).some(({ keyword }) => keyword === 'ONBUILD')
    )
  }

  #pointer(origin: Origin): string[] {
    if (origin.kind === 'stage') return [`-> ${this.#stages.indexOf(origin.stage)}`]
    return origin.kind === 'context' ? [`-> context ${origin.context}`] : []
  }
}

function lines({ text, heredocs }: Instruction): string[] {
  return [text, ...heredocs.map(({ name, content }) => `<<${name}\n${content}`)]
}

function reference(origin: Origin, line: number): { name: string; line: number; isNamedContext: boolean }[] {
  if (origin.kind === 'image') return [{ name: origin.name, line, isNamedContext: false }]
  return origin.kind === 'context' ? [{ name: origin.context, line, isNamedContext: true }] : []
}
