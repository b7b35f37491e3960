import type { Result } from '../model/failure.js'

/** Clusters of kind (Kubernetes in Docker) whose nodes are containers of the local engine. */
export interface KindClusters {
  /** Gives every node of a cluster images that the engine has, by complete references. */
  load(cluster: string, references: readonly string[], signal: AbortSignal): Promise<Result<void>>
}
