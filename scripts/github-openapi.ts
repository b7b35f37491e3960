/*
 * Cuts the operations that the tests' stand-in for GitHub answers out of GitHub's OpenAPI description, as the package
 * @octokit/openapi has it: `tsx scripts/github-openapi.ts …/generated/api.github.com.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch', 'delete'],
}

/** What says nothing about which values are valid. */
const PROSE = new Set(
  'description summary title example examples externalDocs tags operationId x-github deprecated'.split(' '),
)
/** What is called anything below these is a name, `title` and `description` too. */
const NAMING = new Set(['properties', 'schemas', 'parameters', 'responses', 'headers'])

type Tree = { [key: string]: unknown }

/** A copy in JSON Schema's terms: without prose, and with OpenAPI 3.0's `nullable` as a choice, which ajv understands. */
function reduced(node: unknown, areNames = false): unknown {
  if (Array.isArray(node)) return node.map((one) => reduced(one))
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(([key]) => areNames || !(PROSE.has(key) || key === 'nullable'))
  const copy = Object.fromEntries(
    kept.map(([key, value]) => [key, reduced(value, !areNames && NAMING.has(key))]),
  )
  return !areNames && (node as Tree)['nullable'] === true ? { anyOf: [copy, { type: 'null' }] } : copy
}

function at(root: Tree, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], root)
}

/** Copies a part to where it stands in the whole, then all that it refers to. */
function take(path: readonly string[]): void {
  if (at(slice, path) !== undefined) return
  const part = reduced(at(whole, path))
  const parent = path.slice(0, -1).reduce((node, key) => (node[key] ??= {}) as Tree, slice)
  parent[path.at(-1) ?? ''] = part
  for (const [, reference = ''] of JSON.stringify(part).matchAll(/"\$ref":"#\/([^"]+)"/g))
    take(reference.split('/'))
}

const [, , source = ''] = process.argv
const whole = JSON.parse(readFileSync(source, 'utf8')) as Tree
const slice: Tree = {
  openapi: whole['openapi'],
  info: {
    title: 'Comments of issues, cut from GitHub’s REST API description by scripts/github-openapi.ts',
    version: at(whole, ['info', 'version']),
    license: at(whole, ['info', 'license']),
    'x-source': '@octokit/openapi, MIT License, Copyright (c) 2020 Octokit contributors',
  },
}
for (const [path, methods] of Object.entries(OPERATIONS))
  for (const method of methods) take(['paths', path, method])

const target = join(import.meta.dirname, '../__tests__/rig/github-openapi.json')
writeFileSync(target, `${JSON.stringify(slice, undefined, 2)}\n`)
