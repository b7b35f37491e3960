import { setTimeout as sleep } from 'node:timers/promises'
import type { BuildInfo } from '../ports/build-info.js'
import type { Clock } from '../ports/clock.js'
import type { Containers } from '../ports/containers.js'
import type { DefinitionReader } from '../ports/definition-reader.js'
import type { ImageBuilder } from '../ports/image-builder.js'
import type { ImageEngine } from '../ports/image-engine.js'
import type { ImageRegistry } from '../ports/image-registry.js'
import { BakePrint } from './bake-print.js'
import { BuildxCli } from './buildx-cli.js'
import { HttpBuildInfo } from './build-info.js'
import { DockerContainers } from './docker-containers.js'
import { DockerCredentials } from './docker-credentials.js'
import { DockerEngine } from './docker-engine.js'
import { OciRegistry } from './oci-registry.js'
import { RegistryClient } from './registry-client.js'

/** What is the same wherever a run happens: this machine's Docker, the registries it is logged in to, its clock. */
export interface Machine {
  readonly registry: ImageRegistry
  readonly engine: ImageEngine
  readonly builder: ImageBuilder
  readonly definitions: DefinitionReader
  readonly clock: Clock
  readonly containers: Containers
  readonly buildInfo: BuildInfo
}

export interface MachineOptions {
  /** Folder in the role of the repository root. */
  readonly root: string
  readonly environment: NodeJS.ProcessEnv
  /** Ends what is asked of a registry. */
  readonly signal: AbortSignal
}

export function machine({ root, environment, signal }: MachineOptions): Machine {
  return {
    registry: new OciRegistry(
      new RegistryClient(new DockerCredentials(environment), { signal, environment }),
    ),
    engine: new DockerEngine(environment),
    builder: new BuildxCli({ root, environment, now: Date.now }),
    definitions: new BakePrint({ environment }),
    containers: new DockerContainers(environment),
    buildInfo: new HttpBuildInfo({ signal, environment }),
    clock: {
      now: Date.now,
      pause: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
    },
  }
}
