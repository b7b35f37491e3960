import type { TreeEntry } from '../model/snapshot.js'
import type { PathChange } from '../ports/git-tree.js'
import { decodePath } from './git-path.js'

/*
 * git's `-z` formats, in which paths are bytes between NULs, never quoted. They are read as latin1, which keeps every
 * byte as one character, and only paths are decoded.
 */

/** Paths alone, as `git ls-files -z` prints them. */
export function parsePaths(bytes: Buffer): string[] {
  return records(bytes).map(pathOf)
}

/** `git ls-tree -r -z`: `<mode> <type> <id>\t<path>`. */
export function parseTree(bytes: Buffer): TreeEntry[] {
  return records(bytes).map((record) => {
    const tab = record.indexOf('\t')
    const [mode, type, id] = record.slice(0, tab).split(' ')
    if (tab === -1 || mode === undefined || type === undefined || id === undefined)
      throw unexpected('ls-tree', record)
    return { mode, path: pathOf(record.slice(tab + 1)), id }
  })
}

/**
 * `git ls-files -z -v`: paths at which git does not look at the disk, as it was told to assume them unchanged (a small
 * letter) or to skip them (`S`).
 */
export function parseHidden(bytes: Buffer): string[] {
  const hidden = records(bytes).filter((record) => /^[a-zS] /.test(record))
  return hidden.map((record) => pathOf(record.slice(2)))
}

/** Fields before the path in each kind of record of `git status --porcelain=v2`, see git-status(1). */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1, '!': 1 }

/**
 * `git status --porcelain=v2 -z --no-renames`: all paths, from the top of the work tree. What is, or should be, a
 * repository of its own ends with `/`: git names nested repositories so, and submodules are named so here.
 */
export function parseStatus(bytes: Buffer): string[] {
  return records(bytes).map((record) => {
    const fields = record.split(' ')
    const before = FIELDS_BEFORE_PATH[record.charAt(0)]
    if (before === undefined || fields.length <= before) throw unexpected('status', record)
    const path = pathOf(fields.slice(before).join(' '))
    const isSubmodule = before > 1 && fields[2]?.startsWith('S')
    return isSubmodule ? `${path}/` : path
  })
}

const KINDS: ReadonlyMap<string | undefined, PathChange['kind']> = new Map([
  ['A', 'added'],
  ['D', 'removed'],
  ['M', 'modified'],
  ['T', 'modified'],
  ['U', 'modified'],
])

/** `git diff --name-status -z --no-renames`: letter and path in turn. */
export function parseNameStatus(bytes: Buffer): PathChange[] {
  const fields = records(bytes)
  const changes: PathChange[] = []
  for (let index = 0; index < fields.length; index += 2) {
    const kind = KINDS.get(fields[index])
    const path = fields[index + 1]
    if (kind === undefined || path === undefined) throw unexpected('diff', fields[index] ?? '')
    changes.push({ kind, path: pathOf(path) })
  }
  return changes
}

function records(bytes: Buffer): string[] {
  const text = bytes.toString('latin1')
  return text === '' ? [] : text.replace(/\0$/, '').split('\0')
}

function pathOf(latin1: string): string {
  return decodePath(Buffer.from(latin1, 'latin1'))
}

/** git never writes such a record: going on would mean to overlook a file. */
function unexpected(command: string, record: string): Error {
  return new Error(`git ${command} printed a record of an unknown form: ${JSON.stringify(record)}`)
}
