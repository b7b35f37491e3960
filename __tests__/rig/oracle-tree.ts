import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, readdir, rm, rmdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { TempRepository } from './temp-repository.js'

/** What lies at a path of the tree that is judged. */
export type Node =
  | { readonly kind: 'file'; readonly content: string | Uint8Array; readonly isExecutable: boolean }
  | { readonly kind: 'link'; readonly target: string }
  /** A repository of its own, one of its two commits checked out. */
  | { readonly kind: 'submodule'; readonly commit: 'first' | 'second' }

/** Path to node; folders exist by what is in them, as in git. */
export type Tree = ReadonlyMap<string, Node>

export function file(content: string | Uint8Array, isExecutable = false): Node {
  return { kind: 'file', content, isExecutable }
}

export function link(target: string): Node {
  return { kind: 'link', target }
}

/** A tree on the disk, in the working tree of a repository; `place` writes only what differs from the tree before. */
export class PlacedTree {
  readonly repository: TempRepository
  #tree: Tree = new Map()

  constructor(repository: TempRepository) {
    this.repository = repository
  }

  async place(tree: Tree): Promise<void> {
    const gone = [...this.#tree.keys()].filter((name) => !same(this.#tree.get(name), tree.get(name)))
    const come = [...tree.keys()].filter((name) => !same(this.#tree.get(name), tree.get(name)))
    for (const name of gone) {
      // A submodule that only changes its commit stays where it is.
      if (this.#tree.get(name)?.kind !== 'submodule' || !tree.has(name)) await this.#remove(name)
    }
    this.#tree = tree
    for (const name of come) await this.#write(name, tree.get(name)!)
  }

  /** As git does it: a folder without files goes with its last file. */
  async #remove(name: string): Promise<void> {
    await rm(this.#inside(name), { recursive: true })
    for (let folder = path.dirname(name); folder !== '.'; folder = path.dirname(folder)) {
      if ((await readdir(this.#inside(folder))).length > 0) return
      await rmdir(this.#inside(folder))
    }
  }

  async #write(name: string, node: Node): Promise<void> {
    const target = this.#inside(name)
    await mkdir(path.dirname(target), { recursive: true })
    switch (node.kind) {
      case 'file':
        await writeFile(target, node.content)
        await chmod(target, node.isExecutable ? 0o755 : 0o644)
        return
      case 'link':
        await symlink(node.target, target)
        return
      case 'submodule':
        await this.#checkOut(name, node.commit)
    }
  }

  async #checkOut(name: string, commit: 'first' | 'second'): Promise<void> {
    const git = (...args: string[]) => this.repository.git('-C', this.#inside(name), ...args)
    if ((await lstat(this.#inside(name)).catch(() => undefined)) === undefined) {
      // Its git directory lies elsewhere, as `git submodule` places it: only a `.git` file is in the working tree.
      const elsewhere = path.join(this.#modules, createHash('sha1').update(name).digest('hex'))
      await mkdir(this.#modules, { recursive: true })
      const isKnown = (await readdir(this.#modules)).includes(path.basename(elsewhere))
      const options = ['--quiet', '--initial-branch=main', `--separate-git-dir=${elsewhere}`]
      await this.repository.git('init', ...options, this.#inside(name))
      for (const text of isKnown ? [] : ['first', 'second']) {
        await writeFile(path.join(this.#inside(name), 'inside.txt'), `${text}\n`)
        await git('add', 'inside.txt')
        await git('commit', '--quiet', `--message=${text}`)
        await git('tag', text)
      }
    }
    await git('checkout', '--quiet', '--force', commit)
  }

  async dispose(): Promise<void> {
    await rm(this.#modules, { recursive: true, force: true })
    await this.repository.dispose()
  }

  get #modules(): string {
    return `${this.repository.folder}.modules`
  }

  #inside(name: string): string {
    return path.join(this.repository.folder, name)
  }
}

/** Whether two nodes are the same to git and to BuildKit. */
export function same(a: Node | undefined, b: Node | undefined): boolean {
  if (a?.kind !== b?.kind || a === undefined || b === undefined) return a === b
  if (a.kind === 'file' && b.kind === 'file') {
    return a.isExecutable === b.isExecutable && Buffer.compare(bytes(a.content), bytes(b.content)) === 0
  }
  return JSON.stringify(a) === JSON.stringify(b)
}

function bytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}
