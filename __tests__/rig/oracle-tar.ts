import { createHash } from 'node:crypto'

const BLOCK = 512
/** Records of an extended header that say when, not what. */
const TIMES = new Set(['mtime', 'atime', 'ctime'])

/** Path to everything that is said of it except its times, in a form that a person can read. */
export type Listing = ReadonlyMap<string, string>

/** Lists a tar archive. An archive without its end mark is `undefined`: whoever wrote it was stopped. */
export function listTar(archive: Buffer): Listing | undefined {
  const listing = new Map<string, string>()
  let extended: ReadonlyMap<string, string> = new Map()
  let offset = 0
  while (offset + BLOCK <= archive.length) {
    const header = archive.subarray(offset, offset + BLOCK)
    if (header.every((byte) => byte === 0)) return listing
    const size = Number(extended.get('size') ?? octal(header, 124, 12))
    const content = archive.subarray(offset + BLOCK, offset + BLOCK + size)
    if (content.length < size) return undefined
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === 'x') extended = records(content)
    else {
      const [name, said] = describe(header, { type, content, extended })
      listing.set(name, said)
      extended = new Map()
    }
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return undefined
}

interface Entry {
  readonly type: string
  readonly content: Buffer
  readonly extended: ReadonlyMap<string, string>
}

const TYPES: Readonly<Record<string, string>> = { '0': 'file', '1': 'same as', '2': 'link', '5': 'folder' }

function describe(header: Buffer, { type, content, extended }: Entry): [string, string] {
  const prefix = text(header, 345, 155)
  const short = text(header, 0, 100)
  const name = extended.get('path') ?? (prefix === '' ? short : `${prefix}/${short}`)
  const target = extended.get('linkpath') ?? text(header, 157, 100)
  const other = [...extended].filter(
    ([key]) => !['path', 'linkpath', 'size'].includes(key) && !TIMES.has(key),
  )
  const kind = TYPES[type] ?? `type ${type}`
  const parts = [
    kind,
    octal(header, 100, 8).toString(8),
    `${octal(header, 108, 8)}:${octal(header, 116, 8)}`,
    ...(kind === 'file' ? [`sha256:${createHash('sha256').update(content).digest('hex').slice(0, 32)}`] : []),
    ...(target === '' ? [] : [`-> ${JSON.stringify(target)}`]),
    ...other.map(([key, value]) => `${key}=${JSON.stringify(value)}`),
  ]
  return [name, parts.join(' ')]
}

/** `LENGTH KEY=VALUE\n`, where the length counts the whole record in bytes. */
function records(content: Buffer): Map<string, string> {
  const found = new Map<string, string>()
  for (let offset = 0; offset < content.length;) {
    const length = Number.parseInt(content.toString('latin1', offset, content.indexOf(' ', offset)), 10)
    const record = content.subarray(content.indexOf(' ', offset) + 1, offset + length - 1)
    const equals = record.indexOf('=')
    found.set(record.toString('utf8', 0, equals), record.toString('utf8', equals + 1))
    offset += length
  }
  return found
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end === -1 ? length : end)
}

function octal(header: Buffer, start: number, length: number): number {
  return Number.parseInt(text(header, start, length).trim() || '0', 8)
}

/** An archive of files, for `ADD`; every call with the same files gives the same bytes. */
export function makeTar(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(BLOCK)
    const size = Buffer.byteLength(content)
    header.write(name, 0)
    header.write('0000644\0' + '0000000\0' + '0000000\0', 100)
    header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
    header.write('00000000000\0', 136)
    header.write('        0', 148)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    const body = Buffer.alloc(Math.ceil(size / BLOCK) * BLOCK)
    body.write(content)
    return [header, body]
  })
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)])
}
