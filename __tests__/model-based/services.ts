/** What the services are made from, version by version. Documentation is nobody's input. */
export const SOURCES = [
  'api/main.go',
  'web/index.html',
  'worker/job.py',
  'shared/lib.go',
  'api/README.md',
] as const
export type Source = (typeof SOURCES)[number]
export type Sources = Readonly<Record<Source, number>>

export const SERVICES = ['api', 'web', 'worker'] as const
export type Service = (typeof SERVICES)[number]

/** By build context, `api` takes what is shared; by `paths`, `web` does. */
const TAKES: Readonly<Record<Service, readonly Source[]>> = {
  api: ['api/main.go', 'shared/lib.go'],
  web: ['web/index.html', 'shared/lib.go'],
  worker: ['worker/job.py'],
}

/** All that is in an image of a service: two commits with equal content want one and the same image. */
export function contentOf(service: Service, sources: Sources): string {
  return TAKES[service].map((source) => `${source}@${sources[source]}`).join(' ')
}

export function committedFiles(sources: Sources, prefix: string): Readonly<Record<string, string>> {
  const versions = SOURCES.map((source) => [source, `version ${sources[source]}`])
  return { ...definitions(prefix), ...(Object.fromEntries(versions) as Record<Source, string>) }
}

function definitions(prefix: string): Readonly<Record<string, string>> {
  return {
    '.github/smart-image-build.yml': [
      `registry: ${prefix}`,
      'services:',
      '  api: {context: api, build-contexts: {shared: shared}}',
      '  web: {context: web, paths: [shared/**]}',
      '  worker: {context: worker}',
    ].join('\n'),
    'api/Dockerfile': 'FROM scratch\nCOPY . /\nCOPY --from=shared . /shared\n',
    'api/.dockerignore': '*.md\n',
    'web/Dockerfile': 'FROM scratch\nCOPY . /\n',
    'worker/Dockerfile': 'FROM scratch\nCOPY . /\n',
  }
}
