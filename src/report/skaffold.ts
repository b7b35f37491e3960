import type { Outcome } from '../model/outcome.js'
import { fullName } from '../model/service.js'

/**
 * What `skaffold deploy --build-artifacts` takes (skaffold, cmd/skaffold/app/flags/build_output.go and
 * pkg/skaffold/graph/artifact_graph.go): every service that has a digest, the reused ones too, by its repository. Absent
 * when none has, as in a run that does not push.
 */
export function skaffoldArtifacts(outcomes: readonly Outcome[]): string | undefined {
  const builds = outcomes.flatMap((outcome) => {
    const { service } = outcome.image
    const digest = outcome.kind === 'built' || outcome.kind === 'reused' ? outcome.digest : undefined
    if (service.kind !== 'service' || digest === undefined) return []
    const imageName = fullName(service.image)
    return [{ imageName, tag: `${imageName}@${digest}` }]
  })
  return builds.length === 0 ? undefined : JSON.stringify({ builds })
}
