import { eventSentence } from '#schema/stores/event-sentence.ts'
import { signerOf } from '#schema/stores/log-search.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import { csvOf } from '#web/ui/charts/csv.ts'
import type { LogFileAsked } from './log-protocol.ts'

interface ShownEvent {
  readonly event: LogEvent
  readonly time: number
}

/** The bytes of a file with these events, the oldest first, whatever its format: the same columns, times in UTC. */
export const logFile = (
  events: readonly ShownEvent[],
  asked: LogFileAsked,
  openDatabase: OpenDatabase,
): Uint8Array<ArrayBuffer> => {
  const rows = events.map((shown) => columnsOf(shown, asked))
  switch (asked.format) {
    case 'json':
      return utf8.encode(asJson(rows, asked))
    case 'csv':
      return utf8.encode(
        csvOf({ columns: columnNames, rows: rows.map((row) => columnNames.map((name) => cellOf(row[name]))) }),
      )
    case 'sqlite':
      return asSqlite(rows, openDatabase)
  }
}

const utf8 = new TextEncoder()

const columnNames = [
  'number',
  'time',
  'name',
  'sentence',
  'person',
  'device',
  'actorId',
  'deviceId',
  'receivedAt',
  'isOnServer',
  'arguments',
] as const

type Columns = ReturnType<typeof columnsOf>

const columnsOf = ({ event, time }: ShownEvent, { people, devices, confirmed }: LogFileAsked) => {
  const { actorId, deviceId } = signerOf(event)
  return {
    number: event.seqNum,
    time: Number.isFinite(time) ? new Date(time).toISOString() : '',
    name: event.name,
    sentence: eventSentence(event),
    person: people.get(actorId) ?? actorId,
    device: devices.get(deviceId) ?? deviceId,
    actorId,
    deviceId,
    receivedAt: event.receivedAt === undefined ? null : new Date(event.receivedAt).toISOString(),
    isOnServer: event.seqNum <= confirmed,
    arguments: event.args,
  }
}

const asJson = (rows: readonly Columns[], { persona, exportedAt }: LogFileAsked): string =>
  JSON.stringify({ persona, exportedAt: exportedAt.toISOString(), count: rows.length, events: rows }, null, 1)

const cellOf = (value: unknown): string | number => {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? '' : JSON.stringify(value)
}

const asSqlite = (rows: readonly Columns[], openDatabase: OpenDatabase): Uint8Array<ArrayBuffer> => {
  const db = openDatabase()
  try {
    db.run(
      `create table events (number integer primary key, time text not null, name text not null, sentence text not null,
       person text not null, device text not null, actorId text not null, deviceId text not null, receivedAt text,
       isOnServer integer not null, arguments text not null)`,
    )
    db.run('begin')
    const insert = `insert or ignore into events values (${columnNames.map(() => '?').join(', ')})`
    for (const row of rows)
      db.run(insert, [
        ...columnNames.slice(0, 8).map((name) => cellOf(row[name])),
        row.receivedAt,
        row.isOnServer ? 1 : 0,
        JSON.stringify(row.arguments),
      ])
    db.run('commit')
    db.run('create index eventsByName on events (name)')
    return db.serialize().slice() // of its own memory, not SQLite's
  } finally {
    db.close()
  }
}
