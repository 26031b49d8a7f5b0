import { liveStoreStorageFormatVersion, liveStoreVersion } from '@livestore/common'
import { type LiveStoreSchema, Schema, SqliteAst, SystemTables, UNKNOWN_EVENT_SCHEMA_HASH } from '@livestore/livestore'

// How LiveStore 0.4.0 keeps a store: read in its sources, held against it by tests. Whatever depends on its version stands here.

export interface LiveStoreFormat {
  readonly version: string
  /** Of the folder of a store. */
  readonly storage: number
  /** The hash of each of its own tables. */
  readonly tables: Readonly<Record<string, number>>
}

export const knownFormat: LiveStoreFormat = {
  version: '0.4.0',
  storage: 6,
  tables: {
    eventlog: 7694363761,
    __livestore_sync_status: -7808454015,
    __livestore_schema: -5396838389,
    __livestore_schema_event_defs: 28184022401,
    __livestore_session_changeset: -15966142488,
  },
}

/** Of the LiveStore that runs. */
export const formatHere = (): LiveStoreFormat => ({
  version: liveStoreVersion,
  storage: liveStoreStorageFormatVersion,
  tables: Object.fromEntries(
    [...eventlogTables, ...stateSystemTables].map((ast) => [ast.name, SqliteAst.hash(ast)] as const),
  ),
})

/** In what the LiveStore that runs is not the one whose files are known; undefined when it is. */
export const formatMismatch = (here: LiveStoreFormat = formatHere()): string | undefined => {
  if (here.version !== knownFormat.version)
    return `LiveStore is ${here.version}, and the files of ${knownFormat.version} are known.`
  if (here.storage !== knownFormat.storage)
    return `LiveStore’s storage format is ${here.storage}, and ${knownFormat.storage} is known.`
  const names = [...new Set([...Object.keys(knownFormat.tables), ...Object.keys(here.tables)])]
  const changed = names.filter((name) => here.tables[name] !== knownFormat.tables[name])
  return changed.length === 0 ? undefined : `LiveStore’s own tables are others than those known: ${changed.join(', ')}.`
}

export const eventlogTables = SystemTables.eventlogSystemTables.map(({ sqliteDef }) => sqliteDef.ast)
export const stateSystemTables = SystemTables.stateSystemTables.map(({ sqliteDef }) => sqliteDef.ast)

/** Bytes; of both of its databases. */
export const liveStorePageBytes = 8192

export const eventlogPath = '/eventlog.db'
export const statePath = (schema: LiveStoreSchema) => `/state${schema.state.sqlite.hash}.db`

/** Databases of one form may take each other's place. */
export const formOf = (schema: LiveStoreSchema) => logForm + statePath(schema)

/** Whether at least the eventlog of that form may: the state is of other tables, or an older revision. */
export const isLogOfForm = (form: string): boolean => form.startsWith(logForm)

const logForm = `${knownFormat.version} ${knownFormat.storage} `

export const insertEvent = `insert into eventlog (seqNumGlobal, seqNumClient, seqNumRebaseGeneration, parentSeqNumGlobal,
  parentSeqNumClient, parentSeqNumRebaseGeneration, name, argsJson, clientId, sessionId, schemaHash, syncMetadataJson)
  values (?, 0, 0, ?, 0, 0, ?, ?, ?, ?, ?, ?)`

/** What `insertEvent` says of a server's answer about an event: when it took it. */
export const syncMetadata = (receivedAt: number): string =>
  JSON.stringify({
    _tag: 'Some',
    value: { _tag: 'SyncMessage.SyncMetadata', createdAt: new Date(receivedAt).toISOString() },
  })

/** By which LiveStore tells that the definition of an event changed since it was stored. */
export const eventHashes = (schema: LiveStoreSchema): ReadonlyMap<string, number> =>
  new Map([...schema.eventsDefsMap].map(([name, definition]) => [name, Schema.hash(definition.schema)]))

export const unknownEventHash = UNKNOWN_EVENT_SCHEMA_HASH

export const insertSyncStatus = 'insert into __livestore_sync_status (head, backendId) values (?, ?)'

/** Before a head that moved is written anew. */
export const forgetHeads = {
  eventlog: 'delete from __livestore_sync_status',
  state: 'delete from __livestore_session_changeset',
}

export const insertTableHash = 'insert into __livestore_schema (tableName, schemaHash, updatedAt) values (?, ?, ?)'

export const insertEventHash =
  'insert into __livestore_schema_event_defs (eventName, schemaHash, updatedAt) values (?, ?, ?)'

/** A tab learns from the last of these what its state knows. Without a changeset: what is confirmed is never taken back. */
export const insertStateHead = `insert into __livestore_session_changeset
  (seqNumGlobal, seqNumClient, seqNumRebaseGeneration, changeset, debug) values (?, ?, ?, null, null)`

/** What the server has not confirmed, events of this device alone among it. */
export const anyPending = `select 1 from eventlog, __livestore_sync_status
  where seqNumGlobal > head or (seqNumGlobal = head and seqNumClient > 0) limit 1`

export const inOrder = `select seqNumGlobal as seqNum, seqNumClient as client, seqNumRebaseGeneration as generation, name,
  argsJson from eventlog order by seqNumGlobal, seqNumClient`
