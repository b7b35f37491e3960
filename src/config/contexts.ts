import type { Failure } from '../model/failure.js'
import type { NamedContext } from '../model/service.js'
import type { Checked } from './checked.js'
import { invalid } from './invalid.js'
import { familiarName, parseImage } from './image.js'
import { folderPath } from './paths.js'
import type { SectionReader } from './section.js'

/** An image's name, `:tag` and `@algorithm:digest`, the last two optional. */
const REFERENCE = /^(.+?)(?::(\w[\w.-]{0,127}))?(@[a-z][a-z\d]*(?:[-_+.][a-z][a-z\d]*)*:[\da-f]{32,})?$/i

/** What the words before `://` are in addresses that buildx gives to BuildKit. */
const SCHEMES = ['docker-image', 'oci-layout', 'https', 'http', 'git', 'ssh']

/** `git@host:path` and what buildx takes for a repository at GitHub. */
const GIT_ADDRESS = /^[\w-]+@[\w.-]+:.|^github\.com\/./

/**
 * The folder of a layout, what follows it may be `:tag` and a whole digest. With neither, buildx takes the image
 * `latest`, else the only one (`build/opt.go`, `util/ocilayout/parse.go`).
 */
const OCI_LAYOUT =
  /^(?![:@])(?:(?!@sha\d+:).)+(?<![:@])(?:@(?:sha256:[\da-f]{64}|sha384:[\da-f]{96}|sha512:[\da-f]{128}))?$/

const SOURCES = 'a folder, `docker-image://…`, `https://…`, `git@…` or `oci-layout://…`'

/** Build contexts besides the main one, by name; a name as `contextName` gives it. */
export function readContexts(reader: SectionReader, failures: Failure[]): Map<string, NamedContext> {
  const contexts = new Map<string, NamedContext>()
  for (const [name, { value, path, place }] of reader.pairs('build-contexts', contextName)) {
    const source = contextSource(value ?? '')
    if ('value' in source) contexts.set(name, source.value)
    else failures.push(invalid(`\`${path}\`: ${source.problem}`, place))
  }
  return contexts
}

/**
 * The name as buildx keeps it, in which BuildKit looks it up: `docker.io/library/alpine:latest` is `alpine`. Two names
 * of one context are thus the same.
 */
export function contextName(text: string): Checked<string> {
  const name = normalName(text)
  if (name !== undefined) return { value: name }
  const small = normalName(text.toLowerCase())
  const mend =
    small === undefined
      ? 'write it like the name of an image, such as `assets` or `docker.io/library/alpine:latest`'
      : `write \`${text.toLowerCase()}\``
  return { problem: `\`${text}\` is not a name of a build context; ${mend}` }
}

/** `undefined`: no reference of an image, whose names are in small letters while its tag need not be. */
function normalName(text: string): string | undefined {
  const [, name = '', tag, digest = ''] = REFERENCE.exec(text) ?? []
  const image = parseImage(name)
  if ('problem' in image || name !== name.toLowerCase()) return undefined
  const isLatest = tag === undefined || (tag === 'latest' && digest === '')
  return `${familiarName(image.value)}${isLatest ? '' : `:${tag}`}${digest}`
}

function contextSource(text: string): Checked<NamedContext> {
  if (text === '') return { problem: `has no source; write ${SOURCES}; \`.\` is the repository root` }
  const image = /^(?:service|target):(.*)$/s.exec(text)?.[1]
  if (image === '') return { problem: `\`${text}\` names no image; write its name after it` }
  if (image !== undefined) return { value: { kind: 'image', image } }
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]
  if (scheme === undefined && !GIT_ADDRESS.test(text)) {
    const folder = folderPath(text)
    return 'value' in folder ? { value: { kind: 'folder', folder: folder.value } } : folder
  }
  if (scheme !== undefined && !SCHEMES.includes(scheme))
    return { problem: `\`${scheme}://\` is not understood; write ${SOURCES}` }
  const address = scheme === undefined ? text : text.slice(scheme.length + '://'.length)
  const isImage = scheme === 'docker-image'
  if (!/^[^\s\p{Cc}]+$/u.test(address) || (isImage && normalName(address) === undefined))
    return { problem: `\`${text}\` names nothing; write the whole ${isImage ? 'image' : 'address'} after it` }
  if (scheme === 'oci-layout' && !OCI_LAYOUT.test(address)) {
    const mend = 'write `oci-layout://` and its folder, then `:tag` or a whole `@sha256:…`'
    return { problem: `\`${text}\` names no image of a layout; ${mend}` }
  }
  return { value: { kind: 'reference', reference: text } }
}
