import { describeImageRegistry } from '../contracts/image-registry.js'
import { MemoryRegistry } from '../rig/memory-registry.js'
import { overHttp } from '../rig/registry-under-test.js'

describeImageRegistry('a registry in this process', async () => {
  const registry = await MemoryRegistry.start()
  const under = await overHttp(registry.host)
  return {
    ...under,
    close: async () => {
      await under.close()
      await registry.stop()
    },
  }
})
