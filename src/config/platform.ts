import type { Checked } from './checked.js'

const PLATFORM = /^[a-z\d]+\/[a-z\d_]+(?:\/[a-z\d.]+)?$/

/** Go's names (`go tool dist list`), which BuildKit goes by, and what containerd takes for one of them. */
const PROCESSORS = [
  ...['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips', 'mips64', 'mips64le', 'mipsle', 'ppc64', 'ppc64le'],
  ...['riscv64', 's390x', 'wasm', 'wasm32'],
]
const ALIASES = ['aarch64', 'armel', 'armhf', 'i386', 'x86_64']

export function platform(text: string): Checked<string> {
  if (!PLATFORM.test(text)) {
    const mend = /^[a-z\d_]+$/.test(text) ? `; write \`linux/${text}\`` : ''
    return { problem: `\`${text}\` is not os/arch or os/arch/variant in small letters${mend}` }
  }
  const [, processor = ''] = text.split('/')
  return PROCESSORS.includes(processor) || ALIASES.includes(processor)
    ? { value: text }
    : { problem: `\`${text}\`: there is no processor \`${processor}\`; use ${PROCESSORS.join(', ')}` }
}
