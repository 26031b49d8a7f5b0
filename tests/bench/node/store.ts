import { addMemory } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { listedMemories$, memoryOrder$ } from '#schema/memories/list-queries.ts'
import { memoryBody$, memoryById$, tagsOfMemory$ } from '#schema/memories/queries.ts'
import { recall } from '#schema/stores/recall.ts'
import { batchesOf, memoriesOf } from '#tests/bench/data.ts'
import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn, timed } from '#tests/bench/in-turn.ts'
import { openPlainInMemory } from '#tests/bench/plain-in-memory.ts'
import { personaDdl } from '#tests/bench/tables.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

const rows = 10_000
const times = 40
const baseline = 'plain SQLite wasm'
const by = { actorId: 'bench', deviceId: 'bench' }

/** What one asks of one store that holds 10 000 memories: LiveStore's answer beside plain SQLite's, both in memory. */
export const storeBench = async () => {
  const memories = memoriesOf('Ada', rows)
  const store = await personaStoreWith(...factsOf(memories))
  const plain = await openPlainInMemory(await personaDdl())
  plain.addMemories('ada', memories, 0)
  const idAt = (round: number) => memories[(round * 97) % rows]?.memoryId ?? ''

  const add = await inTurn(
    times,
    (round) => timed(() => commit(store, addMemory('ada', `new${round}`, draft(round), { at: new Date(0), ...by }))),
    (round) =>
      timed(() => plain.addMemories('ada', [{ ...draft(round), memoryId: `new${round}`, sourceEventIds: [] }], 0)),
  )
  const get = await inTurn(
    times,
    (round) =>
      timed(() => [memoryById$, memoryBody$, tagsOfMemory$].map((query$) => store.query(query$(idAt(round)) as never))),
    (round) => timed(() => plain.memory(idAt(round))),
  )
  const search = await inTurn(
    times,
    (round) =>
      timed(() => {
        const ids = store.query(memoryOrder$({ text: `${round}: ` }, { sort: 'addedAt', direction: 'desc' }))
        store.query(listedMemories$((JSON.parse(ids) as readonly string[]).slice(0, 50))) // ids are texts
      }),
    (round) => timed(() => plain.search(`${round}: `)),
  )
  const recalled = await inTurn(
    10,
    (round) =>
      timed(() =>
        recall(`who tells stories of roses ${round}`, (query, bindValues) => plain.select(query, ...bindValues), {
          limit: 8,
          now: new Date(0),
        }),
      ),
    (round) => timed(() => plain.search(`roses ${round}`)),
  )
  await store.shutdownPromise()
  plain.close()
  return [
    measured({ name: 'add a memory', unit: 'ms', ...add, baseline, budget: atMost(100) }),
    measured({ name: 'get a memory', unit: 'ms', ...get, baseline, budget: atMost(50) }),
    measured({ name: 'keyword search', unit: 'ms', ...search, baseline, budget: atMost(200) }),
    measured({
      name: 'recall for a question, ranked',
      unit: 'ms',
      ...recalled,
      baseline: 'an unranked search for one of its words',
      budget: atMost(200),
    }),
  ]
}

const draft = (round: number) => ({
  content: `A new memory, number ${round}`,
  importance: 0.5,
  kind: 'fact',
  tags: ['new'],
  occurredAt: new Date(round),
})

const factsOf = (memories: ReturnType<typeof memoriesOf>) =>
  batchesOf(memories, 500).map((batch) =>
    memoryEvents.memoriesImported({
      personaId: 'ada',
      importId: 'bench',
      memories: batch,
      importedAt: new Date(0),
      ...by,
    }),
  )
