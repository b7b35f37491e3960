import { cache } from '../app/index.js'

await cache(process.argv.slice(2))
