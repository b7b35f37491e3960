import { fullName, type Service } from '../model/service.js'

export interface Found {
  /** What the repository was found to have. */
  readonly services: readonly Service[]
  /** The Compose or bake files that they are from; none: they are those of Dockerfiles. */
  readonly from: readonly string[]
  /** As it was given. */
  readonly registry?: string
}

const SCHEMA = 'https://raw.githubusercontent.com/org/smart-image-build/v1/schema.json'

/**
 * A configuration that says what was found. Compose and bake files are named, not copied: they stay the place where
 * their images are changed, and no value of a variable gets into a file.
 */
export function configurationText(found: Found): string {
  const { services, from, registry } = found
  const lines = [
    `# yaml-language-server: $schema=${SCHEMA}`,
    '# Where images go that name no registry of their own.',
    registry === undefined ? '# registry: ghcr.io/acme' : `registry: ${scalar(registry)}`,
    '# What every image says unless it says otherwise.',
    '# defaults:',
    '#   platforms: [linux/amd64, linux/arm64]',
    ...(from.length > 0 ? fromLines(found) : ['services:', ...services.flatMap(serviceLines)]),
  ]
  return `${lines.join('\n')}\n`
}

function fromLines({ from, services }: Found): string[] {
  return [
    '# Read by `docker buildx bake --print`; what `services:` says of an image of the same name counts, key by key.',
    `from: [${from.map(scalar).join(', ')}]`,
    '# services:',
    ...services.flatMap(({ name, file, image }) => [
      `#   ${scalar(name)}: # ${file}, pushed to ${fullName(image)}`.replaceAll(/\p{Cc}/gu, '\uFFFD'),
    ]),
  ]
}

/** One that looks like a drive of Windows, such as `a:`, would be taken for one. */
function pathText(path: string): string {
  return scalar(/^[a-z]:/i.test(path) ? `./${path}` : path)
}

function serviceLines({ name, context, file }: Service): string[] {
  const folder = context === '' ? '.' : context
  const usual = context === '' ? 'Dockerfile' : `${context}/Dockerfile`
  return [
    `  ${scalar(name)}:`,
    `    context: ${pathText(folder)}`,
    ...(file === usual ? [] : [`    file: ${pathText(file)}`]),
  ]
}

/** In quotes where YAML would take the text for something else; a JSON string is a YAML string. */
function scalar(text: string): string {
  const isPlain =
    /^(?:\.|[a-z][\w./-]*)$/i.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
  return isPlain ? text : JSON.stringify(text)
}

export interface WorkflowOptions {
  /** The branch that is pushed to. */
  readonly branch: string
  /** The configuration's; absent: images go to the repository's own packages. */
  readonly registry?: string
}

/** A workflow of one job that builds and pushes; a pull request pushes nothing. */
export function workflowText({ branch, registry }: WorkflowOptions): string {
  const host = registry?.split('/')[0] ?? 'ghcr.io'
  const isGitHub = host === 'ghcr.io'
  const [username, password] = isGitHub
    ? ['${{ github.actor }}', '${{ github.token }}']
    : ['${{ secrets.REGISTRY_USERNAME }}', '${{ secrets.REGISTRY_PASSWORD }}']
  return `name: images

on:
  push:
    branches: [${scalar(branch)}]
  pull_request:

permissions: {}

concurrency:
  group: images-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  images:
    runs-on: ubuntu-24.04
    permissions:
      contents: read${isGitHub ? '\n      packages: write' : ''}
      pull-requests: write
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0
      - uses: docker/login-action@dbcb813823bdd20940b903addbd779551569679f # v4.6.0
        if: github.event_name != 'pull_request'
        with:
          registry: ${scalar(host)}
          username: ${username}
          password: ${password}
      - uses: org/smart-image-build@v1
        with:
          push: \${{ github.event_name != 'pull_request' }}
${registry === undefined ? '          registry: ghcr.io/${{ github.repository }}\n' : ''}`
}
