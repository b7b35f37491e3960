import ts from 'typescript'

/** Path below the repository, such as `src/plan/decide.ts` → its text. */
export type Sources = ReadonlyMap<string, string>
type Layer = keyof typeof MAY_IMPORT

interface Import {
  readonly line: number
  /** As it is written. */
  readonly specifier: string
  /** The file of ours that it names; absent for packages. */
  readonly target?: string
  readonly dynamic: boolean
}

/** Stages: the folders of src that `pipeline.ts` joins; files of one stage may import each other. */
const STAGES = ['config', 'state', 'report', 'fingerprint', 'plan', 'execute']
/** Files and folders of stages that talk to ports. */
const REACHING =
  /^src\/(?:fingerprint\/(?:gather|inspect|inputs|verify|texts|committed|git-view|disk-view|advice)\.ts|plan\/(?:probe|range)\.ts|execute\/.*)$/u
/** Modules of Node that neither read nor change anything outside of the program. */
const PURE_MODULES = /^node:(?:crypto|path|path\/posix|util|buffer)$/u
const CONFIG_PACKAGES = /^(?:yaml|valibot|fastest-levenshtein|picomatch)$/u

/** The layers that each layer may import from, besides files of its own folder. */
const MAY_IMPORT = {
  model: ['model'],
  ports: ['model', 'ports'],
  stage: ['model'],
  reaching: ['model', 'ports'],
  /** `src/pipeline.ts` and, in the folder of that name, its parts. */
  pipeline: ['model', 'ports', 'stage', 'reaching', 'pipeline'],
  adapters: ['model', 'ports', 'adapters'],
  entry: ['pipeline', 'adapters', 'model', 'ports'],
  app: [],
} as const

const LONGEST_FILE = 250

/** Every breach as `file:line imports "…": rule`, or without line and import where the file itself is at fault. */
export function breaches(sources: Sources): string[] {
  const graph = new Map<string, Import[]>()
  const found: string[] = []
  for (const [path, text] of sources) {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
    const imports = importsOf(file)
    graph.set(path, imports)
    for (const one of imports) {
      const rule = brokenRule(path, one)
      if (rule !== undefined) found.push(`${path}:${one.line} imports "${one.specifier}": ${rule}`)
    }
    found.push(...ambientReads(file), ...shapeBreaches(file))
  }
  return [...found, ...cycles(graph)]
}

function layerOf(path: string): Layer | undefined {
  const [, folder, ...rest] = path.split('/')
  if (rest.length === 0) {
    if (/^src\/(?:action|post|cache|artifacts|cli)\.ts$/u.test(path)) return 'entry'
    if (path === 'src/pipeline.ts') return 'pipeline'
    return path === 'src/app.ts' ? 'app' : undefined
  }
  if (folder === 'model' || folder === 'ports' || folder === 'adapters' || folder === 'pipeline')
    return folder
  if (!STAGES.includes(folder ?? '')) return undefined
  return REACHING.test(path) ? 'reaching' : 'stage'
}

function brokenRule(path: string, one: Import): string | undefined {
  const layer = layerOf(path)
  if (layer === undefined) return undefined // said once per file by `shapeBreaches`
  return one.target === undefined ? packageRule(layer, path, one.specifier) : fileRule(layer, path, one)
}

function packageRule(layer: Layer, path: string, specifier: string): string | undefined {
  if (layer === 'adapters') {
    return CONFIG_PACKAGES.test(specifier) ? 'only config imports this package' : undefined
  }
  if (layer === 'model' || layer === 'ports' || layer === 'app') return `${layer} imports no package`
  if (specifier.startsWith('@actions/')) return 'only adapters import @actions/*'
  if (layer === 'entry') {
    if (['commander', 'node:os', 'node:process'].includes(specifier)) return undefined
    return PURE_MODULES.test(specifier) ? undefined : 'entries only wire: this belongs in an adapter'
  }
  if (PURE_MODULES.test(specifier)) return undefined
  if (specifier.startsWith('node:')) return 'only adapters import modules of Node that do I/O'
  // The meaning of `.gitignore`, for the patterns that people write into the configuration.
  if (path === 'src/fingerprint/patterns.ts' && specifier === 'ignore') return undefined
  if (!CONFIG_PACKAGES.test(specifier)) return 'only adapters import packages, and config its four'
  return path.startsWith('src/config/') ? undefined : 'only config imports this package'
}

