import { resolveTags, type Tag } from '../config/tags.js'
import type { TagFacts } from '../config/tags/facts.js'
import { type Failure, type Result, failed, ok, unless } from '../model/failure.js'
import type { Plan } from '../model/plan.js'
import { fullName, type Service } from '../model/service.js'
import { heldBack } from './forward.js'
import type { Run } from './job.js'
import type { Planned } from './plan.js'

export interface TagOptions {
  readonly run: Run
  /** A push of uncommitted files moves no tag that others look at. */
  readonly isDirty: boolean
}

type Tags = ReadonlyMap<string, readonly Tag[]>

/** Service → tags that its image gets; all failures at once. A tag that a newer commit has moved is left out. */
export async function tagsOf(
  { plan, state }: Planned,
  { run, isDirty }: TagOptions,
): Promise<Result<ReadonlyMap<string, readonly string[]>>> {
  const resolved = resolveAll(
    plan.images.map(({ service }) => service),
    run,
  )
  if (!resolved.ok) return resolved
  if (isDirty) return ok(new Map())
  const moving = plan.images.filter(({ service }) =>
    resolved.value.get(service.name)?.some(({ moves }) => moves),
  )
  const held = run.request.push ? await heldBack(moving, state, run) : ok(new Set<string>())
  if (!held.ok) return held
  const free = new Map(
    [...resolved.value].map(([name, tags]) => [
      name,
      held.value.has(name) ? tags.filter(({ moves }) => !moves) : tags,
    ]),
  )
  const immutable = await demandMutable(plan, free, run)
  if (!immutable.ok) return immutable
  return ok(new Map([...free].map(([name, tags]) => [name, tags.map((tag) => tag.name)])))
}

/** In a pull request the head that its author knows, not the merge that GitHub made for the run. */
export function revisionOf({ job, ports }: Run): string {
  const { trigger } = job.context
  return trigger.kind === 'pull-request' ? trigger.head : ports.git.head
}

/** Service → tags by the run's rules and its own. */
export function resolveAll(services: readonly Service[], run: Run): Result<Tags> {
  const facts = factsOf(run)
  const failures = new Map<string, Failure>()
  const tags = new Map<string, readonly Tag[]>()
  for (const service of services) {
    const resolved = resolveTags([...run.request.tags, ...service.tags], facts)
    // A base is known by its fingerprint alone.
    if (resolved.ok) tags.set(service.name, service.kind === 'base' ? [] : resolved.value)
    else for (const failure of resolved.failures) failures.set(failure.message, failure)
  }
  return unless([...failures.values()], tags)
}

function factsOf(run: Run): TagFacts {
  const { trigger, ref, baseRef, defaultBranch } = run.job.context
  return {
    commit: revisionOf(run),
    now: run.ports.clock.now(),
    isScheduled: trigger.kind === 'schedule',
    ...(ref !== undefined && { ref }),
    ...(baseRef !== undefined && { baseRef }),
    ...(defaultBranch !== undefined && { defaultBranch }),
    ...(trigger.kind === 'pull-request' && { pullRequest: trigger.number }),
  }
}

/** A repository that keeps its tags as they are is found out before anything is built for a tag that has to move. */
async function demandMutable(plan: Plan, tags: Tags, { request, ports }: Run): Promise<Result<void>> {
  // Of what legs have built as much is delivered as can be: pointing the tag tells where it cannot.
  if (!request.push || request.mode === 'collect') return ok(undefined)
  const asked = plan.images.flatMap(({ service, decision }) => {
    const tag = tags.get(service.name)?.find(({ moves }) => moves)
    return decision.kind === 'rebuild' && tag ? [{ service, tag: tag.name }] : []
  })
  const answers = await Promise.all(
    asked.map(async ({ service, tag }) => {
      const immutable = await ports.registry.isImmutable(service.image, tag)
      // Without an answer the push will tell.
      return immutable.ok && immutable.value ? [immutableRepository(service, tag)] : []
    }),
  )
  const [first, ...more] = answers.flat()
  return first === undefined ? ok(undefined) : failed(first, ...more)
}

function immutableRepository({ image, name }: Service, tag: string): Failure {
  const message = `${fullName(image)} keeps its tags immutable, so \`${tag}\` of \`${name}\` cannot move; leave moving tags out, such as with \`tags: type=sha\`, or let the repository move them`
  return { kind: 'usage', message }
}
