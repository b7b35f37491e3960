import { afterEach, beforeEach } from '@jest/globals'
import { randomBytes } from 'node:crypto'
// Starts, with the builders, a registry that holds the base image.
import { testBuilders } from './builders.js'
import { ColdBuilders } from './cold-builders.js'
import { Shop, type ShopRun } from './shop.js'

/** An empty shop for each test of a file, and builders as those of new machines, which are gone at its end. */
export class ColdShop {
  readonly builders = new ColdBuilders()
  #shop: Shop | undefined

  private constructor() {
    testBuilders()
    beforeEach(async () => {
      this.#shop = await Shop.open('nothing')
    })
    afterEach(async () => {
      this.builders.removeAll()
      await this.shop.close()
    })
  }

  /** For the tests of a file, before hooks of its own. */
  static use(): ColdShop {
    return new ColdShop()
  }

  get shop(): Shop {
    if (this.#shop === undefined) throw new Error('no test has begun')
    return this.#shop
  }

  /** The image that Dockerfiles start from, as every builder finds it. */
  get baseImage(): string {
    return `${this.shop.registry}/library/busybox:1.37`
  }

  async commit(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) await this.shop.repository.write(path, text)
    await this.shop.repository.commit('A change')
  }
}

/** Content that nothing else has. */
export function word(): string {
  return randomBytes(8).toString('hex')
}

export function noticesOf({ main }: ShopRun): string[] {
  return main.commands.filter(({ name }) => name === 'notice').map(({ message }) => message)
}
