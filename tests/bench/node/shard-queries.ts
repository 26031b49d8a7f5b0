import { memoriesOf } from '#tests/bench/data.ts'
import { measured } from '#tests/bench/figure.ts'
import { inTurn, timed } from '#tests/bench/in-turn.ts'
import { openPlainInMemory } from '#tests/bench/plain-in-memory.ts'
import type { PlainStore } from '#tests/bench/plain-store.ts'
import { personaDdl } from '#tests/bench/tables.ts'

const personas = 10
const rows = 5000
const times = 20

/**
 * What sharding alone brings, on the same SQLite: what one asks of one persona, of its own database, and of one database
 * that holds ten personas; there without and with an index that begins with the persona.
 */
export const shardQueriesBench = async () => {
  const ddl = await personaDdl()
  const [shard, unsharded, indexed] = [
    await openPlainInMemory(ddl),
    await openPlainInMemory(ddl),
    await openPlainInMemory([...ddl, ...personaIndexes]),
  ]
  for (let persona = 0; persona < personas; persona++) {
    const memories = memoriesOf(`Persona${persona}`, rows)
    for (const store of persona === 0 ? [shard, unsharded, indexed] : [unsharded, indexed])
      store.addMemories(`p${persona}`, memories, 0)
  }
  const ask = (store: PlainStore, where: string) => (round: number) => timed(() => askAll(store, where, round))
  const ofOne = "personaId = 'p0' and"
  const withoutIndex = await inTurn(times, ask(shard, ''), ask(unsharded, ofOne))
  const withIndex = await inTurn(times, ask(shard, ''), ask(indexed, ofOne))
  for (const store of [shard, unsharded, indexed]) store.close()
  return [
    measured({
      name: 'queries of one persona, sharded',
      unit: 'ms',
      ...withoutIndex,
      baseline: 'one database of ten personas, no persona index (promised: × 0.4 or less)',
    }),
    measured({
      name: 'queries of one persona, sharded, again',
      unit: 'ms',
      ...withIndex,
      baseline: 'one database of ten personas with a persona index (promised: × 1 or less)',
    }),
  ]
}

const personaIndexes = ['importance', 'occurredAt', 'addedAt'].map(
  (column) => `create index memories_by_persona_${column} on memories (personaId, forgottenAt, ${column}, memoryId)`,
)

/** The list by three orders, the counts, a tag, a kind, and a text. */
const askAll = ({ select }: PlainStore, ofOne: string, round: number) => {
  const current = `${ofOne} forgottenAt is null`
  for (const sort of ['importance', 'occurredAt', 'addedAt'])
    select(`select memoryId, preview from memories where ${current} order by ${sort} desc, memoryId desc limit 50`)
  select(`select count(*) from memories where ${current} and importance >= ?`, (round % 10) / 10)
  select(`select kind, count(*) from memories where ${current} group by kind`)
  select(
    `select memoryId, preview from memories m where ${current}
       and exists (select 1 from memoryTags t where t.memoryId = m.memoryId and tag = ?)
     order by addedAt desc, memoryId desc limit 50`,
    `tag${round % 17}`,
  )
  select(
    `select memoryId, preview from memories m where ${current}
       and exists (select 1 from memoryBodies b where b.memoryId = m.memoryId and instr(searchText, ?) > 0)
     order by addedAt desc, memoryId desc limit 50`,
    `${round}: `,
  )
}
