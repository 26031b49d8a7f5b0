import { join } from 'node:path'
import { cellOnRing, makeRing } from '#schema/placement/ring.ts'
import { measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { startServer } from '#tests/support/server.ts'
import { pushAs } from '#tests/sync-worker/http.ts'
import { type Person, signIn } from '#tests/sync-worker/people.ts'
import { event, outcomeOf } from '#tests/sync-worker/rpc.ts'

const cellIds = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8']
const writers = 8
const batches = 5

/** How many events a server takes in a second from eight writers whose stores stand in one, two, four or eight cells. */
export const cellsBench = async ({ scratch }: Lab) => {
  const server = await startServer({ dataDir: join(scratch, 'cells'), variables: { CELLS: cellIds.join(' ') } })
  try {
    const ann = await signIn(server.url)
    const results = []
    for (const count of [2, 4, 8]) {
      const write = async (cells: number, round: number) => {
        const stores = storesIn(cellIds.slice(0, cells), `${count}r${round}`)
        const startedAt = performance.now()
        await Promise.all(stores.map((storeId) => writeTo(ann, storeId)))
        return (1000 * writers * batches * 100) / (performance.now() - startedAt)
      }
      const pair = await inTurn(
        3,
        (round) => write(count, round),
        (round) => write(1, round),
      )
      results.push(
        measured({
          name: `events accepted over ${count} cells`,
          unit: 'events/s',
          ...pair,
          baseline: 'the same eight stores in one cell',
        }),
      )
    }
    return results
  } finally {
    await server.stop()
  }
}

const ring = makeRing(cellIds.map((cellId) => ({ cellId, weight: 1 })))

/** Ids that the ring places so, as many in each. */
const storesIn = (cells: readonly string[], name: string) =>
  cells.flatMap((cellId) => {
    const found: string[] = []
    for (let n = 0; found.length < writers / cells.length; n++) {
      const storeId = `persona_${name}of${cells.length}n${n}`
      if (cellOnRing(ring, storeId) === cellId) found.push(storeId)
    }
    return found
  })

const writeTo = async (ann: Person, storeId: string) => {
  for (let batch = 0; batch < batches; batch++) {
    const events = Array.from({ length: 100 }, (_, n) => event(batch * 100 + n + 1))
    const outcome = await outcomeOf(await pushAs(ann, storeId, events, { Connection: 'close' }))
    if (outcome !== 'Success') throw new Error(`A push ended with ${outcome}.`)
  }
}
