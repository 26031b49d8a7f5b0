import { State } from '@livestore/livestore'
import { key, time } from '#schema/shared/tables.ts'
import { inserter } from '#schema/shared/writer.ts'
import { anchorEvents } from './events.ts'

/** What devices saw of each log. `personaId` is empty for the log of the workspace itself. */
const anchors = State.SQLite.table({
  name: 'anchors',
  columns: {
    personaId: key(),
    deviceId: key(),
    seq: State.SQLite.real({ primaryKey: true }),
    statement: State.SQLite.text(),
    publicKey: State.SQLite.text(),
    signature: State.SQLite.text(),
    devicePublicKey: State.SQLite.text(),
    deviceSignature: State.SQLite.text(),
    anchoredAt: time(),
  },
})

export const anchorTables = { anchors }

const insertAnchor = inserter(
  'anchors',
  'personaId, deviceId, seq, statement, publicKey, signature, devicePublicKey, deviceSignature, anchoredAt',
  '$personaId not in (select id from erasedIds)',
)

export const anchorMaterializers = State.SQLite.materializers(anchorEvents, {
  'v1.CheckpointAnchored': ({ personaId = '', deviceId, seq, checkpoint, anchoredAt, ...signed }) =>
    insertAnchor({
      personaId,
      deviceId,
      seq,
      statement: checkpoint.statement,
      publicKey: checkpoint.publicKey,
      signature: checkpoint.signature,
      devicePublicKey: signed.devicePublicKey,
      deviceSignature: signed.deviceSignature,
      anchoredAt: anchoredAt.getTime(),
    }),
})
