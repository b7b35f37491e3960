import { failed, ok, type Result } from '../../model/failure.js'
import type { Analysis, BuildQuestion } from './analysis.js'
import { ContextNames } from './context-names.js'
import { isDockerSyntax } from './directives.js'
import type { Environment } from './environment.js'
import { declaredGlobally, globalArgs } from './global-args.js'
import { Graph, type Stage } from './graph.js'
import type { Dockerfile, Doubt } from './model.js'
import { Part } from './part.js'
import type { Problem } from './reader.js'
import { Walk } from './walk.js'

/** What a build takes from its contexts, and what defines it. `config-invalid` names the line of what BuildKit refuses. */
export function analyze(dockerfile: Dockerfile, question: BuildQuestion, file: string): Result<Analysis> {
  const undecided = undecidedOf(dockerfile, question)
  if (dockerfile.foreign !== undefined) {
    return ok({ ...nothing(), undecided, definition: [dockerfile.foreign] })
  }
  const analyses: Analysis[] = []
  for (const platform of question.platforms) {
    const analysis = analyzeOne(dockerfile, question, platform)
    if ('message' in analysis) {
      const { line, message } = analysis
      return failed({ kind: 'config-invalid', message, place: { file, line, column: 1 } })
    }
    analyses.push(analysis)
  }
  const all = united(question, analyses)
  return ok({ ...all, undecided: [...undecided, ...all.undecided] })
}

function nothing(): Analysis {
  return {
    taken: [],
    undecided: [],
    definition: [],
    declaredArgs: new Set(),
    references: [],
    layouts: [],
    hasTriggers: false,
    stageNames: new Set(),
  }
}

/** What puts all contexts in doubt, whatever is built. */
function undecidedOf(dockerfile: Dockerfile, question: BuildQuestion): Analysis['undecided'] {
  const doubts = [...dockerfile.doubts]
  const syntax = question.buildArgs.get('BUILDKIT_SYNTAX')?.trim().split(' ')[0]
  if (question.volatileArgs.has('BUILDKIT_SYNTAX') || (syntax !== undefined && !isDockerSyntax(syntax))) {
    doubts.push({
      line: 1,
      why: 'BUILDKIT_SYNTAX names a frontend, and only that knows what this Dockerfile means',
    })
  }
  if (new ContextNames(question.namedContexts).isPartial) {
    doubts.push({ line: 1, why: 'a named context holds for one platform only' })
  }
  return inAllContexts(doubts, question)
}

function inAllContexts(doubts: readonly Doubt[], question: BuildQuestion): Analysis['undecided'] {
  const contexts = [...question.namedContexts]
  return doubts.flatMap((doubt) => [doubt, ...contexts.map((context) => ({ ...doubt, context }))])
}

function analyzeOne(dockerfile: Dockerfile, question: BuildQuestion, platform: string): Analysis | Problem {
  const { escape, instructions } = dockerfile
  const args = globalArgs(instructions, { question, escape }, platform)
  const graph = Graph.of(instructions, args, { escape, contexts: new ContextNames(question.namedContexts) })
  if ('message' in graph) return graph
  const target = graph.target(question.target)
  if (target === undefined) {
    const names =
      graph.stages.flatMap((stage) => stage.name ?? []).join(', ') || 'none, as no stage has a name'
    return {
      line: 1,
      message: `there is no stage \`${question.target ?? ''}\`; set \`target\` to one of: ${names}`,
    }
  }
  const stages = graph.reachable([target, ...clocks(graph, args, question)])
  const walk = new Walk({ graph, escape, globalArgs: args, question })
  for (const stage of stages) walk.stage(stage)
  const [problem] = [...stages.flatMap((stage) => graph.problemOf(stage) ?? []), ...walk.problems]
  if (problem !== undefined) return problem
  const part = new Part(graph, stages, target)
  const declaredArgs = new Set([...walk.declaredArgs, ...declaredGlobally(instructions)])
  return {
    taken: [...walk.taken, ...part.wholeContexts()],
    undecided: [...walk.undecided, ...inAllContexts(part.doubts(declaredArgs), question)],
    definition: part.definition(dockerfile, question.target),
    declaredArgs,
    ...secretsOf(walk.secrets),
    references: part.references(),
    layouts: [{ target: part.origin(), stages: walk.stages }],
    hasTriggers: part.hasTriggers(),
    stageNames: new Set(graph.stages.flatMap(({ name }) => name ?? [])),
  }
}

/** The time stamp of a stage can become that of the image. */
function clocks(graph: Graph, args: Environment, { buildArgs }: BuildQuestion): Stage[] {
  const global = args.get('SOURCE_DATE_EPOCH')
  const name = buildArgs.get('SOURCE_DATE_EPOCH') ?? (global && 'text' in global ? global.text : undefined)
  return graph.stages.filter((stage) => stage.name !== undefined && stage.name === name?.toLowerCase())
}

function united(question: BuildQuestion, analyses: readonly Analysis[]): Analysis {
  const definitions = distinct(analyses.map(({ definition }) => definition))
  return {
    taken: distinct(analyses.flatMap(({ taken }) => taken)),
    undecided: distinct(analyses.flatMap(({ undecided }) => undecided)),
    definition:
      definitions.length === 1
        ? definitions.flat()
        : analyses.flatMap(({ definition }, at) => [
            `platform ${question.platforms[at] ?? ''}`,
            ...definition,
          ]),
    declaredArgs: new Set(analyses.flatMap(({ declaredArgs }) => [...declaredArgs])),
    ...secretsOf(
      new Set(analyses.flatMap(({ secrets }): readonly (string | undefined)[] => secrets ?? [undefined])),
    ),
    references: distinct(analyses.flatMap(({ references }) => references)),
    layouts: distinct(analyses.flatMap(({ layouts }) => layouts)),
    hasTriggers: analyses.some(({ hasTriggers }) => hasTriggers),
    stageNames: new Set(analyses.flatMap(({ stageNames }) => [...stageNames])),
  }
}

function secretsOf(ids: ReadonlySet<string | undefined>): Pick<Analysis, 'secrets'> {
  const known = [...ids].filter((id) => id !== undefined)
  return known.length === ids.size ? { secrets: known.sort() } : {}
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}
