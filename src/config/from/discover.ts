/** What bake reads when it is given no file (buildx, `bake.defaultFilenames`), later ones over earlier ones. */
const BAKE_FILES = [
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
]

/** The first that is there, and the first override (compose-go, `cli.DefaultFileNames` and `DefaultOverrideFileNames`). */
const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']
const COMPOSE_OVERRIDES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
]

/** Where images may be defined without a configuration of ours. */
export const DEFINITION_FILES = [...BAKE_FILES, ...COMPOSE_FILES, ...COMPOSE_OVERRIDES]

/** The files that define a repository's images, of all that are there: those of bake, else those of Compose. */
export function definitionFiles(texts: ReadonlyMap<string, string>): readonly string[] {
  const bake = BAKE_FILES.filter((path) => texts.has(path))
  if (bake.some((path) => !path.includes('.override.'))) return bake
  const compose = COMPOSE_FILES.find((path) => texts.has(path))
  const override = COMPOSE_OVERRIDES.find((path) => texts.has(path))
  if (compose === undefined) return []
  const files = override === undefined ? [compose] : [compose, override]
  return files.some((path) => mayBuild(texts.get(path) ?? '')) ? files : []
}

/** A file that only names images of others is no definition, and Docker need not be there to read it. */
function mayBuild(text: string): boolean {
  return /\b(?:build|include|extends)\b/.test(text)
}
