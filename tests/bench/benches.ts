import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { benchmarksPage } from './benchmarks-page.ts'
import { commitBench } from './browser/commit.ts'
import { filesBench } from './browser/files.ts'
import { firstPageBench } from './browser/first-page.ts'
import { hydrateBench } from './browser/hydrate.ts'
import { importBench } from './browser/import.ts'
import { peersBench } from './browser/peers.ts'
import { scrollBench } from './browser/scroll.ts'
import { startBench } from './browser/start.ts'
import { switchBench } from './browser/switch.ts'
import { syncBench } from './browser/sync.ts'
import { talkBench } from './browser/talk.ts'
import { type Figure, lineOf, type Measured } from './figure.ts'
import { type Lab, openLab } from './lab.ts'
import { cellsBench } from './node/cells.ts'
import { loadBench } from './node/load.ts'
import { movesBench } from './node/moves.ts'
import { rebuildBench } from './node/rebuild.ts'
import { recallBench } from './node/recall.ts'
import { replayBench } from './node/replay.ts'
import { ringBench } from './node/ring.ts'
import { sealingBench } from './node/sealing.ts'
import { searchBench } from './node/search.ts'
import { shardQueriesBench } from './node/shard-queries.ts'
import { shardsBench } from './node/shards.ts'
import { storeBench } from './node/store.ts'
import { tiersBench } from './node/tiers.ts'
import { verifyBench } from './node/verify.ts'
import { measurePeers } from './peers/measure-peers.ts'
import { loadNow, settingOf } from './setting.ts'

type Bench = (lab: Lab) => Promise<readonly Measured[]>

/** In the order they run: what is over quickly first. */
const benches: Readonly<Record<string, Bench>> = {
  store: storeBench,
  'shard queries': shardQueriesBench,
  shards: shardsBench,
  ring: ringBench,
  search: searchBench,
  tiers: tiersBench,
  verify: verifyBench,
  recall: recallBench,
  sealing: sealingBench,
  replay: replayBench,
  rebuild: rebuildBench,
  moves: movesBench,
  cells: cellsBench,
  load: loadBench,
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
  peers: peersBench,
}

/** Runs them one after another, so that none slows another; says each number as soon as it is known. */
export const runBenches = async (args: readonly string[]) => {
  const { only, json, page } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, json: { type: 'string' }, page: { type: 'string' } },
  }).values
  const chosen = Object.entries(benches).filter(([name]) => new RegExp(only ?? '', 'i').test(name))
  if (chosen.length === 0) throw new Error(`No bench is called ${only}: there are ${Object.keys(benches).join(', ')}.`)
  if (page !== undefined && !chosen.some(([name]) => name === 'peers'))
    throw new Error(`The page is written of the bench called peers, and --only ${only} leaves it out.`)

  const figures: Figure[] = []
  const loadBefore = loadNow()
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
        console.log(`✗ ${name}:`, error)
      }
    }
    if (page !== undefined)
      writeFileSync(page, benchmarksPage(await lab.shared(measurePeers), await settingOf(lab, loadBefore)))
  } finally {
    await lab.close()
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`)
}
