import { expect, test } from '@jest/globals'
import { platform } from '../../src/config/platform.js'

test.each([
  ...['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/amd64/v3', 'windows/amd64'],
  ...[
    'linux/x86_64',
    'linux/aarch64',
    'linux/i386',
    'linux/mips',
    'linux/ppc64',
    'wasi/wasm',
    'darwin/arm64',
  ],
])('%s is a platform', (text) => {
  expect(platform(text)).toEqual({ value: text })
})

test.each(['adm64', 'amd46', 'arm46', 'armv7', 'x64'])('linux/%s is none', (processor) => {
  const problem = expect.stringMatching(
    `there is no processor .${processor}.; use 386, amd64, arm,`,
  ) as unknown
  expect(platform(`linux/${processor}`)).toEqual({ problem })
})

test.each([
  ['arm64', '; write `linux/arm64`'],
  ['Linux/amd64', ''],
  ['linux/', ''],
  ['linux/arm/v7/x', ''],
])('%s has no form of a platform', (text, mend) => {
  const problem = `\`${text}\` is not os/arch or os/arch/variant in small letters${mend}`
  expect(platform(text)).toEqual({ problem })
})
