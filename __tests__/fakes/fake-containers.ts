import { ok, type Result } from '../../src/model/failure.js'
import type { Cleared, Container, Containers, Trial, TrialEnd } from '../../src/ports/containers.js'

/** Containers in memory: what runs, and how images on trial behave. */
export class FakeContainers implements Containers {
  readonly containers: Container[] = []
  /** Every image that was tried, in order. */
  readonly trials: Omit<Trial, 'signal'>[] = []
  /** How a trial ends; all images answer unless told otherwise. */
  verdict: (trial: Trial) => Promise<Result<TrialEnd>> = () => Promise.resolve(ok({ kind: 'answered' }))
  cleared: Result<Cleared> = ok({ containers: 0, reclaimed: '0B' })
  clearings = 0

  running(project?: string): Promise<Result<readonly Container[]>> {
    const isOfProject = ({ labels }: Container) =>
      project === undefined || labels['com.docker.compose.project'] === project
    return Promise.resolve(ok(this.containers.filter(isOfProject)))
  }

  attempt(trial: Trial): Promise<Result<TrialEnd>> {
    const { image, port, path, timeoutMs } = trial
    this.trials.push({ image, port, path, timeoutMs })
    return this.verdict(trial)
  }

  clear(): Promise<Result<Cleared>> {
    this.clearings += 1
    return Promise.resolve(this.cleared)
  }
}
