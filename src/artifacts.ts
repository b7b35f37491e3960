import { type ArtifactCall, callArtifacts } from './adapters/run-artifacts-call.js'

/** One call of the artifact service in a process of its own, see `adapters/run-artifacts.ts`. */
export async function artifacts([request = '']: readonly string[]): Promise<void> {
  try {
    await callArtifacts(JSON.parse(request) as ArtifactCall)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
