import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Apt } from './apt.js'
import { probe, run, runLogged } from './commands.js'
import type { Host } from './host.js'

export const baseImage = 'busybox:1.37'

/** Long enough for two megabytes, short enough for a machine whose way out is silently closed. */
const pullTimeoutMs = 20_000

/** An image of another platform is as good as none: `FROM` with an explicit platform would not find it. */
export async function hasBaseImage(platform: string): Promise<boolean> {
  const found = await probe('docker', [
    'image',
    'inspect',
    '--format',
    '{{.Os}}/{{.Architecture}}',
    baseImage,
  ])
  return found.exitCode === 0 && found.stdout.trim() === platform
}

/** Answers whether that succeeded; a machine without a way to the image's registry is nothing unusual. */
export async function pullBaseImage(host: Host, platform: string): Promise<boolean> {
  const log = join(host.folder, 'base-image.log')
  const args = ['pull', '--quiet', '--platform', platform, baseImage]
  return (await runLogged('docker', args, { log, timeoutMs: pullTimeoutMs })) === 0
}

export interface BaseImageMake {
  readonly host: Host
  readonly apt: Apt
  /** Must be the host's own: the package's program is of the host's architecture. */
  readonly platform: string
}

/** Makes the image without any registry, from Debian's package; answers that package's name and version. */
export async function makeBaseImage({ host, apt, platform }: BaseImageMake): Promise<string> {
  const folder = mkdtempSync(join(host.folder, 'base-image-'))
  try {
    chmodSync(folder, 0o755)
    const file = await apt.download({ packageName: 'busybox-static', folder, suite: suiteWithVersion(host) })
    const version = (await run('dpkg-deb', ['--field', file, 'Version'])).trim()
    await run('dpkg-deb', ['--extract', file, join(folder, 'package')])
    const busybox = findBusybox(join(folder, 'package'))
    writeRootFolder(join(folder, 'root'), busybox, await listApplets(busybox))
    writeFileSync(join(folder, 'Dockerfile'), formatDockerfile(version))
    const build = [
      'buildx',
      'build',
      '--builder',
      'default',
      '--platform',
      platform,
      '--load',
      '--tag',
      baseImage,
    ]
    await run('docker', [...build, folder])
    return `busybox-static ${version}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The suite whose busybox has the version in the image's name; others do as well, under a less exact name. */
function suiteWithVersion(host: Host): string | undefined {
  return host.aptRelease?.distribution === 'debian' ? 'trixie' : undefined
}

/** Releases with merged /usr name the file there. */
function findBusybox(root: string): string {
  const files = ['bin/busybox', 'usr/bin/busybox'].map((file) => join(root, file))
  const found = files.find((file) => existsSync(file))
  if (found === undefined) throw new Error(`package busybox-static has none of ${files.join(', ')}`)
  return found
}

async function listApplets(busybox: string): Promise<string[]> {
  const names = (await run(busybox, ['--list'])).split('\n')
  return names.filter((name) => name !== '' && name !== 'busybox')
}

/** The layout of the official image, which this one stands in for. */
function writeRootFolder(root: string, busybox: string, applets: readonly string[]): void {
  for (const folder of [
    'bin',
    'dev',
    'etc',
    'home',
    'proc',
    'root',
    'sys',
    'tmp',
    'usr/bin',
    'usr/sbin',
    'var/www',
  ]) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  chmodSync(join(root, 'tmp'), 0o1777)
  copyFileSync(busybox, join(root, 'bin', 'busybox'))
  chmodSync(join(root, 'bin', 'busybox'), 0o755)
  for (const applet of applets) symlinkSync('busybox', join(root, 'bin', applet))
  const users = ['root:x:0:0:root:/root:/bin/sh', 'nobody:x:65534:65534:nobody:/home:/bin/false']
  writeFileSync(join(root, 'etc', 'passwd'), `${users.join('\n')}\n`)
  writeFileSync(join(root, 'etc', 'group'), 'root:x:0:\nnobody:x:65534:\n')
}

function formatDockerfile(version: string): string {
  return `FROM scratch
COPY root/ /
ENV PATH=/bin:/usr/bin:/usr/sbin
LABEL org.opencontainers.image.description="Stand-in for ${baseImage} from Debian's busybox-static ${version}"
CMD ["sh"]
`
}
