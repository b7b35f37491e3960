/*
 * Root of the bundle. Each entry loads only what it needs: the terminal command never loads the Actions toolkit, and
 * the post step loads no pipeline.
 */

export async function main(): Promise<void> {
  await (await import('./action.js')).main()
}

export async function post(): Promise<void> {
  await (await import('./post.js')).post()
}

export async function cache(args: readonly string[]): Promise<void> {
  await (await import('./cache.js')).cache(args)
}

export async function artifacts(args: readonly string[]): Promise<void> {
  await (await import('./artifacts.js')).artifacts(args)
}

export async function cli(args: readonly string[]): Promise<void> {
  await (await import('./cli.js')).cli(args)
}
