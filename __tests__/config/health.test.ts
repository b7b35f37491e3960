import { describe, expect, test } from '@jest/globals'
import { parseConfig } from '../../src/config/parse.js'
import { draftServices } from '../../src/config/resolve.js'
import { valueOf } from '../fakes/images.js'

function healthOf(yaml: string, defaults = '') {
  const text = `${defaults}services: {api: {context: api, health: ${yaml}}}`
  const { drafts } = valueOf(draftServices(valueOf(parseConfig(text, 'images.yml')), undefined))
  return drafts[0]?.service.health
}

function problemsOf(yaml: string, kind = 'services'): string[] {
  const others = kind === 'services' ? '' : '\nservices: {api: {context: api}}'
  const result = parseConfig(`${kind}: {web: {context: web, health: ${yaml}}}${others}`, 'images.yml')
  return result.ok ? [] : result.failures.map(({ message }) => message)
}

describe('a health check', () => {
  test.each([
    { yaml: '{port: 8080}', health: { port: 8080, path: '/', timeoutMs: 30_000 } },
    {
      yaml: '{port: 80, path: /healthz?full=1, timeout: 2m}',
      health: { port: 80, path: '/healthz?full=1', timeoutMs: 120_000 },
    },
  ])('$yaml is understood', ({ yaml, health }) => {
    expect(healthOf(yaml)).toEqual(health)
  })

  test('may be said once for all services, and a service may say another', () => {
    const defaults = 'defaults: {health: {port: 80, timeout: 5s}}\n'
    expect(healthOf('{port: 81}', defaults)).toEqual({ port: 81, path: '/', timeoutMs: 30_000 })
    const text = `${defaults}bases: {deps: {context: deps}}\nservices: {api: {context: api, bases: [deps]}}`
    const { drafts } = valueOf(draftServices(valueOf(parseConfig(text, 'images.yml')), undefined))
    const found = Object.fromEntries(drafts.map(({ service }) => [service.name, service.health?.port]))
    // Nobody runs a base.
    expect(found).toEqual({ deps: undefined, api: 80 })
  })

  const FORM = 'write a map of `port` and, where the defaults will not do, `path` and `timeout`'
  test.each([
    { yaml: '{path: /}', problem: `\`services.web.health.port\` is missing; ${FORM}` },
    { yaml: '{port: 80, prot: 81}', problem: `\`services.web.health.prot\` is an unknown key; ${FORM}` },
    { yaml: '{port: 0}', problem: '`services.web.health.port` must be a port, but is 0' },
    { yaml: '{port: 65536}', problem: '`services.web.health.port` must be a port, but is 65536' },
    { yaml: '{port: 80.5}', problem: '`services.web.health.port` must be a port, but is 80.5' },
    { yaml: "{port: '80'}", problem: `\`services.web.health.port\` must be a port, but is the text "80"` },
    {
      yaml: '{port: 80, path: health}',
      problem: '`services.web.health.path` must be a path such as /health, but is the text "health"',
    },
    {
      yaml: '{port: 80, timeout: 0s}',
      problem: '`services.web.health.timeout` must be a duration such as 30s or 2m, but is the text "0s"',
    },
    {
      yaml: '80',
      problem:
        '`services.web.health` must be a map of `port` and, where the defaults will not do, `path` and `timeout`, but is 80',
    },
  ])('$yaml is refused', ({ yaml, problem }) => {
    expect(problemsOf(yaml)).toEqual([problem])
  })

  test('is no key of a base', () => {
    expect(problemsOf('{port: 80}', 'bases')).toEqual([expect.stringContaining('unknown key `health`')])
  })
})
