import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { commitBench } from './browser/commit.ts'
import { filesBench } from './browser/files.ts'
import { firstPageBench } from './browser/first-page.ts'
import { hydrateBench } from './browser/hydrate.ts'
import { importBench } from './browser/import.ts'
import { scrollBench } from './browser/scroll.ts'
import { startBench } from './browser/start.ts'
import { switchBench } from './browser/switch.ts'
import { syncBench } from './browser/sync.ts'
import { talkBench } from './browser/talk.ts'
import { type Figure, lineOf, type Measured } from './figure.ts'
import { type Lab, openLab } from './lab.ts'
import { recallBench } from './node/recall.ts'
import { replayBench } from './node/replay.ts'
import { sealingBench } from './node/sealing.ts'
import { searchBench } from './node/search.ts'
import { shardQueriesBench } from './node/shard-queries.ts'
import { shardsBench } from './node/shards.ts'
import { storeBench } from './node/store.ts'
import { tiersBench } from './node/tiers.ts'
import { verifyBench } from './node/verify.ts'

type Bench = (lab: Lab) => Promise<readonly Measured[]>

/** In the order they run: what is over quickly first. */
const benches: Readonly<Record<string, Bench>> = {
  store: storeBench,
  'shard queries': shardQueriesBench,
  shards: shardsBench,
  search: searchBench,
  tiers: tiersBench,
  verify: verifyBench,
  recall: recallBench,
  sealing: sealingBench,
  replay: replayBench,
  'first page': firstPageBench,
  start: startBench,
  sync: syncBench,
  hydrate: hydrateBench,
  import: importBench,
  files: filesBench,
  switch: switchBench,
  commit: commitBench,
  scroll: scrollBench,
  talk: talkBench,
}

/** Runs them one after another, so that none slows another; says each number as soon as it is known. */
export const runBenches = async (args: readonly string[]) => {
  const { only, json } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, json: { type: 'string' } },
  }).values
  const chosen = Object.entries(benches).filter(([name]) => new RegExp(only ?? '', 'i').test(name))
  if (chosen.length === 0) throw new Error(`No bench is called ${only}: there are ${Object.keys(benches).join(', ')}.`)

  const figures: Figure[] = []
  const lab = await openLab()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      process.on('unhandledRejection', () => {}) // what is being measured breaks off
      void lab.close().finally(() => process.exit(1))
    })
  try {
    for (const [name, bench] of chosen) {
      try {
        for (const result of await bench(lab)) {
          figures.push(result.figure)
          console.log(lineOf(result))
        }
      } catch (error) {
        // The others still count; the run as a whole has failed.
        process.exitCode = 1
        console.log(`✗ ${name}: ${error instanceof Error ? error.stack : String(error)}`)
      }
    }
  } finally {
    await lab.close()
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`)
}
