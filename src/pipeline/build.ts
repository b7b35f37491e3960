import { execute } from '../execute/execute.js'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { Outcome } from '../model/outcome.js'
import { isBuilding } from '../model/plan.js'
import { listed } from '../fingerprint/notices.js'
import { textPaths } from '../fingerprint/recipe.js'
import type { Abilities } from '../ports/image-builder.js'
import { contextNotices } from './advise.js'
import { commitArgs } from './commit-args.js'
import { notify, reportLayers, reportLayouts, type Run } from './job.js'
import { layerCachingFor } from './layer-cache.js'
import { CONFIG_PATHS } from './load.js'
import { Progress } from './progress.js'
import { audienceOf } from './decide-all.js'
import type { Planned } from './plan.js'
import { secretsFor, withoutSecrets } from './secrets.js'
import { revisionOf, tagsOf } from './tags.js'

/** What is told of each image as it ends. */
export interface Book {
  add(outcome: Outcome): Promise<void>
}

/** Checks all that could stop the builds, then carries the plan out. */
export async function buildPlan(planned: Planned, run: Run, book: Book): Promise<Result<readonly Outcome[]>> {
  const uncommitted = await uncommittedOf(planned, run)
  if (!uncommitted.ok) return uncommitted
  if (uncommitted.value.length > 0 && !run.request.allowDirty) return failed(dirty(uncommitted.value))
  const tags = await tagsFor(planned, run, uncommitted.value.length > 0)
  if (!tags.ok) return tags
  const secrets = await secretsFor(planned, run)
  if (!secrets.ok) return secrets
  const abilities = await abilitiesFor(planned, run)
  if (!abilities.ok) return abilities
  const layerCaching = await layerCachingFor(planned, run, abilities.value)
  const progress = new Progress(planned.plan, { color: run.job.color, ...run.ports })
  const { context, signal } = run.job
  const outcomes = await execute(planned.plan, {
    request: run.request,
    provenance: {
      revision: revisionOf(run),
      builtAt: new Date(run.ports.clock.now()).toISOString(),
      platforms: [context.defaultPlatform],
      ...(context.repositoryUrl !== undefined && { sourceUrl: context.repositoryUrl }),
    },
    audience: audienceOf(run, planned.isShared),
    runId: context.runId,
    tags: tags.value,
    secrets: secrets.value,
    commitArgs: await commitArgs(planned.plan, planned.snapshot, run),
    ...run.ports,
    ...abilities.value,
    layerCaching,
    signal,
    notify: (notice) => {
      notify(run, notice)
    },
    on: (event) => {
      progress.show(event)
    },
    record: (outcome) => book.add(withoutSecrets(outcome, run)),
  }).finally(() => {
    progress.end()
  })
  await reportLayouts(run)
  await reportLayers(run)
  await contextNotices(outcomes, planned, run)
  return ok(outcomes.map((outcome) => withoutSecrets(outcome, run)))
}

/** A leg points no tag but the fingerprint's: tags are moved when all legs have ended. */
async function tagsFor(planned: Planned, run: Run, isDirty: boolean): ReturnType<typeof tagsOf> {
  return run.request.shard === undefined ? tagsOf(planned, { run, isDirty }) : ok(new Map())
}

/** A run that builds nothing needs no builder, nor Docker. */
async function abilitiesFor(
  { plan, abilities }: Planned,
  { request, ports }: Run,
): Promise<Result<Abilities>> {
  if (!isBuilding(plan.images)) return ok({ hasLayouts: false, hasLayerCaches: false })
  return abilities ?? ports.builder.available(request.builder)
}

/** What a push from a terminal would publish without a commit that holds it: inputs, Dockerfiles, configuration. */
async function uncommittedOf({ plan, snapshot }: Planned, run: Run): Promise<Result<readonly string[]>> {
  const { request, job, ports } = run
  if (!request.push || job.context.trigger.kind !== 'terminal') return ok([])
  const services = plan.images
    .filter(({ decision }) => decision.kind !== 'skip')
    .map(({ service }) => service)
  const definitions = services.flatMap(textPaths)
  const configs = request.config === undefined ? CONFIG_PATHS : [request.config]
  const changed = await ports.git.uncommitted([...new Set([...definitions, ...configs])])
  if (!changed.ok) return changed
  const inputs = services.flatMap(({ name }) => snapshot.inputs.get(name)?.uncommitted ?? [])
  return ok([...new Set([...inputs, ...changed.value])])
}

function dirty(paths: readonly string[]): Failure {
  const shown = listed(paths.map((path) => JSON.stringify(path)))
  const message = `images would be made of what no commit has (${shown}); commit it (or list what no image needs in .dockerignore), or push with --allow-dirty`
  return { kind: 'usage', message }
}
