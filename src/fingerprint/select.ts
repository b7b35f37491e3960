import { IgnoreRules } from './ignore-rules.js'
import type { Need } from '../model/memo.js'
import { digestOf } from './encode.js'
import { needOfKind, needOfNode, needOfPattern } from './need.js'
import type { Source } from './source.js'
import { LeftOut, type Spot as Place } from './left-out.js'
import { FOLDER, type Folder, joined, LINK, type Node, parted, SUBMODULE, type View } from './view.js'
import { isWildcard, literalName, quoted, wildcard } from './wildcard.js'

export interface Entry {
  /** Relative to the context. */
  readonly path: string
  readonly mode: string
  /** Empty for a folder, and for a file of the disk until it is hashed. */
  readonly id: string
  /** The disk differs from the commit here. */
  readonly onDisk?: true
  /** The file of the disk is a pointer of Git LFS. */
  readonly isPointer?: true
  /** Of a submodule: it, or a submodule in it, is not checked out. */
  readonly absent?: string
}

export interface Selection {
  /** By path. A folder stands for itself only when nothing in it is taken: BuildKit sends it, empty. */
  readonly entries: ReadonlyMap<string, Entry>
  /** Whether anything lies where the source points, whatever keeps it out; of a pattern, whether its folder is there. */
  readonly isFound: boolean
  /** What was looked at: as long as all of it is the same, so is the selection. */
  readonly needs: ReadonlySet<Need>
}

/** BuildKit gives up after as many. */
const MOST_LINKS = 255

/** Links that lead in circles can lead on for ever in ever other ways: after so many links, so many ways are gone. */
const FAR = 10
const MOST_FAR_WAYS = 500

/**
 * All that a source can take, links in its way and what they lead to included; a link within a copied folder is
 * copied as one. Where two readings of a path differ, what either takes is taken.
 */
export async function select(source: Source, view: View): Promise<Selection> {
  const selector = new Selector(source, view)
  await selector.reach({ folder: '', rest: source.path.split('/').filter(Boolean), links: 0 })
  const { entries, isFound, needs, isLost } = selector
  if (!isLost) return { entries, isFound, needs }
  const { context, rules, isNoInput } = source
  return select({ context, rules, isNoInput, path: '', exclude: IgnoreRules.NONE }, view)
}

interface Way {
  /** Relative to the context, links resolved. */
  readonly folder: string
  readonly rest: readonly string[]
  /** Links that were followed so far. */
  readonly links: number
}

interface Spot extends Place {
  readonly node: Node
}

/** What came of a place: `none` if nothing there counts, `left` if something is there and is kept out. */
type End = 'taken' | 'left' | 'none'

class Selector {
  readonly entries = new Map<string, Entry>()
  readonly needs = new Set<Need>()
  isFound = false
  /** Where the source leads cannot be told: the whole context is taken. */
  isLost = false
  private readonly source: Source
  private readonly view: View
  /** Ways that were gone already: links may lead in circles. */
  readonly #gone = new Set<string>()
  #farWays = 0
  readonly #leftOut: LeftOut

  constructor(source: Source, view: View) {
    this.source = source
    this.view = view
    this.#leftOut = new LeftOut(source)
  }

