import { basename } from 'node:path/posix'
import { csvFields } from './csv.js'
import type { Decided, Environment } from './environment.js'
import type { Instruction } from './model.js'

export interface Mount {
  /** As written: BuildKit looks for the stage before it expands anything. Empty: the main context. */
  readonly from: string
  /** Other types take nothing from a context, but may still start `from` a stage or an image. */
  readonly type: Decided
  readonly source: Decided
  /** Of what is no file: by which the build is handed it. */
  readonly id: Decided
}

/** The mounts of a RUN; the last of several fields of one name counts. */
export function mountsOf(run: Instruction, environment: Environment, escape: string): Mount[] {
  const expand = (value: string) => environment.expand(value, escape)
  return run.flags
    .filter((flag) => flag.name === 'mount')
    .map(({ value = '' }) => {
      const fields = (csvFields(value) ?? []).map(fieldOf)
      const type = expand(fields.findLast(({ key }) => key === 'type')?.value ?? 'bind')
      const last = (...keys: readonly string[]) => fields.findLast(({ key }) => keys.includes(key))?.value
      const id = last('id') ?? basename(last('target', 'dst', 'destination') ?? '')
      return { from: fromOf(fields), type, source: expand(last('source', 'src') ?? ''), id: expand(id) }
    })
}

/** What the mounts of a RUN start from; this needs no variables. */
export function mountOrigins(run: Instruction): string[] {
  const mounts = run.flags.filter((flag) => flag.name === 'mount')
  return mounts.map(({ value = '' }) => fromOf((csvFields(value) ?? []).map(fieldOf)))
}

interface Field {
  readonly key: string
  readonly value: string
}

function fieldOf(field: string): Field {
  const equals = field.indexOf('=')
  return equals === -1
    ? { key: field.toLowerCase(), value: '' }
    : { key: field.slice(0, equals).toLowerCase(), value: field.slice(equals + 1) }
}

function fromOf(fields: readonly Field[]): string {
  return fields.findLast(({ key }) => key === 'from')?.value ?? ''
}
