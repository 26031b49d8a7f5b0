import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect, FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { eraseConversations } from '#schema/conversations/commands.ts'
import { withLateIndexes } from '#schema/stores/late-indexes.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { type LogEvent, openReplay } from '#schema/stores/replay.ts'
import type { Statements } from '#schema/stores/replay-database.ts'
import { createTables, hashesOf } from '#schema/stores/state-tables.ts'
import { anyFactOf, seeded } from '#tests/support/any-fact.ts'
import { coherentLog } from '#tests/support/coherent-log.ts'
import { logOf } from '#tests/support/log-events.ts'
import { longLog } from '#tests/support/long-log.ts'
import { openDatabase } from '#tests/support/replays.ts'
import { factsOf } from '#tests/support/stores.ts'

const made = (db: Statements) => db.all('select type, name, sql from sqlite_master order by type, name')
const planOf = (db: Statements, sql: string) => db.all(`explain query plan ${sql}`).map(({ detail }) => detail)

const replayInto = (db: Statements, events: readonly LogEvent[]) => {
  const { apply } = openReplay(personaSchema, db)
  for (const event of events) expect(apply(event)).toBeUndefined()
}

test.each([
  ['coherent', coherentLog('a')],
  ['wild', fc.array(anyFactOf(personaStoreEvents), { minLength: 40, maxLength: 100 })],
])('[RP24] a state whose indexes are made late is the one whose indexes were there before: %s', (_, log) => {
  fc.assert(
    fc.property(log, (facts) => {
      const [full, late] = [openDatabase(), openDatabase()]
      createTables(personaSchema, full)
      const tables = withLateIndexes(personaSchema, openDatabase, late, 20)
      const plannedAlike: Statements = {
        run: (sql, binds) => {
          tables.db.run(sql, binds)
          expect(planOf(late, sql)).toEqual(planOf(full, sql))
        },
        all: tables.db.all,
      }
      const events = logOf(personaSchema, facts)
      replayInto(full, events)
      replayInto(plannedAlike, events)
      tables.finish()
      expect(made(late)).toEqual(made(full))
      expect(hashesOf(personaSchema, late.all)).toEqual(hashesOf(personaSchema, full.all))
      for (const { close } of [tables, late, full]) close()
    }),
    { ...seeded, numRuns: 10 },
  )
})

test('[RP24] in a long log an index is made again when a statement first asks for it', () => {
  const db = openDatabase()
  const tables = withLateIndexes(personaSchema, openDatabase, db, 300)
  const indexes = () => made(db).flatMap(({ type, name }) => (type === 'index' ? [name] : []))
  const log = longLog(200)
  replayInto(tables.db, log)
  expect(indexes()).toContain('taskSteps_by_task')
  expect(indexes()).not.toContain('messages_by_conversation')
  const stamp = { at: new Date(0), actorId: 'ada', deviceId: 'laptop' }
  const none = { conversationId: 'none', deletedAt: stamp.at }
  replayInto(tables.db, logOf(personaSchema, factsOf(eraseConversations('ada', [none], 'erasure', stamp))))
  expect(indexes()).toContain('messages_by_conversation')
  expect(indexes()).not.toContain('messages_by_import')
  tables.finish()
  expect(indexes()).toContain('messages_by_import')
  tables.close()
  db.close()
})

test('[RP25] what a column holds is read as LiveStore reads it, in one go or row by row', async () => {
  const db = openDatabase()
  db.run('create table values_ (place integer primary key, value any) strict')
  const numbers = ['9007199254740991', '9007199254740993', '-9223372036854775808', '-2147483649', '0', '1.5', '1e300']
  const others = ["''", "'ä 😀'", "'a' || char(0) || 'b'", "x'00ff'", "x''", 'null', '3.0']
  for (const value of [...numbers, ...others]) db.run(`insert into values_ (value) values (${value})`)
  const theirs = await Effect.runPromise(sqliteDbFactory({ sqlite3: await loadSqlite3Wasm() })({ _tag: 'in-memory' }))
  theirs.import(db.serialize().slice())
  const sql = 'select * from values_ order by place'
  expect(db.all(sql)).toEqual(theirs.select(sql))
  expect(db.all(sql)).toHaveLength(numbers.length + others.length)
  expect([...db.rows(sql)]).toEqual(db.all(sql))
  for (const { place } of db.rows(sql)) if (place === 2) break
  expect(db.all(sql)).toEqual([...db.rows(sql)])
  theirs.close()
  db.close()
})
