import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { probe, run, runLogged } from './commands.js'
import { EnvironmentMissing } from './environment-missing.js'
import { findExecutable, type Host } from './host.js'
import type { Progress } from './progress.js'

/** The BuildKit that engine 28.5 has in it, so that all drivers build alike. */
const version = 'v0.25.1'
export const buildkitImage = `moby/buildkit:${version}`

/** Some eighty megabytes from a registry; where there is no way to it, the pull fails at once. */
const pullTimeoutMs = 120_000
/** Over a thousand packages: two minutes and a half of processor time, without those of others on a busy machine. */
const buildTimeoutMs = 30 * 60_000

export async function hasBuildkitImage(): Promise<boolean> {
  return (await probe('docker', ['image', 'inspect', '--format', '{{.Id}}', buildkitImage])).exitCode === 0
}

/** Answers whether that succeeded. */
export async function pullBuildkitImage(host: Host): Promise<boolean> {
  const log = join(host.folder, 'buildkit.log')
  return (
    (await runLogged('docker', ['pull', '--quiet', buildkitImage], { log, timeoutMs: pullTimeoutMs })) === 0
  )
}

export interface BuildkitImageMake {
  readonly host: Host
  readonly progress: Progress
}

/**
 * Makes the image without any registry: BuildKit compiled from its Go module, and the machine's runc with the libraries
 * that it is linked to. There is nothing else in it, so it builds from no git context and emulates no processor.
 */
export async function makeBuildkitImage({ host, progress }: BuildkitImageMake): Promise<void> {
  const go = requireTool(host, 'go')
  const runc = requireTool(host, 'runc')
  const folder = mkdtempSync(join(host.folder, 'buildkit-'))
  try {
    const programs = join(folder, 'root/usr/bin')
    for (const path of [programs, join(folder, 'root/tmp'), join(folder, 'module')])
      mkdirSync(path, { recursive: true })
    await compile(
      { go, folder: join(folder, 'module'), programs, log: join(host.folder, 'buildkit.log') },
      progress,
    )
    copyFileSync(runc, join(programs, 'runc'))
    for (const library of await librariesOf(runc)) {
      mkdirSync(join(folder, 'root', library, '..'), { recursive: true })
      copyFileSync(library, join(folder, 'root', library))
    }
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY root/ /\nENTRYPOINT ["buildkitd"]\n')
    const build = ['buildx', 'build', '--builder', 'default', '--provenance=false', '--load']
    await run('docker', [...build, '--tag', buildkitImage, folder])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function requireTool(host: Host, name: string): string {
  const found = findExecutable(host, name)
  if (found !== undefined) return found
  throw new EnvironmentMissing(
    `the image ${buildkitImage} cannot be pulled, and without ${name} it cannot be made`,
    `give the engine access to the image, or install ${name}`,
  )
}

interface Compilation {
  readonly go: string
  /** For the module that requires BuildKit. */
  readonly folder: string
  readonly programs: string
  readonly log: string
}

/** In a module of our own, as `go install` refuses modules with `exclude`. What is compiled stays in Go's build cache. */
async function compile({ go, folder, programs, log }: Compilation, progress: Progress): Promise<void> {
  const module = 'github.com/moby/buildkit'
  writeFileSync(join(folder, 'go.mod'), `module builders\n\ngo 1.24\n\nrequire ${module} ${version}\n`)
  const linking = `-s -w -X ${module}/version.Version=${version}`
  const args = ['build', '-mod=mod', '-trimpath', '-ldflags', linking, '-o', `${programs}/`]
  const commands = ['buildkitd', 'buildctl'].map((name) => `${module}/cmd/${name}`)
  const env = { CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' }
  const options = { log, env, timeoutMs: buildTimeoutMs, workingFolder: folder }
  if ((await runLogged(go, [...args, ...commands], options)) === 0) return
  progress.tail(log)
  throw new EnvironmentMissing(
    `BuildKit ${version} does not compile (log: ${log})`,
    `let the engine pull ${buildkitImage}`,
  )
}

/** Absolute paths, with the loader's; none of a program that is linked statically. */
async function librariesOf(program: string): Promise<string[]> {
  const { stdout } = await probe('ldd', [program])
  return [...stdout.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)].map(([, path]) => path!)
}
