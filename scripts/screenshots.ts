/*
 * Draws into docs/images what GitHub makes of the job summary and of the comment on a pull request, and what a terminal
 * shows: npx tsx scripts/screenshots.ts. The runs are those of the golden reports. Needs Chromium.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse } from 'marked'
import { SCENARIOS } from '../__tests__/report/scenarios.js'
import { graphDiagram } from '../src/report/graph.js'
import { graphLines } from '../src/report/graph-tree.js'
import { summaryMarkdown } from '../src/report/markdown.js'
import { planLines, resultLines } from '../src/report/terminal.js'
import { commentMarkdown } from '../src/report/comment.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MERMAID = pathToFileURL(join(ROOT, 'node_modules/mermaid/dist/mermaid.min.js')).href
const TERMINAL = { color: true, columns: 100 }

interface Picture {
  readonly name: string
  /** In CSS pixels; the height is what the page takes. */
  readonly width: number
  readonly body: string
}

function pictures(): Picture[] {
  const [changed, failed] = [SCENARIOS['all-changed'], SCENARIOS['one-failed']]
  if (changed === undefined || failed === undefined) throw new Error('a scenario is gone')
  const comment = commentMarkdown(failed, {
    identity: { workflow: 'images', folder: '', config: '', services: [] },
    stamp: { run: 1, attempt: 1, commit: changed.plan.commit },
    runUrl: 'https://github.com/acme/shop/actions/runs/1',
  })
  return [
    { name: 'summary', width: 1050, body: markdown(summaryMarkdown(changed)) },
    { name: 'summary-failed', width: 1000, body: markdown(summaryMarkdown(failed)) },
    { name: 'comment', width: 800, body: markdown(comment) },
    { name: 'graph', width: 460, body: markdown(`\`\`\`mermaid\n${graphDiagram(failed.plan)}\`\`\``) },
    { name: 'terminal-plan', width: 860, body: terminal('plan', planLines(failed.plan, TERMINAL)) },
    { name: 'terminal-build', width: 860, body: terminal('build', resultLines(failed, TERMINAL)) },
    { name: 'terminal-graph', width: 860, body: terminal('plan --graph', graphLines(failed.plan, TERMINAL)) },
  ]
}

function markdown(text: string): string {
  return `<main class="markdown">${parse(text, { async: false, gfm: true })}</main>`
}

function terminal(command: string, lines: readonly string[]): string {
  const shown = [`$ smart-image-build ${command}`, ...lines].map(painted).join('\n')
  return `<pre class="terminal">${shown}</pre>`
}

const COLORS: Readonly<Record<string, string>> = {
  2: '#8b949e',
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  36: '#79c0ff',
}

function painted(line: string): string {
  const text = line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  // eslint-disable-next-line no-control-regex -- the colours of our own reports
  return text.replace(/\u001b\[(\d+)m/g, (_, code: string) =>
    code === '0' ? '</span>' : `<span style="color: ${COLORS[code] ?? 'inherit'}">`,
  )
}

/** As on GitHub's light ground; the page says its height when its diagrams are drawn. */
function page(body: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; background: #fff; color: #1f2328; font: 14px/1.5 "Noto Sans", "DejaVu Sans", sans-serif; }
h2 { font-size: 21px; border-bottom: 1px solid #d1d9e0; padding-bottom: 6px; margin: 8px 0 16px; }
h3 { font-size: 17px; margin: 20px 0 12px; }
table { border-collapse: collapse; margin-bottom: 16px; }
th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
tr:nth-child(2n) td { background: #f6f8fa; }
code, pre { font: 12px/1.45 "DejaVu Sans Mono", monospace; background: #f6f8fa; border-radius: 6px; }
code { padding: 2px 5px; }
pre { padding: 16px; overflow: auto; }
pre code { padding: 0; }
pre.mermaid { background: none; padding: 0; }
pre.terminal { background: #0d1117; color: #e6edf3; margin: 0; }
a { color: #0969da; }
</style>${body}<script src="${MERMAID}"></script><script type="module">
for (const code of document.querySelectorAll('code.language-mermaid')) {
  code.parentElement.className = 'mermaid'
  code.parentElement.textContent = code.textContent
}
for (const details of document.querySelectorAll('details')) details.open = details.textContent.length < 2000
mermaid.initialize({ startOnLoad: false })
await mermaid.run()
document.documentElement.dataset.height = Math.ceil(document.body.getBoundingClientRect().height)
</script>`
}

/** The program of Chromium, which `CHROMIUM` may name. */
function chromium(): string {
  const names = [process.env['CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome']
  const found = names.find((name) => name && spawnSync(name, ['--version']).status === 0)
  if (found === undefined)
    throw new EnvironmentMissing('Chromium is not there', 'install it, or name its program in CHROMIUM')
  return found
}

function draw(program: string, folder: string, { name, width, body }: Picture): void {
  const file = join(folder, `${name}.html`)
  writeFileSync(file, page(body))
  const isRoot = process.getuid?.() === 0
  const open = (height: number, ...args: string[]) =>
    execFileSync(
      program,
      [
        ...['--headless', '--disable-gpu', '--hide-scrollbars', '--virtual-time-budget=10000'],
        // Its sandbox is not for root.
        ...(isRoot ? ['--no-sandbox'] : []),
        ...[`--window-size=${width},${height}`, ...args, pathToFileURL(file).href],
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64_000_000 },
    )
  const [, height] = /data-height="(\d+)"/.exec(open(1000, '--dump-dom')) ?? []
  if (height === undefined) throw new Error(`${name}: its diagrams were not drawn`)
  open(Number(height), `--screenshot=${join(ROOT, 'docs/images', `${name}.png`)}`)
  console.log(`docs/images/${name}.png`)
}

const folder = mkdtempSync(join(tmpdir(), 'smart-image-build-screenshots-'))
try {
  const program = chromium()
  for (const picture of pictures()) draw(program, folder, picture)
} catch (error) {
  if (!(error instanceof EnvironmentMissing)) throw error
  console.error(`screenshots: ${error.message}`)
  process.exitCode = environmentMissingExitCode
} finally {
  rmSync(folder, { recursive: true, force: true })
}
