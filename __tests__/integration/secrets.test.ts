import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createHash, randomBytes } from 'node:crypto'
import { Shop, type ShopRun } from '../rig/shop.js'

/** Two lines, as a key has; nobody else's. */
const KEY = `-----BEGIN\n${randomBytes(12).toString('hex')}`
const TOKEN = `token-${randomBytes(12).toString('hex')}`

let shop: Shop

beforeEach(async () => {
  shop = await Shop.open('nothing')
  const config = 'services:\n  api: {context: api, secrets: [key]}\n  web: {context: web}\n'
  await shop.repository.write('.github/smart-image-build.yml', config)
  const mounts = '--mount=type=secret,id=key --mount=type=secret,id=token,env=TOKEN'
  // Another secret is no other step: what an earlier run of these tests left in the cache would not be run again.
  const step = `: ${randomBytes(6).toString('hex')} && sha256sum /run/secrets/key && printf %s "$TOKEN" | sha256sum`
  await shop.repository.write('api/Dockerfile', `FROM busybox:1.37\nRUN ${mounts} ${step}\n`)
  await shop.repository.write('web/Dockerfile', 'FROM busybox:1.37\nRUN ! env | grep SMART_IMAGE_BUILD\n')
  await shop.repository.commit('One image with secrets, one without')
})

afterEach(async () => {
  await shop.close()
})

function push(env: Readonly<Record<string, string>> = { MY_TOKEN: TOKEN }): Promise<ShopRun> {
  const inputs = { secrets: `"key=${KEY}"`, 'secret-envs': 'token=MY_TOKEN' }
  return shop.push({ inputs, env })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

test('a build sees its secrets; no log, no argument and no record does', async () => {
  const run = await push()
  expect([run.main.exitCode, run.rebuilt]).toEqual([0, ['api', 'web']])
  const said = run.main.stdout
  for (const secret of [KEY, TOKEN]) expect(said).toContain(sha256(secret))
  const masks = said.split('\n').filter((line) => line.startsWith('::add-mask::'))
  expect(masks).toEqual([`::add-mask::${KEY.replace('\n', '%0A')}`, `::add-mask::${TOKEN}`])
  const shown = said
    .split('\n')
    .filter((line) => !masks.includes(line))
    .join('\n')
  const word = KEY.slice(KEY.indexOf('\n') + 1)
  for (const text of [shown, run.main.stderr, run.docker.join('\n'), JSON.stringify(run.main.outputs)])
    for (const secret of [word, TOKEN]) expect(text).not.toContain(secret)
})

test('another value is no change', async () => {
  await push()
  const again = await push({ MY_TOKEN: 'other' })
  expect([again.main.exitCode, again.rebuilt, again.docker]).toEqual([0, [], []])
})
