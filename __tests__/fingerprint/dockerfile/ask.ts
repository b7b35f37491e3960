import type { Analysis, BuildQuestion } from '../../../src/fingerprint/dockerfile/analysis.js'
import { parseDockerfile } from '../../../src/fingerprint/dockerfile/parse.js'
import { analyze } from '../../../src/fingerprint/dockerfile/stages.js'
import type { Result } from '../../../src/model/failure.js'
import { valueOf } from '../../fakes/images.js'

/** What is asked of an analysis; without more, a build for linux/amd64. */
export interface Asked extends Partial<Pick<BuildQuestion, 'target' | 'platforms'>> {
  readonly args?: Readonly<Record<string, string>>
  readonly contexts?: readonly string[]
  readonly volatile?: readonly string[]
}

export function result(
  text: string,
  { args = {}, contexts = [], volatile = [], ...asked }: Asked = {},
): Result<Analysis> {
  const question = {
    buildArgs: new Map(Object.entries(args)),
    namedContexts: new Set(contexts),
    volatileArgs: new Set(volatile),
    platforms: ['linux/amd64'],
    ...asked,
  }
  return analyze(valueOf(parseDockerfile(text, 'Dockerfile')), question, 'Dockerfile')
}

export function analysis(text: string, asked?: Asked): Analysis {
  return valueOf(result(text, asked))
}
