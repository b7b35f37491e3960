import * as core from '@actions/core'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { join } from 'node:path/posix'
import type { Failure, Notice, Place } from '../model/failure.js'
import type { Host } from '../ports/host.js'
import { withoutCommands } from './harmless.js'

/** The inputs of `action.yml` that become the request; `working-directory`, `state` and `github-token` are read apart. */
const REQUEST_INPUTS = [
  ...['mode', 'config', 'services', 'force', 'inputs-from', 'base-ref', 'push', 'load', 'registry', 'tags'],
  ...['builder', 'max-parallel', 'fail-fast', 'no-cache', 'pull', 'detect', 'changed-since', 'from', 'wait'],
  ...['secrets', 'secret-envs', 'secret-files', 'layer-cache', 'layer-cache-mode', 'layer-cache-write'],
  ...['url', 'compose-project', 'cleanup', 'max-jobs', 'shard', 'comment'],
]

/** GitHub drops what is too long of an annotation as a whole (64 KiB). */
const LONGEST_LINE = 500

/** What the workflow wrote, an input that it left out as an empty text. */
export function readRequestInputs(): Record<string, string> {
  return Object.fromEntries(REQUEST_INPUTS.map((name) => [name, readInput(name)]))
}

export function readInput(name: string): string {
  return core.getInput(name)
}

/** Shows a run in the log of a GitHub Actions step and writes its files. */
export class ActionsHost implements Host {
  readonly takesOutputs = true
  readonly progressStyle = 'groups'
  /** Path of the folder that plays the root within the repository, as annotations start from there. */
  private readonly folder: string
  /** Folder of the files that outputs name, apart for each step. */
  private readonly files: string

  constructor(folder = '', files = tmpdir()) {
    this.folder = folder
    this.files = files
  }

  live(): void {
    // Lines of a log cannot be drawn again.
  }

  progress(line: string): void {
    core.info(withoutCommands(line))
  }

  detail(line: string): void {
    this.progress(line)
  }

  group(title: string, lines: readonly string[]): void {
    core.startGroup(withoutCommands(title))
    for (const line of lines) core.info(withoutCommands(line))
    core.endGroup()
  }

  result(lines: () => readonly string[]): void {
    for (const line of lines()) core.info(withoutCommands(line))
  }

  document(): void {
    // A step has outputs in its place.
  }

  notice(notice: Notice): void {
    core.notice(notice.message, this.#annotation(notice.place))
  }

  failure(failure: Failure): void {
    const tail = failure.kind === 'build-failed' ? failure.tail : []
    core.error(
      [failure.message, ...tail.map((line) => line.slice(0, LONGEST_LINE))].join('\n'),
      this.#annotation('place' in failure ? failure.place : undefined),
    )
  }

  mask(text: string): void {
    core.setSecret(text)
  }

  output(name: string, value: string): void {
    core.setOutput(name, value)
  }

  async outputFile(name: string, text: string): Promise<void> {
    const path = resolve(this.files, `${name}.json`)
    await mkdir(this.files, { recursive: true })
    await writeFile(path, text)
    this.output(name, path)
  }

  async summary(markdown: string): Promise<void> {
    await core.summary.addRaw(markdown, true).write()
  }

  #annotation(place: Place | undefined): core.AnnotationProperties {
    const title = 'smart-image-build'
    if (place === undefined) return { title }
    return { title, file: join(this.folder, place.file), startLine: place.line, startColumn: place.column }
  }
}
