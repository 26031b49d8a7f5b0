import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect, Scope } from '@livestore/utils/effect'
import { Opfs } from '@livestore/utils/effect/browser'
import { memoriesOf } from '#tests/bench/data.ts'
import { makePlainStore } from '#tests/bench/plain-store.ts'

/** One database file in OPFS, as LiveStore keeps its own, in the worker that a plain program would use too. */
const open = async (directory: string) => {
  const sqlite3 = await loadSqlite3Wasm()
  const scope = await Effect.runPromise(Scope.make())
  const db = await Effect.runPromise(
    sqliteDbFactory({ sqlite3 })({ _tag: 'opfs', opfsDirectory: directory, fileName: 'plain.db' }).pipe(
      Scope.extend(scope),
      Effect.provide(Opfs.Opfs.Default),
    ),
  )
  db.execute('pragma locking_mode = exclusive')
  return makePlainStore(db)
}

const opening = open(self.name)

const calls = {
  fill: async (ddl: readonly string[], count: number) => {
    const store = await opening
    store.createTables(ddl)
    if (count > 0) store.addMemories('p', memoriesOf('Plain', count), 0)
  },
  firstScreen: async () => (await opening).firstScreen(),
  revise: async (importance: number) => {
    const store = await opening
    store.run('update memories set importance = ? where memoryId = (select min(memoryId) from memories)', importance)
    return store.firstScreen()
  },
  importChatGpt: async (text: string) => (await opening).importChatGpt(text),
}

export type PlainCalls = typeof calls

self.addEventListener('message', async ({ data: [call, ...args] }: MessageEvent<[keyof PlainCalls, ...never[]]>) => {
  // The page sends what the call takes: both sides are typed by `PlainCalls`.
  postMessage(await (calls[call] as (...args: readonly never[]) => Promise<unknown>)(...args))
})
