import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { failed, ok, type Result } from '../model/failure.js'
import type { KindClusters } from '../ports/kind-clusters.js'
import { failureOf } from './docker-engine.js'
import { type ProcessEnd, type ProcessOptions, run } from './process.js'

/** Label that kind gives the containers that are nodes (its `pkg/cluster/internal/providers/docker/constants.go`). */
const CLUSTER = 'io.x-k8s.kind.cluster'

/** The program `kind` where there is one; else what it does for one image: containerd in each node imports an archive. */
export class DockerKindClusters implements KindClusters {
  private readonly environment: NodeJS.ProcessEnv

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment
  }

  async load(cluster: string, references: readonly string[], signal: AbortSignal): Promise<Result<void>> {
    const args = ['load', 'docker-image', ...references, '--name', cluster]
    const end = await run('kind', args, { env: this.environment, signal })
    if (end.kind === 'missing') return this.#import(cluster, references, signal)
    if (end.kind === 'exited' && end.exitCode === 0) return ok(undefined)
    return failed({ kind: 'engine-failed', message: `kind load docker-image failed: ${end.stderr.trim()}` })
  }

  async #import(cluster: string, references: readonly string[], signal: AbortSignal): Promise<Result<void>> {
    const nodes = await this.#nodes(cluster)
    if (!nodes.ok) return nodes
    const folder = await mkdtemp(join(tmpdir(), 'smart-image-build-kind-'))
    try {
      const archive = join(folder, 'images.tar')
      const saved = await this.#docker(['image', 'save', '--output', archive, ...references], { signal })
      if (!isDone(saved)) return failed(failureOf('image save', saved))
      for (const node of nodes.value) {
        // Kubernetes looks for images in this namespace of containerd.
        const imports = ['ctr', '--namespace=k8s.io', 'images', 'import', '-']
        const input = createReadStream(archive)
        const end = await this.#docker(['exec', '--interactive', node, ...imports], { signal, input })
        if (!isDone(end)) return failed(failureOf(`exec in the node ${node}`, end))
      }
      return ok(undefined)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #nodes(cluster: string): Promise<Result<readonly string[]>> {
    const filter = ['--filter', `label=${CLUSTER}=${cluster}`]
    const end = await this.#docker(['container', 'ls', '--format', '{{.Names}}', ...filter], {})
    if (!isDone(end)) return failed(failureOf('container ls', end))
    const nodes = end.stdout.toString('utf8').split('\n').filter(Boolean).sort()
    if (nodes.length > 0) return ok(nodes)
    const message = `there is no kind cluster \`${cluster}\` in this Docker; \`kind get clusters\` lists those that there are`
    return failed({ kind: 'usage', message })
  }

  #docker(args: readonly string[], options: Pick<ProcessOptions, 'signal' | 'input'>): Promise<ProcessEnd> {
    return run('docker', args, { env: this.environment, ...options })
  }
}

function isDone(end: ProcessEnd): end is Extract<ProcessEnd, { kind: 'exited' }> {
  return end.kind === 'exited' && end.exitCode === 0
}
