import { makeInMemoryAdapter } from '@livestore/adapter-web'
import { createStorePromise, Events, makeSchema, queryDb, Schema, State } from '@livestore/livestore'
import { makeWsSync } from '@livestore/sync-cf/client'
import { LogLevel } from 'effect'
import { WebSocket } from 'undici'

// Node has it from 22 on; without it LiveStore's client is offline and does not say so.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket // undici's is the same class, typed apart

const notes = State.SQLite.table({
  name: 'notes',
  columns: { noteId: State.SQLite.text({ primaryKey: true }), text: State.SQLite.text() },
})

const noteWritten = Events.synced({
  name: 'v1.NoteWritten',
  schema: Schema.Struct({ noteId: Schema.String, text: Schema.String }),
})

const schema = makeSchema({
  events: { noteWritten },
  state: State.SQLite.makeState({
    tables: { notes },
    materializers: State.SQLite.materializers(
      { noteWritten },
      { 'v1.NoteWritten': (note) => notes.insert(note).onConflict('noteId', 'replace') },
    ),
  }),
})

const notes$ = queryDb(notes.orderBy('noteId', 'asc'), { label: 'notes' })

/** A real LiveStore client over a real WebSocket, with its own database in memory. */
export const openDevice = async (url: string, storeId: string, deviceId: string) => {
  const store = await createStorePromise({
    schema,
    storeId,
    adapter: makeInMemoryAdapter({
      clientId: deviceId,
      sync: { backend: makeWsSync({ url: `${url}/sync` }), initialSyncOptions: { _tag: 'Blocking', timeout: 5000 } },
    }),
    batchUpdates: (run) => run(),
    disableDevtools: true,
    logLevel: LogLevel.None,
  })
  return {
    write: (...noteIds: readonly string[]) =>
      store.commit(...noteIds.map((noteId) => noteWritten({ noteId, text: `${noteId} by ${deviceId}` }))),
    notes: () => store.query(notes$),
    noteIds: () => store.query(notes$).map(({ noteId }) => noteId),
    close: () => store.shutdownPromise(),
  }
}
