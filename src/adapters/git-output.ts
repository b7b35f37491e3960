import { decodePath } from './git-path.js'

/*
 * git's `-z` formats, in which paths are bytes between NULs, never quoted. They are read as latin1, which keeps every
 * byte as one character, and only paths are decoded.
 */

/** What git printed, without the end of its last line. */
export function textOf(stdout: Buffer): string {
  return stdout.toString('utf8').replace(/\n$/, '')
}

/** Paths alone, as `git ls-files -z` prints them. */
export function parsePaths(bytes: Buffer): string[] {
  return records(bytes).map(pathOf)
}

/** Paths at which git does not look at the disk. */
export interface HiddenPaths {
  /** Told to be assumed unchanged (`git update-index --assume-unchanged`). */
  readonly assumed: readonly string[]
  /** Told to be skipped, as a sparse checkout does. */
  readonly skipped: readonly string[]
}

/** `git ls-files -z -v`: `S`, or `s`, for what is skipped; another small letter for what is assumed unchanged. */
export function parseHidden(bytes: Buffer): HiddenPaths {
  const hidden = records(bytes).filter((record) => /^[a-zS] /.test(record))
  const pathsOf = (isSkipped: boolean) =>
    hidden.filter((record) => /^[sS]/.test(record) === isSkipped).map((record) => pathOf(record.slice(2)))
  return { assumed: pathsOf(false), skipped: pathsOf(true) }
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
