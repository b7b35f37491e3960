import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const project = join(import.meta.dirname, '../..')

/** As workflows of users name it. */
const OURS = 'org/smart-image-build'
const VERSION = 'v1'

/** Clones as the action does: one commit onto its branch, without blobs where the checkout is sparse. */
const CHECKOUT = `name: Stand-in for actions/checkout
inputs:
  fetch-depth: { default: '1' }
  sparse-checkout: { default: '' }
  sparse-checkout-cone-mode: { default: 'true' }
  submodules: { default: 'false' }
  persist-credentials: { default: 'true' }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        DEPTH: \${{ inputs.fetch-depth }}
        SPARSE: \${{ inputs.sparse-checkout }}
        NAME: \${{ github.ref_name }}
      run: |
        git init --quiet .
        git remote add origin "$ACT_ORIGIN"
        limits=(--no-tags)
        if [ "$DEPTH" != 0 ]; then limits+=("--depth=$DEPTH"); fi
        if [ -n "$SPARSE" ]; then limits+=(--filter=blob:none); fi
        git fetch --quiet "\${limits[@]}" origin "+$GITHUB_SHA:refs/remotes/origin/$NAME"
        if [ -n "$SPARSE" ]; then git sparse-checkout set --no-cone "$SPARSE"; fi
        git checkout --quiet --force -B "$NAME" "refs/remotes/origin/$NAME"
`

/** The machine has a builder and needs no login. */
const NOTHING = `name: Stand-in
runs:
  using: composite
  steps:
    - { shell: bash, run: 'true' }
`

const STAND_INS: Readonly<Record<string, string>> = {
  'actions/checkout': CHECKOUT,
  'docker/setup-buildx-action': NOTHING,
  'docker/setup-qemu-action': NOTHING,
  'docker/login-action': NOTHING,
  'actions/download-artifact': NOTHING,
}

/**
 * What `--local-repository` takes: each action that the workflows name, with the folder that stands for it. An action
 * without a stand-in is an error, so that nothing is fetched.
 */
export async function localActions(folder: string, workflows: readonly string[]): Promise<string[]> {
  const published = await publish(join(folder, 'published'))
  const uses = new Map<string, string>()
  for (const text of [
    ...workflows,
    await readFile(join(published, '.github/workflows/images.yml'), 'utf8'),
  ]) {
    for (const [, name = '', version = ''] of text.matchAll(/uses: ([\w.-]+\/[\w.-]+)(?:\/[^@\s]+)?@(\S+)/g))
      uses.set(`${name}@${version}`, name)
  }
  return Promise.all(
    [...uses].map(async ([reference, name]) => {
      return `${reference}=${name === OURS ? published : await standIn(folder, name)}`
    }),
  )
}

async function standIn(folder: string, name: string): Promise<string> {
  const text = STAND_INS[name]
  if (text === undefined) throw new Error(`there is no stand-in for ${name}`)
  const path = join(folder, name)
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'action.yml'), text)
  return path
}

/** act 0.2.89 does not know `$/`; here it is the version that callers name. A text without it is an error. */
export function withoutSelfReferences(text: string): string {
  const mapped = text.replaceAll(/uses: \$\/\.$/gm, `uses: ${OURS}@${VERSION}`)
  if (mapped === text) throw new Error('the workflow does not refer to the action as this harness expects')
  return mapped
}

/** The action as GitHub would fetch it. */
async function publish(folder: string): Promise<string> {
  await mkdir(join(folder, '.github/workflows'), { recursive: true })
  for (const name of ['action.yml', 'dist'])
    await cp(join(project, name), join(folder, name), { recursive: true })
  const path = '.github/workflows/images.yml'
  await writeFile(join(folder, path), withoutSelfReferences(await readFile(join(project, path), 'utf8')))
  return folder
}
