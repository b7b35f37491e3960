/** One instruction of a Dockerfile as it is written, heredocs included. */
interface Instruction {
  readonly keyword: string
  /** What follows the keyword, continuation lines joined. */
  readonly rest: string
  /** Lines of its heredocs. */
  readonly body: readonly string[]
}

/**
 * A Dockerfile reduced to what it takes from its contexts, so that it can be built without any image and without
 * running anything: every base is `scratch`, RUN is dropped but for its bind mounts, a stage that is copied from is
 * copied as a whole. Every target is a folder of its own, so that nothing hides what another instruction took.
 */
export function reduce(dockerfile: string): string {
  const { escape, instructions } = read(dockerfile)
  const reducer = new Reducer()
  const lines = instructions.flatMap((instruction) => reducer.reduce(instruction))
  return `${[`# escape=${escape}`, ...lines].join('\n')}\n`
}

const KEPT = new Set(['ARG', 'ENV'])

class Reducer {
  readonly #stages = new Set<string>()
  #stage = 0
  #copies = 0

  reduce(instruction: Instruction): string[] {
    const { keyword, rest } = instruction
    switch (keyword) {
      case 'FROM':
        return [this.#from(rest)]
      case 'COPY':
      case 'ADD':
        return this.#copy(instruction)
      case 'RUN':
        return this.#mounts(rest)
      case 'ONBUILD': {
        const [, inner = '', after = ''] = /^(\S+)\s+(.*)$/s.exec(rest) ?? []
        if (!/^(?:COPY|ADD)$/i.test(inner)) return []
        return this.#copy({ ...instruction, keyword: inner, rest: after }).map((line) => `ONBUILD ${line}`)
      }
      default:
        return KEPT.has(keyword) ? [`${keyword} ${rest}`] : []
    }
  }

  #from(rest: string): string {
    const [, base = '', name] = /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?\s*$/i.exec(rest) ?? []
    const known = this.#isStage(base) || base.includes('$') ? base : 'scratch'
    this.#stages.add(String(this.#stage)).add((name ?? '').toLowerCase())
    this.#stage += 1
    return `FROM ${known}${name === undefined ? '' : ` AS ${name}`}`
  }

  #copy({ keyword, rest, body }: Instruction): string[] {
    const { flags, words } = flagsOf(rest)
    const from = /^--from=(.*)$/.exec(flags.find((flag) => flag.startsWith('--from=')) ?? '')?.[1]
    if (from !== undefined) return this.#isStage(from) ? [`COPY --from=${from} / ${this.#target()}`] : []
    const kept = flags.filter((flag) => !/^--(?:chown|checksum|keep-git-dir)/.test(flag))
    const isHeredoc = body.length > 0
    const list = sourcesOf(words)
    const sources = list.words.slice(0, -1).filter((source) => !/^(?:https?:|git@|git:|ssh:)/i.test(source))
    if (sources.length === 0) return []
    const target = this.#target()
    const written = list.isJson ? JSON.stringify([...sources, target]) : [...sources, target].join(' ')
    return [[keyword, ...kept, written].join(' '), ...(isHeredoc ? body : [])]
  }

  #mounts(rest: string): string[] {
    const { flags } = flagsOf(rest)
    return flags.flatMap((flag) => {
      const options = new Map(
        flag
          .replace(/^--mount=/, '')
          .split(',')
          .map((option) => [option.split('=')[0]!, option.slice(option.indexOf('=') + 1)]),
      )
      if (!flag.startsWith('--mount=') || (options.get('type') ?? 'bind') !== 'bind') return []
      const from = options.get('from')
      if (from !== undefined) return this.#isStage(from) ? [`COPY --from=${from} / ${this.#target()}`] : []
      return [`COPY ${options.get('source') ?? options.get('src') ?? '/'} ${this.#target()}`]
    })
  }

  #isStage(name: string): boolean {
    return this.#stages.has(name.toLowerCase())
  }

  #target(): string {
    this.#copies += 1
    return `/taken/${this.#copies}/`
  }
}

function flagsOf(rest: string): { flags: string[]; words: string } {
  const flags: string[] = []
  let words = rest.trim()
  for (let flag = /^--\S+/.exec(words); flag; flag = /^--\S+/.exec(words)) {
    flags.push(flag[0])
    words = words.slice(flag[0].length).trim()
  }
  return { flags, words }
}

function sourcesOf(words: string): { words: readonly string[]; isJson: boolean } {
  if (words.startsWith('[')) {
    try {
      return { words: JSON.parse(words) as string[], isJson: true }
    } catch {
      // Not JSON: then it is words, as BuildKit reads it, too.
    }
  }
  return { words: words.split(/\s+/), isJson: false }
}

function read(dockerfile: string): { escape: string; instructions: Instruction[] } {
  const lines = dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/)
  const escape = /^#\s*escape\s*=\s*(\S)/im.exec(dockerfile)?.[1] ?? '\\'
  const instructions: Instruction[] = []
  for (let index = 0; index < lines.length; index++) {
    let joined = ''
    for (; index < lines.length; index++) {
      const line = lines[index]!
      if (/^\s*#/.test(line) || (joined !== '' && line.trim() === '')) continue
      joined += line.trimEnd().endsWith(escape) ? line.trimEnd().slice(0, -1) : line
      if (!line.trimEnd().endsWith(escape)) break
    }
    const [, keyword, rest = ''] = /^\s*([A-Za-z]+)\s*(.*)$/s.exec(joined) ?? []
    if (keyword === undefined) continue
    const ends = [...joined.matchAll(/<<-?\s*(["']?)([A-Za-z_][\w.]*)\1/g)].map(([, , end]) => end!)
    const body: string[] = []
    for (const end of /^(?:RUN|COPY|ADD)$/i.test(keyword) ? ends : []) {
      do body.push(lines[++index] ?? end)
      while (body.at(-1)!.replace(/^\t+/, '') !== end)
    }
    instructions.push({ keyword: keyword.toUpperCase(), rest, body })
  }
  return { escape, instructions }
}
