/*
 * Judges the fingerprints of a real repository's history by what the real BuildKit takes:
 * npm run oracle -- REPOSITORY [--commits N] [--services a,b] [--config FILE]
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { History } from '../__tests__/rig/oracle-history.js'
import { EnvironmentMissing, environmentMissingExitCode } from './services/environment-missing.js'
import { startServices } from './services/services.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    commits: { type: 'string', default: '20' },
    services: { type: 'string', default: '' },
    config: { type: 'string' },
  },
})

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof EnvironmentMissing)) throw error
  console.error(`oracle: ${error.message}`)
  process.exitCode = environmentMissingExitCode
}

async function main(): Promise<number> {
  const [repository] = positionals
  if (repository === undefined) {
    console.error('oracle: name a repository; REPOSITORY [--commits N] [--services a,b] [--config FILE]')
    return 2
  }
  const services = await startServices()
  try {
    return await judge(resolve(repository))
  } finally {
    await services.stop()
  }
}

async function judge(repository: string): Promise<number> {
  const history = await History.open({
    repository,
    commits: Number(values.commits),
    services: values.services.split(',').filter(Boolean),
    ...(values.config !== undefined && { configuration: readFileSync(values.config, 'utf8') }),
  })
  try {
    for await (const { commit, subject, inExport, inFingerprint } of history.steps()) {
      if (inExport.length + inFingerprint.length === 0) continue
      console.log(`${commit.slice(0, 10)} ${subject}`)
      console.log(`  BuildKit:    ${inExport.join(' ') || 'nothing'}`)
      console.log(`  fingerprint: ${inFingerprint.join(' ') || 'nothing'}`)
    }
    const { verdicts } = history
    for (const text of verdicts.missed) console.log(text)
    console.log(verdicts.summary())
    return verdicts.missed.length === 0 ? 0 : 1
  } finally {
    await history.close()
  }
}
