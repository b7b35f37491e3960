import { discoverServices } from '../config/discover.js'
import { parseConfig } from '../config/parse.js'
import { resolveConfig } from '../config/resolve.js'
import { failed, ok, type Failure, type Result } from '../model/failure.js'
import type { Service } from '../model/service.js'
import { notify, type Run } from './job.js'

/** Where the configuration is looked for when no input names it, in this order. */
export const CONFIG_PATHS = ['.github/smart-image-build.yml', 'smart-image-build.yml']

/** The services of the configuration, else those that the repository's Dockerfiles make. */
export async function loadServices(run: Run): Promise<Result<readonly Service[]>> {
  const found = await readConfig(run)
  if (!found.ok) return found
  const services = found.value === undefined ? await discovered(run) : configured(run, found.value)
  if (!services.ok) return services
  return run.request.push ? withRegistry(services.value, found.value?.path) : services
}

interface ConfigFile {
  readonly path: string
  readonly text: string
}

async function readConfig(run: Run): Promise<Result<ConfigFile | undefined>> {
  const { config } = run.request
  for (const path of config === undefined ? CONFIG_PATHS : [config]) {
    const text = await run.ports.git.read(path)
    if (!text.ok) return text
    if (text.value !== undefined) return ok({ path, text: text.value })
  }
  if (config === undefined) return ok(undefined)
  const message = `configuration \`${config}\` does not exist; \`config\` is a path from the repository root`
  return failed({ kind: 'usage', message })
}

function configured(run: Run, file: ConfigFile): Result<readonly Service[]> {
  const config = parseConfig(file.text, file.path)
  if (!config.ok) return config
  const { variables } = run.job.context
  const resolved = resolveConfig(config.value, { registry: run.request.registry, variables })
  if (!resolved.ok) return resolved
  for (const notice of resolved.value.notices) notify(run, notice)
  return ok(resolved.value.services)
}

async function discovered(run: Run): Promise<Result<readonly Service[]>> {
  const files = await run.ports.git.files()
  if (!files.ok) return files
  const { rootName } = run.job
  const resolved = discoverServices(files.value, { rootName, registry: run.request.registry })
  if (!resolved.ok) return resolved
  for (const notice of resolved.value.notices) notify(run, notice)
  return ok(resolved.value.services)
}

/** Whoever pushes must say where to: Docker would take a name without a registry for Docker Hub's. */
function withRegistry(services: readonly Service[], file: string | undefined): Result<readonly Service[]> {
  const homeless = services.filter((service) => service.image.registry === undefined)
  const [first] = homeless
  if (first === undefined) return ok(services)
  const names = homeless.map((service) => `\`${service.name}\``).join(', ')
  const where =
    file === undefined
      ? '`registry` (input or flag)'
      : `\`registry:\` in ${file}, or input or flag \`registry\``
  const message = `push needs a registry for ${names}; set ${where}, such as \`ghcr.io/acme\``
  const failure: Failure = { kind: 'config-invalid', message, ...(first.place && { place: first.place }) }
  return failed(failure)
}
