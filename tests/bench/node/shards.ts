import { StoreInternalsSymbol } from '@livestore/livestore'
import { memoryEvents } from '#schema/memories/events.ts'
import { batchesOf, memoriesOf } from '#tests/bench/data.ts'
import { measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

const shards = 8
const rows = 1000
const times = 3

/** Whether eight shards take eight times what one takes, in time to write and in bytes kept: × 1 is linear. */
export const shardsBench = async () => {
  const bytes = { ours: [] as number[], theirs: [] as number[] }
  const writing = await inTurn(
    times,
    async () => {
      const results = []
      for (let shard = 0; shard < shards; shard++) results.push(await write(`Persona${shard}`))
      bytes.ours.push(sum(results.map(({ bytes }) => bytes)))
      return sum(results.map(({ ms }) => ms))
    },
    async () => {
      const one = await write('Persona0')
      bytes.theirs.push(one.bytes * shards)
      return one.ms * shards
    },
  )
  return [
    measured({
      name: '1000 memories into each of 8 shards',
      unit: 'ms',
      ...writing,
      baseline: 'eight times one shard',
    }),
    measured({
      name: 'state of 8 shards of 1000 memories',
      unit: 'kB',
      ours: bytes.ours.map((it) => it / 1000),
      theirs: bytes.theirs.map((it) => it / 1000),
      baseline: 'eight times one shard',
    }),
  ]
}

const write = async (name: string) => {
  const store = await personaStoreWith()
  const memories = memoriesOf(name, rows)
  const startedAt = performance.now()
  for (const batch of batchesOf(memories, 500))
    commit(
      store,
      memoryEvents.memoriesImported({
        personaId: name.toLowerCase(),
        importId: 'bench',
        memories: batch,
        importedAt: new Date(0),
        actorId: 'bench',
        deviceId: 'bench',
      }),
    )
  const ms = performance.now() - startedAt
  const bytes = store[StoreInternalsSymbol].sqliteDbWrapper.export().byteLength
  await store.shutdownPromise()
  return { ms, bytes }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
