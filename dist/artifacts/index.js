import { artifacts } from '../app/index.js'

await artifacts(process.argv.slice(2))
