import { csvField } from '../model/buildx-options.js'
import type { Secret } from '../model/secret.js'

export interface SecretOptions {
  /** Of buildx; they name where a value is. */
  readonly options: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/** How a build is given its secrets: values go through the environment, which no log and no process list shows. */
export function secretOptions(secrets: readonly Secret[]): SecretOptions {
  const environment: Record<string, string> = {}
  const options = secrets.flatMap((secret, index) => {
    switch (secret.kind) {
      case 'value': {
        const variable = `SMART_IMAGE_BUILD_SECRET_${index}`
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
