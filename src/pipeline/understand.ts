import { sourcesOf } from '../config/from/sources.js'
import { parseConfig } from '../config/parse.js'
import { draftServices } from '../config/resolve.js'
import { ok, type Result } from '../model/failure.js'
import type { RememberedConfig } from '../model/memo.js'
import { type ConfigFile, keyOf } from './basis.js'
import { type Definitions, readDefinitions } from './definitions.js'
import type { Run } from './job.js'

const NOTHING: Definitions = { images: [], notices: [], files: [] }

/** Understands a configuration and the Compose and bake files that it takes images from. */
export async function understand(file: ConfigFile, run: Run): Promise<Result<RememberedConfig>> {
  const { registry } = run.request
  const sources = sourcesOf(file.text, file.path)
  const defined = sources.length === 0 ? ok(NOTHING) : await readDefinitions(sources, run)
  if (!defined.ok) return defined
  const { images, files } = defined.value
  const key = (await keyOf(file, files, run)) ?? ''
  if (file.found && images.length === 0)
    return ok({ key, files, drafts: [], reusePullRequests: true, notices: [] })
  const config = parseConfig(file.text, file.path, images)
  if (!config.ok) return config
  const drafts = draftServices(config.value, registry)
  if (!drafts.ok) return drafts
  const notices = [...defined.value.notices, ...drafts.value.notices]
  return ok({ ...drafts.value, key, ...(files.length > 0 && { files }), notices })
}
