import { State } from '@livestore/livestore'
import { key, number, time, write } from '#schema/shared/tables.ts'
import { snapshotEvents } from './events.ts'

/** The newest of each persona. */
const snapshots = State.SQLite.table({
  name: 'snapshots',
  columns: {
    personaId: key(),
    seq: number(),
    firstEpoch: number(),
    statement: State.SQLite.text(),
    publicKey: State.SQLite.text(),
    signature: State.SQLite.text(),
    form: State.SQLite.text(),
    eventlogBytes: number(),
    keyRows: number(),
    keyId: State.SQLite.text(),
    sha256: State.SQLite.text(),
    bytes: number(),
    chunkBytes: number(),
    madeAt: time(),
  },
})
export type Snapshot = typeof snapshots.Type

export const snapshotTables = { snapshots }

export const snapshotMaterializers = State.SQLite.materializers(snapshotEvents, {
  'v1.SnapshotMade': ({ personaId, seq, firstEpoch, checkpoint, form, eventlogBytes, keyRows, file, madeAt }) =>
    write(
      `insert or replace into snapshots
         (personaId, seq, firstEpoch, statement, publicKey, signature, form, eventlogBytes, keyRows, keyId, sha256, bytes,
          chunkBytes, madeAt)
       select $personaId, $seq, $firstEpoch, $statement, $publicKey, $signature, $form, $eventlogBytes, $keyRows, $keyId,
         $sha256, $bytes, $chunkBytes, $madeAt
       where $personaId not in (select id from erasedIds)`,
      {
        personaId,
        seq,
        firstEpoch,
        statement: checkpoint.statement,
        publicKey: checkpoint.publicKey,
        signature: checkpoint.signature,
        form,
        eventlogBytes,
        keyRows,
        keyId: file.keyId,
        sha256: file.sha256,
        bytes: file.bytes,
        chunkBytes: file.chunkBytes,
        madeAt: madeAt.getTime(),
      },
      'snapshots',
    ),
})