  async reach({ folder, rest, links }: Way): Promise<void> {
    const [part, ...more] = rest
    const key = JSON.stringify([folder, rest])
    if (this.#gone.has(key) || this.isLost) return
    this.#gone.add(key)
    if (links > FAR) this.isLost = ++this.#farWays > MOST_FAR_WAYS
    const isOpen = this.source.parents !== undefined && part !== undefined && isWildcard(part)
    if (part === undefined || isOpen) {
      this.needs.add(needOfNode(this.#leftOut.inRepository(folder)))
      const node = await this.#node(folder)
      if (node?.mode !== FOLDER) return
      this.isFound = true
      await this.#takeFolder({ path: folder, node, within: '', links })
    } else if (part === '..') {
      await this.reach({ folder: parted(folder).parent, rest: more, links })
    } else {
      for (const name of await this.#names(folder, part)) {
        const path = joined(folder, name)
        const found = await this.#node(path)
        const at = this.#leftOut.inRepository(path)
        this.needs.add(found?.mode === FOLDER ? needOfKind(at) : needOfNode(at))
        if (found === undefined) continue
        const spot = { path, node: found, within: '', links }
        const node = await this.#settled(spot)
        await this.#pass({ ...spot, node }, { folder, rest: more, links })
      }
    }
  }

  async #pass(spot: Spot, way: Way): Promise<void> {
    const { mode, permissions } = spot.node
    if (mode === LINK) {
      this.#emit(spot)
      await this.#follow(spot, way)
    } else if (mode === FOLDER) {
      // With `--parents` it is copied, too.
      if (this.source.parents !== undefined && permissions !== undefined) this.#add(spot)
      await this.reach({ ...way, folder: spot.path })
    } else if (way.rest.length === 0 || mode === SUBMODULE) {
      // What lies in a submodule is known by the commit that it stands at.
      this.isFound = true
      this.#emit(spot)
    }
  }

  async #follow({ path, node }: Pick<Spot, 'path' | 'node'>, way: Way): Promise<void> {
    if (way.links === MOST_LINKS) return
    const target = await this.view.target(this.#leftOut.inRepository(path), node)
    const start = target.startsWith('/') ? '' : way.folder
    const links = way.links + 1
    const steps = target.split('/').filter((step) => step !== '' && step !== '.')
    const rest = [...steps.map(quoted), ...way.rest]
    await this.reach({ folder: start, rest, links })
    // The client sends what the text of the path leads to, the builder copies what the links in it lead to.
    const text = [...start.split('/').filter(Boolean).map(quoted), ...rest]
    if (text.includes('..')) await this.reach({ folder: '', rest: withoutDots(text), links })
  }

  async #takeFolder(folder: Spot): Promise<End> {
    if (this.#leftOut.isWhole(folder)) return this.#leftOut.isNoInput(folder) ? 'none' : 'left'
    const children = [...((await this.#children(folder.path)) ?? [])]
    const ends = await Promise.all(children.map(([name, node]) => this.#takeChild(folder, name, node)))
    if (ends.includes('taken')) {
      if (folder.node.permissions !== undefined) this.#add(folder)
      return 'taken'
    }
    if (ends.length > 0 && !ends.includes('left')) return 'none'
    return this.#leftOut.isExcluded(folder) ? 'left' : this.#emit(folder)
  }

  async #takeChild({ path: folder, within, links }: Spot, name: string, node: Node): Promise<End> {
    const child = { path: joined(folder, name), node, within: joined(within, name), links }
    const spot = { ...child, node: await this.#settled(child) }
    if (spot.node.mode === FOLDER) return this.#takeFolder(spot)
    if (!this.#leftOut.isExcluded(spot)) return this.#emit(spot)
    return this.#leftOut.isNoInput(spot) ? 'none' : 'left'
  }

  #emit(spot: Spot): End {
    if (this.#leftOut.isNoInput(spot)) return 'none'
    if (this.#leftOut.isOther(spot) || this.#leftOut.isDropped(spot)) return 'left'
    this.#add(spot)
    return 'taken'
  }

  #add({ path, node }: Spot): void {
    const { mode, permissions, absent } = node
    this.entries.set(path, {
      path,
      mode: permissions === undefined ? mode : `${mode}/${permissions}`,
      id: this.#idOf(node),
      ...(absent !== undefined && { absent }),
    })
  }

  /** What of a submodule is left out is not known by its commit alone. */
  #idOf({ mode, id }: Node): string {
    const { lines } = this.source.rules
    if (mode === FOLDER) return ''
    return mode === SUBMODULE && lines.length > 0 ? digestOf([id, ...lines]) : id
  }

  /** A submodule that is left out is not looked into. */
  async #settled(spot: Spot): Promise<Node> {
    const { node, path } = spot
    const out = this.#leftOut
    if (node.mode !== SUBMODULE || out.isNoInput(spot) || out.isDropped(spot) || out.isExcluded(spot))
      return node
    return this.view.submodule(out.inRepository(path), node)
  }

  /** Of a part that is no pattern both readings of a backslash: BuildKit's own programs do not agree. */
  async #names(folder: string, part: string): Promise<Iterable<string>> {
    if (!isWildcard(part)) return new Set([part, literalName(part) || part])
    const pattern = wildcard(part)
    if (pattern === undefined) throw new Error(`not a pattern: ${part}`)
    this.needs.add(needOfPattern(this.#leftOut.inRepository(folder), part))
    const children = await this.#children(folder)
    this.isFound ||= children !== undefined
    return [...(children ?? new Map<string, never>()).keys()].filter((name) => pattern.test(name))
  }

  #children(folder: string): Promise<Folder> {
    return this.view.folder(this.#leftOut.inRepository(folder))
  }

  async #node(path: string): Promise<Node | undefined> {
    return this.view.node(this.#leftOut.inRepository(path))
  }
}

/** Each `..` takes away what stands before it; more of them than that stay at the top. */
function withoutDots(path: readonly string[]): string[] {
  const kept: string[] = []
  for (const part of path) {
    if (part === '..') kept.pop()
    else kept.push(part)
  }
  return kept
}
