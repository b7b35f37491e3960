import type { RawInputs } from '../../src/config/input-reader.js'
import type { Failure } from '../../src/model/failure.js'
import type { RunContext } from '../../src/model/request.js'
import { type Run, World } from './world.js'

export const BROKEN: Failure = {
  ...{ kind: 'build-failed', message: 'code 1', cause: 'code' },
  ...{ log: ['oops'], tail: ['oops'] },
}

const CONFIG = `
registry: ghcr.io/acme
bases:
  deps: {context: deps}
services:
  api: {context: api, bases: [deps]}
  web: {context: web, bases: [deps]}
  db: {context: db}
`

/** `api` and `web` start from `deps`, `db` stands alone. */
const TREE = {
  '.github/smart-image-build.yml': CONFIG,
  'deps/Dockerfile': 'FROM scratch\nCOPY . /\n',
  'deps/lock': '1',
  'api/Dockerfile': 'FROM deps\nCOPY . /\n',
  'api/main': '1',
  'web/Dockerfile': 'FROM deps\nCOPY . /\n',
  'web/main': '1',
  'db/Dockerfile': 'FROM scratch\nCOPY . /\n',
  'db/main': '1',
}

/** One workflow run whose jobs build the images of a repository in a matrix. */
export class MatrixWorld extends World {
  attempt = 1

  constructor() {
    super({ committed: TREE })
  }

  /** A job of the run. */
  job(inputs: RawInputs, given: Partial<RunContext> = {}): Promise<Run> {
    const isRerun = this.attempt > 1 ? ({ isRerun: true } as const) : {}
    return this.run(
      { push: 'true', ...inputs },
      { runId: 'run', attempt: this.attempt, ...isRerun, ...given },
    )
  }

  leg(shard: string, images: readonly string[], inputs: RawInputs = {}): Promise<Run> {
    return this.job({ shard: JSON.stringify({ shard, images, minutes: 1 }), ...inputs })
  }

  collect(inputs: RawInputs = {}, given: Partial<RunContext> = {}): Promise<Run> {
    return this.job({ mode: 'collect', ...inputs }, given)
  }

  /** The legs as a plan may have them. */
  async allLegs(inputs: RawInputs = {}): Promise<void> {
    await this.leg('bases-1-of-1', ['deps'], inputs)
    await this.leg('1-of-2', ['api'], inputs)
    await this.leg('2-of-2', ['web', 'db'], inputs)
  }

  /** Makes the builds of these images fail from now on. */
  breakBuilds(...names: readonly string[]): void {
    this.prepare = ({ builder }) => {
      for (const name of names) builder.failing.set(name, BROKEN)
    }
  }

  /** Of an image, but for the fingerprint's. */
  tagsOf(name: string): string[] {
    return this.registry.tagsOf({ registry: 'ghcr.io', repository: `acme/${name}` })
  }
}

export function messages({ host }: Pick<Run, 'host'>, of: 'failures' | 'notices' = 'failures'): string[] {
  return host[of].map(({ message }) => message)
}
