import { isSpace, splitAtSpace, cutAtSpace, trimLeft } from './space.js'

export interface Words {
  readonly words: readonly string[]
  readonly json: boolean
}

export type WordsOrProblem = Words | { readonly problem: string }

type Reader = (rest: string, escape: string) => WordsOrProblem

/** How BuildKit's parser reads what follows a keyword and its flags; a keyword that is not here is unknown. */
const READERS: Readonly<Record<string, Reader>> = {
  ADD: listOrJson,
  ARG: (rest, escape) => plain(quotedWords(rest, escape)),
  CMD: textOrJson,
  COPY: listOrJson,
  ENTRYPOINT: textOrJson,
  ENV: (rest, escape) => pairs(rest, escape, 'ENV'),
  EXPOSE: list,
  FROM: list,
  HEALTHCHECK: healthcheck,
  LABEL: (rest, escape) => pairs(rest, escape, 'LABEL'),
  MAINTAINER: text,
  RUN: textOrJson,
  SHELL: textOrJson,
  STOPSIGNAL: text,
  USER: text,
  VOLUME: listOrJson,
  WORKDIR: text,
}

export const KEYWORDS: readonly string[] = [...Object.keys(READERS), 'ONBUILD']

/** `undefined` for a keyword that BuildKit does not know. */
export function readerOf(keyword: string): Reader | undefined {
  return Object.hasOwn(READERS, keyword) ? READERS[keyword] : undefined
}

/** Whether older releases of BuildKit read a JSON list here, and drop what follows it. */
export function startsAsJson(rest: string): boolean {
  const text = trimLeft(rest)
  if (!text.startsWith('[')) return false
  for (let end = text.indexOf(']'); end !== -1; end = text.indexOf(']', end + 1)) {
    if (jsonList(text.slice(0, end + 1)) !== undefined) return true
  }
  return false
}

function plain(words: readonly string[]): Words {
  return { words, json: false }
}

function text(rest: string): Words {
  return plain(rest === '' ? [] : [rest])
}

function list(rest: string): Words {
  return plain(rest === '' ? [] : splitAtSpace(rest))
}

function textOrJson(rest: string): WordsOrProblem {
  return fromJson(rest) ?? text(rest)
}

function listOrJson(rest: string): WordsOrProblem {
  return fromJson(rest) ?? list(rest)
}

function healthcheck(rest: string): WordsOrProblem {
  const [, type = '', command = ''] = /^([^\t-\r ]*)[\t-\r ]*([^]*)$/.exec(rest) ?? []
  if (type === '') return plain([])
  const read = textOrJson(command)
  return 'problem' in read ? read : { words: [type, ...read.words], json: read.json }
}

/** `undefined` if it is no JSON, and so is read as words. */
function fromJson(rest: string): WordsOrProblem | undefined {
  const values = jsonList(trimLeft(rest))
  if (values === undefined) return undefined
  if (!values.every((value) => typeof value === 'string')) {
    return { problem: 'a list in JSON form may hold only strings; put each in double quotes' }
  }
  // Half of a surrogate pair is no character to Go.
  return { words: values.map((value) => value.replace(/\p{Surrogate}/gu, '\uFFFD')), json: true }
}

function jsonList(text: string): readonly unknown[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    return JSON.parse(text, (_key, value: unknown) => {
      if (value === Infinity || value === -Infinity) throw new RangeError('more than Go takes')
      return value
    }) as readonly unknown[]
  } catch {
    return undefined
  }
}

/** The form is told by the first word: `NAME value`, or `name=value` once or more. */
function pairs(rest: string, escape: string, keyword: string): WordsOrProblem {
  const words = quotedWords(rest, escape)
  const [first] = words
  if (first === undefined) return plain([])
  if (!first.includes('=')) {
    const [name, value] = cutAtSpace(rest)
    return value === undefined
      ? { problem: `${keyword} needs a name and a value, as in \`${keyword} name=value\`` }
      : plain([name, value, ''])
  }
  const wrong = words.find((word) => !word.includes('='))
  if (wrong !== undefined) {
    return {
      problem: `\`${wrong}\` has no \`=\`; write \`name=value\`, with quotes around a value with blanks`,
    }
  }
  return plain(
    words.flatMap((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1), '=']),
  )
}

/** Words that may hold blanks within quotes or after an escape; quotes and escapes stay. */
function quotedWords(rest: string, escape: string): string[] {
  const chars = Array.from(rest)
  const words: string[] = []
  let word = ''
  let hasQuote = false
  let quote: string | undefined
  const end = () => {
    if (hasQuote || word !== '') words.push(word)
    word = ''
    hasQuote = false
  }
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? ''
    if (quote === undefined && isSpace(char)) {
      end()
      continue
    }
    if (char === escape && quote !== "'") {
      // An escape at the very end means nothing.
      if (at + 1 < chars.length) word += char + (chars[at + 1] ?? '')
      at++
      continue
    }
    if (quote === undefined && (char === '"' || char === "'")) {
      quote = char
      hasQuote = true
    } else if (char === quote) {
      quote = undefined
    }
    word += char
  }
  end()
  return words
}
