import { Events, queryDb, Schema, State } from '@livestore/livestore'
import { type Stamp, signature, stamped } from './stamp.ts'
import { key, rowsAsJson, time, timeOrNull, write } from './tables.ts'

/**
 * What was erased for good. A slice has an event that takes its own things away and notes them here; what comes of them
 * later, from a device that did not know, finds its id among the erased and changes nothing.
 *
 *     …Erased ──► rows gone, ids noted ──► their keys destroyed on the server ──► …Certified ──► every device
 *     (a fact)                             (by any device of who erased)          (a fact)       cleans its log
 */
const erasures = State.SQLite.table({
  name: 'erasures',
  columns: {
    erasureId: key(),
    what: State.SQLite.text({ schema: Schema.Literal('memories', 'conversations', 'personas') }),
    actorId: State.SQLite.text(),
    deviceId: State.SQLite.text(),
    erasedAt: time(),
    /** Null until the keys are destroyed. */
    certificate: State.SQLite.text({ nullable: true }),
    certifiedAt: timeOrNull(),
  },
})

const erasedIds = State.SQLite.table({
  name: 'erasedIds',
  columns: { id: key(), erasureId: State.SQLite.text() },
  indexes: [{ name: 'erasedIds_by_erasure', columns: ['erasureId'] }],
})

export type Erasure = typeof erasures.Type

export const erasureTables = { erasures, erasedIds }

const certified = {
  erasureId: Schema.String,
  /** A JSON array of what the server signed. */
  certificate: Schema.String,
  certifiedAt: Schema.Date,
  ...stamped,
}

/** Of a persona's store. */
export const erasureEvents = {
  erasureCertified: Events.synced({
    name: 'v1.ErasureCertified',
    schema: Schema.Struct({ ...certified, personaId: Schema.String }),
  }),
}

/** Of the workspace. */
export const personasErasureEvents = {
  personasErasureCertified: Events.synced({
    name: 'v1.PersonasErasureCertified',
    schema: Schema.Struct(certified),
  }),
}

interface Certified {
  readonly erasureId: string
  readonly certificate: string
  readonly certifiedAt: Date
}

const certify = ({ erasureId, certificate, certifiedAt }: Certified) =>
  erasures.update({ certificate, certifiedAt }).where({ erasureId, certificate: null })

export const erasureMaterializers = State.SQLite.materializers(erasureEvents, { 'v1.ErasureCertified': certify })

export const personasErasureMaterializers = State.SQLite.materializers(personasErasureEvents, {
  'v1.PersonasErasureCertified': certify,
})

interface Ordered {
  readonly erasureId: string
  readonly erasedAt: Date
  readonly actorId: string
  readonly deviceId: string
}

/** For the materializer of a slice's own event. */
export const noteErased = (
  what: Erasure['what'],
  ids: readonly string[],
  { erasureId, erasedAt, actorId, deviceId }: Ordered,
) => [
  erasures.insert({ erasureId, what, actorId, deviceId, erasedAt }).onConflict('erasureId', 'ignore'),
  write(
    'insert or ignore into erasedIds (id, erasureId) select value, $erasureId from json_each($ids)',
    { erasureId, ids: rowsAsJson(ids) },
    'erasedIds',
  ),
]

/** `personaId`: in whose store; none in the workspace. */
export const certifyErasure = (erasureId: string, certificate: string, personaId: string | undefined, stamp: Stamp) => {
  const fact = { erasureId, certificate, certifiedAt: stamp.at, ...signature(stamp) }
  return personaId === undefined
    ? personasErasureEvents.personasErasureCertified(fact)
    : erasureEvents.erasureCertified({ ...fact, personaId })
}

/** The newest first; at most `limit`. */
export const erasures$ = (limit: number) =>
  queryDb(erasures.orderBy('erasedAt', 'desc').limit(limit), { label: 'erasures', deps: [limit] })

/** Which of these were erased: whoever brings things from elsewhere leaves them out. */
export const erasedAmongQuery = (ids: readonly string[]) => ({
  query: 'select id from erasedIds where id in (select value from json_each(?))',
  bindValues: [JSON.stringify(ids)],
  schema: Schema.Array(Schema.Struct({ id: Schema.String })),
})

export const isErased$ = (id: string) =>
  queryDb(erasedIds.where({ id }).limit(1), {
    label: 'erasures.isErased',
    deps: [id],
    map: (rows) => rows.length > 0,
  })

/** What an erasure took away; at most 2000, as many as one may. */
export const erasedIds$ = (erasureId: string) =>
  queryDb(erasedIds.select('id').where({ erasureId }).limit(2000), { label: 'erasures.ids', deps: [erasureId] })
