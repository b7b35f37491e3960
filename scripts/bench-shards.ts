/*
 * What the legs of a matrix take and cost, from 10 services to 10,000 on 1 leg to 256, beside one job in all and one job
 * per service: the tables of `docs/scale.md`, which a test compares with what is printed here, and how long it takes to
 * divide the largest history. Nothing is built: durations are a seeded history.
 *
 *     npm run bench:shards
 */
import { performance } from 'node:perf_hooks'
import { shardsOf } from '../src/plan/shards.js'
import { history } from './shard-history.js'
import { shardTables } from './shard-table.js'

for (const line of shardTables()) console.log(line)

const images = history(10_000, true)
const started = performance.now()
shardsOf(images, 256)
console.log(
  `\n10,000 services with bases for 256 legs: divided in ${(performance.now() - started).toFixed(0)} ms`,
)
