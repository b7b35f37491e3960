import { attempt, demand, type Result, unless } from '../model/failure.js'
import type { GitTree } from '../ports/git-tree.js'
import { readTexts } from './texts.js'
import { GitView } from './git-view.js'
import { FOLDER, joined, type View } from './view.js'

/** Text of a file as HEAD has it, without a look at the disk; `undefined` when there is none. */
export async function committedText(path: string, git: GitTree): Promise<Result<string | undefined>> {
  const view = new GitView(git, git.head, [])
  return attempt(async () => {
    const { texts, failures } = await readTexts([path], view, git)
    return demand(unless([...failures.values()].flat(), texts.get(path)))
  })
}

/** Paths of all files of HEAD. */
export async function committedFiles(git: GitTree): Promise<Result<readonly string[]>> {
  return attempt(() => filesBelow('', new GitView(git, git.head, [])))
}

async function filesBelow(folder: string, view: View): Promise<string[]> {
  const entries = (await view.folder(folder)) ?? new Map<string, never>()
  const found = await Promise.all(
    [...entries].map(async ([name, { mode }]) => {
      const path = joined(folder, name)
      return mode === FOLDER ? filesBelow(path, view) : [path]
    }),
  )
  return found.flat()
}
