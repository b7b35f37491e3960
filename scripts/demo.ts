/*
 * The action at work: its main and post steps, run as the GitHub runner runs them, on a copy of `examples/shop`, with a
 * real engine and a real registry. Ends with a table; fails when a run built anything else than it should have.
 */
import { CLI, Shop, SHOP_SERVICES, type ShopRun } from '../__tests__/rig/shop.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { startServices } from './services/services.js'

interface Step {
  readonly title: string
  readonly touch: readonly string[]
  readonly rebuilt: readonly string[]
}

const STEPS: readonly Step[] = [
  { title: 'first push', touch: [], rebuilt: SHOP_SERVICES },
  { title: 'auth-handler touched', touch: ['auth-handler/cgi-bin/session'], rebuilt: ['auth-handler'] },
  { title: 'a README touched', touch: ['backend/README.md'], rebuilt: [] },
]

async function demo(): Promise<number> {
  const services = await startServices()
  process.env['SMART_IMAGE_BUILD_TEST_REGISTRY'] = services.registry
  const shop = await Shop.open()
  try {
    const rows: string[][] = []
    for (const step of STEPS) rows.push(await perform(shop, step))
    show([['push', 'rebuilt', 'reused', 'seconds', 'as expected'], ...rows])
    console.log(`\nThe same at a terminal, in any repository: node ${CLI} plan`)
    return rows.every((row) => row.at(-1) === 'yes') ? 0 : 1
  } finally {
    await shop.close()
    await services.stop()
  }
}

async function perform(shop: Shop, step: Step): Promise<string[]> {
  console.log(`\n— ${step.title}`)
  await (step.touch.length === 0 ? shop.repository.commit('The shop') : shop.touch(...step.touch))
  const run = await shop.push()
  // The runner takes such lines as commands and shows none of them.
  const shown = run.main.stdout.split('\n').filter((line) => !/^::(?:debug|add-mask)::/.test(line))
  process.stdout.write(shown.join('\n'))
  const seconds = (run.main.milliseconds / 1000).toFixed(1)
  const names = run.rebuilt.length > 0 ? run.rebuilt.join(' ') : 'none'
  return [step.title, names, String(run.reused.length), seconds, isExpected(run, step) ? 'yes' : 'NO']
}

function isExpected(run: ShopRun, step: Step): boolean {
  const isRight = JSON.stringify(run.rebuilt) === JSON.stringify([...step.rebuilt].sort())
  return isRight && run.main.exitCode === 0 && run.post.exitCode === 0
}

function show(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  console.log('')
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

try {
  process.exitCode = await demo()
} catch (error) {
  if (!(error instanceof EnvironmentMissing)) throw error
  console.error(`demo: ${error.message}`)
  process.exitCode = environmentMissingExitCode
}
