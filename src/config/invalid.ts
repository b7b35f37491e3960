import type { Failure, Place } from '../model/failure.js'

export function invalid(message: string, place: Place): Failure {
  return { kind: 'config-invalid', message, place }
}
