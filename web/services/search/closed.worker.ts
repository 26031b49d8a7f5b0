import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { withLateIndexes } from '#schema/stores/late-indexes.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { type LogEvent, openReplay } from '#schema/stores/replay.ts'
import type { OpenDatabase, ReplayDatabase } from '#schema/stores/replay-database.ts'
import { documentsOf, marksAfter, personaIn } from '#schema/stores/search-documents.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'
import { answerCalls } from '#web/services/worker-calls.ts'
import type { ClosedAsk, ClosedCalls, ClosedShard } from './closed-protocol.ts'
import { wholeLog } from './whole-log.ts'

// Has the state of one closed shard at a time, made of its log by the product's own materializers.

let state: ReplayDatabase | undefined
let sqlite: ReturnType<typeof loadSqlite3Wasm> | undefined

const answerTo = (ask: ClosedAsk) => {
  switch (ask.call) {
    case 'open':
      return open(ask.asked)
    case 'marks':
      return marksAfter(theState().all, ask.asked.type, ask.asked.after, ask.asked.limit)
    case 'documents':
      return documentsOf(theState().all, ask.asked.type, ask.asked.ids)
  }
}

const open = async ({ storeId, head }: ClosedCalls['open'][0]): Promise<ClosedShard> => {
  state?.close()
  state = undefined
  sqlite ??= loadSqlite3Wasm()
  const openDatabase = wasmDatabases(await sqlite, new TextEncoder())
  const { events, confirmed, behind } = await wholeLog(openDatabase, storeId, head)
  state = openDatabase()
  replayInto(state, openDatabase, events)
  return { persona: personaIn(state.all) ?? null, confirmed, behind }
}

const replayInto = (db: ReplayDatabase, openDatabase: OpenDatabase, events: readonly LogEvent[]) => {
  const tables = withLateIndexes(personaSchema, openDatabase, db)
  db.run('begin')
  const replay = openReplay(personaSchema, tables.db)
  for (const event of events) {
    const failure = replay.apply(event)
    if (failure !== undefined) throw failure
  }
  tables.finish()
  db.run('commit')
  tables.close()
}

const theState = (): ReplayDatabase => {
  if (state === undefined) throw new Error('No shard is open.')
  return state
}

answerCalls(answerTo)
