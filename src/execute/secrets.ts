import { csvField } from '../model/buildx-options.js'
import type { Secret } from '../model/secret.js'

export interface SecretOptions {
  /** Of buildx; they name where a value is. */
  readonly options: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/**
 * How the build of an image is given its secrets: values go through the environment, which no log and no process list
 * shows. No two images have a variable in common, as their builds may share a process.
 */
export function secretOptions(secrets: readonly Secret[], image: string): SecretOptions {
  const environment: Record<string, string> = {}
  const options = secrets.flatMap((secret, index) => {
    switch (secret.kind) {
      case 'value': {
        const variable = `SMART_IMAGE_BUILD_SECRET_${index}_${image}`
        environment[variable] = secret.value
        return ['--secret', `${csvField('id', secret.id)},${csvField('env', variable)}`]
      }
      case 'variable':
        return ['--secret', `${csvField('id', secret.id)},${csvField('env', secret.variable)}`]
      case 'file':
        return ['--secret', `${csvField('id', secret.id)},${csvField('src', secret.path)}`]
    }
  })
  return { options, environment }
}
