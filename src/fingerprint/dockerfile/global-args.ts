import type { BuildQuestion } from './analysis.js'
import { Environment } from './environment.js'
import type { Instruction } from './model.js'

export interface Scope {
  readonly question: BuildQuestion
  readonly escape: string
}

/** Platforms whose parts are the same in every form that BuildKit writes them; `linux/arm64/v8` for one is not. */
const PLATFORM = /^(linux)\/(?:(amd64|arm64|386|ppc64le|s390x|riscv64)|(arm)\/(v[567]))$/

/** What ARG before the first FROM may use, and ARG without a default takes: platform arguments and global ones. */
export function globalArgs(
  instructions: readonly Instruction[],
  scope: Scope,
  platform: string,
): Environment {
  const { buildArgs, volatileArgs } = scope.question
  const args = Environment.empty()
  const platformArgs = [...builderArgs(), ...targetArgs(platform), targetStage(instructions, scope)]
  for (const [name, value] of platformArgs) {
    const passed = buildArgs.get(name)
    if (volatileArgs.has(name)) args.set(name, { why: VOLATILE })
    else if (passed !== undefined) args.set(name, { text: passed })
    else args.set(name, value === undefined ? { why: 'only the builder knows it' } : { text: value })
  }
  for (const word of globalInstructions(instructions).flatMap(({ words }) => words)) {
    const { name, fallback } = argOf(word)
    const passed = buildArgs.get(name)
    if (volatileArgs.has(name)) args.set(name, { why: VOLATILE })
    else if (passed !== undefined) args.set(name, { text: passed })
    else if (fallback !== undefined) args.set(name, args.expand(fallback, scope.escape))
  }
  return args
}

/** The ARGs before the first FROM. */
export function globalInstructions(instructions: readonly Instruction[]): Instruction[] {
  return instructions.slice(
    0,
    instructions.findIndex((each) => each.keyword === 'FROM'),
  )
}

export function declaredGlobally(instructions: readonly Instruction[]): string[] {
  return globalInstructions(instructions).flatMap(({ words }) => words.map((word) => argOf(word).name))
}

export const VOLATILE = 'its value is another one at every build'

export function argOf(word: string): { name: string; fallback?: string } {
  const equals = word.indexOf('=')
  return equals === -1 ? { name: word } : { name: word.slice(0, equals), fallback: word.slice(equals + 1) }
}

type Arg = readonly [name: string, value: string | undefined]

function builderArgs(): Arg[] {
  return ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((part) => [`BUILD${part}`, undefined])
}

function targetArgs(platform: string): Arg[] {
  const [, os, arch, arm, variant] = PLATFORM.exec(platform) ?? []
  const isKnown = os !== undefined
  return [
    ['TARGETPLATFORM', isKnown ? platform : undefined],
    ['TARGETOS', os],
    // Older releases lack it.
    ['TARGETOSVERSION', undefined],
    ['TARGETARCH', arch ?? arm],
    ['TARGETVARIANT', isKnown ? (variant ?? '') : undefined],
  ]
}

/** Without a target, releases differ on whether it is the name of the last stage. */
function targetStage(instructions: readonly Instruction[], scope: Scope): Arg {
  const { target } = scope.question
  const last = instructions.findLast((each) => each.keyword === 'FROM')?.words[2]
  return ['TARGETSTAGE', target ?? (last === undefined ? 'default' : undefined)]
}
