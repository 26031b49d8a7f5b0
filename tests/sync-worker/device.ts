import { makeInMemoryAdapter } from '@livestore/adapter-web'
import { createStorePromise, Events, makeSchema, queryDb, Schema, State } from '@livestore/livestore'
import { makeWsSync } from '@livestore/sync-cf/client'
import { LogLevel } from 'effect'
import { signedSyncUrl } from '#tests/support/signed-web-socket.ts'
import { makeUnencryptedSync } from '#tests/support/unencrypted-sync.ts'
import { makeMendedSync } from '#web/livestore/mended-sync.ts'
import { cookieFor } from './people.ts'

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

/** A real LiveStore client over a real WebSocket, with its own database in memory; mended, it dials again as the app does. */
export const openDevice = async (url: string, storeId: string, deviceId: string, cookie?: string, isMended = false) => {
  const signed = signedSyncUrl(url, cookie ?? (await cookieFor(url)))
  const line = makeUnencryptedSync(makeWsSync({ url: signed }))
  const store = await createStorePromise({
    schema,
    storeId,
    adapter: makeInMemoryAdapter({
      clientId: deviceId,
      sync: {
        backend: isMended ? makeMendedSync(line, { report: () => {}, pauseAfter: () => 100 }) : line,
        initialSyncOptions: { _tag: 'Blocking', timeout: 5000 },
      },
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
