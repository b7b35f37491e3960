/** Of buildx; there is one for Kubernetes too, which differs from `remote` in who starts the daemon. */
export type Driver = 'docker' | 'docker-container' | 'remote'

/**
 * A buildx builder for each driver, on the host's network, where `localhost` is that of the tests. Those of the last two
 * see no image of the engine; `busybox:1.37` they find in the registry of the tests. `npm test` starts them for tests
 * that take this, and says so in SMART_IMAGE_BUILD_TEST_BUILDERS.
 */
export function testBuilders(): Readonly<Record<Driver, string>> {
  const started = process.env['SMART_IMAGE_BUILD_TEST_BUILDERS']
  if (started === undefined) throw new Error('SMART_IMAGE_BUILD_TEST_BUILDERS is not set: run npm test')
  return { docker: 'default', ...(JSON.parse(started) as Record<Exclude<Driver, 'docker'>, string>) }
}
