import { failed, ok, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import type { Analysis } from './dockerfile/analysis.js'
import { familiar } from './dockerfile/context-names.js'

/**
 * Images that a Dockerfile names, see `ImageInputs.images`; one that is named by its digest cannot move.
 * `config-invalid` for a tracked image that has the name of a stage: BuildKit would put what the image is pinned by, a
 * build context of its name, in place of that stage, too, and run none of its instructions.
 */
export function imagesOf(
  service: Service,
  { references, stageNames }: Pick<Analysis, 'references' | 'stageNames'>,
): Result<readonly string[]> {
  const names = new Set<string>()
  for (const { name: written, line, isNamedContext } of references) {
    if (isNamedContext || written.includes('@')) continue
    const name = familiar(written)
    if (service.trackUpstream !== 'never' && stageNames.has(name)) {
      const message = `\`${service.name}\` tracks \`${written}\`, which cannot be pinned as a stage is called \`${name}\`, too; rename the stage, or name a tag of the image`
      return failed({ kind: 'config-invalid', message, place: { file: service.file, line, column: 1 } })
    }
    names.add(name)
  }
  return ok([...names].sort())
}
