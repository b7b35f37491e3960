import type { Failure } from '../model/failure.js'
import type { ServiceUrl } from '../model/request.js'
import { SERVICE_NAME } from './schema.js'

/** `URL`, or `SERVICE=URL`, where a service says what it was built from. */
export function readUrls(entries: readonly string[], failures: Failure[]): readonly ServiceUrl[] {
  return entries.flatMap((entry) => {
    const [, service, rest] = /^([^=:/]*)=(.*)$/s.exec(entry) ?? []
    const url = rest ?? entry
    const isName = service === undefined || SERVICE_NAME.test(service)
    if (isName && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))
      return [service === undefined ? { url } : { service, url }]
    const message = `\`url\` is \`${entry}\`; it must be an address such as https://shop.example/build/info, or SERVICE=ADDRESS`
    failures.push({ kind: 'usage', message })
    return []
  })
}