function fileRule(layer: Layer, path: string, one: Import): string | undefined {
  const target = one.target ?? ''
  const targetLayer = layerOf(target)
  if (layer === 'app') {
    const allowed = targetLayer === 'entry' && one.dynamic
    return allowed ? undefined : 'app imports entries only, and only dynamically'
  }
  if (layer === 'adapters' && target === 'package.json') return undefined
  if (targetLayer === undefined) return 'the target has no place in the layers'
  const isOwnStage = layer === 'stage' || layer === 'reaching' ? folderOf(path) === folderOf(target) : false
  const allowed: readonly Layer[] = MAY_IMPORT[layer]
  if (isOwnStage || allowed.includes(targetLayer)) return undefined
  return `${layer} may import ${allowed.join(', ')}, not ${targetLayer}`
}

function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/')
}

/** `import`, `export … from`, `import()`, `require()`, `import x = require()` and `import('…').Type`. */
function importsOf(file: ts.SourceFile): Import[] {
  const imports: Import[] = []
  const add = (node: ts.Node, specifier: ts.Node | undefined, dynamic = false) => {
    if (specifier === undefined) return
    const name = ts.isStringLiteralLike(specifier) ? specifier.text : specifier.getText()
    const target = name.startsWith('.') ? resolved(file.fileName, name) : undefined
    imports.push({
      line: lineOf(file, node),
      specifier: name,
      dynamic,
      ...(target !== undefined && { target }),
    })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node, node.moduleSpecifier)
    if (ts.isExternalModuleReference(node)) add(node, node.expression)
    if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument)
    if (ts.isCallExpression(node)) {
      const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
      if (isImport || node.expression.getText() === 'require') add(node, node.arguments[0], true)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return imports
}

function resolved(from: string, specifier: string): string {
  const path = new URL(specifier, `file:///${from}`).pathname.slice(1)
  return path.replace(/\.js$/u, '.ts')
}

/** Reads of the process or the clock outside of entries and adapters. */
function ambientReads(file: ts.SourceFile): string[] {
  const layer = layerOf(file.fileName)
  if (layer === 'entry' || layer === 'adapters') return []
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const read = ambientRead(node)
    if (read !== undefined) {
      found.push(`${file.fileName}:${lineOf(file, node)} reads ${read}: only entries and adapters do`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function ambientRead(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const isBare = ts.isCallExpression(node) || (node.arguments ?? []).length === 0
    return node.expression.getText() === 'Date' && isBare ? 'the clock' : undefined
  }
  if (!ts.isIdentifier(node)) return undefined
  const { parent } = node
  const owner =
    ts.isPropertyAccessExpression(parent) && parent.name === node ? parent.expression.getText() : undefined
  if (node.text === 'now' && (owner === 'Date' || owner === 'performance')) return `the clock`
  if (node.text !== 'process') return undefined
  const isOtherProperty = owner !== undefined && owner !== 'globalThis'
  const isName =
    ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)
  return isOtherProperty || (isName && parent.name === node) ? undefined : 'the process'
}

function shapeBreaches(file: ts.SourceFile): string[] {
  const path = file.fileName
  const found: string[] = []
  if (layerOf(path) === undefined) found.push(`${path}: this file has no place in the layers`)
  if (/(?:^|\/)(?:utils?|helpers?|common)(?:\/|\.ts$)/u.test(path))
    found.push(`${path}: the name says no role`)
  const lines = file.text.replace(/\n$/u, '').split('\n').length
  if (lines > LONGEST_FILE) found.push(`${path}: ${lines} lines, a file has at most ${LONGEST_FILE}`)
  const { statements } = file
  const forwards = statements.every((one) => ts.isExportDeclaration(one) || ts.isImportDeclaration(one))
  if (forwards && statements.some(ts.isExportDeclaration)) found.push(`${path}: a barrel, it only re-exports`)
  return found
}

/** Each cycle once, types counted, named by the import that closes it. */
function cycles(graph: ReadonlyMap<string, readonly Import[]>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (path: string, trail: readonly string[]): void => {
    for (const { target, line, specifier } of graph.get(path) ?? []) {
      if (target === undefined || done.has(target)) continue
      const start = [...trail, path].indexOf(target)
      if (start < 0) walk(target, [...trail, path])
      else {
        const cycle = [...trail, path].slice(start).concat(target).join(' → ')
        found.push(`${path}:${line} imports "${specifier}": a cycle, ${cycle}`)
      }
    }
    done.add(path)
  }
  for (const path of graph.keys()) if (!done.has(path)) walk(path, [])
  return found
}

function lineOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart()).line + 1
}
