import type { LogEvent } from '#schema/stores/replay.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'

/** All events of LiveStore's eventlog database, in order, and the number of the last one the server holds. */
export const logIn = (openDatabase: OpenDatabase, bytes: Uint8Array) => {
  const db = openDatabase(bytes)
  try {
    const events = db
      .all(
        `select seqNumGlobal, name, argsJson, syncMetadataJson ->> '$.value.createdAt' as receivedAt from eventlog
         order by seqNumGlobal, seqNumClient`,
      )
      .map(({ seqNumGlobal, name, argsJson, receivedAt }): LogEvent => {
        const at = Date.parse(String(receivedAt))
        const event = { seqNum: Number(seqNumGlobal), name: String(name), args: JSON.parse(String(argsJson)) }
        return Number.isNaN(at) ? event : { ...event, receivedAt: at }
      })
    const [status] = db.all('select head from __livestore_sync_status')
    return { events, confirmed: Number(status?.head ?? 0) }
  } finally {
    db.close()
  }
}
