import { EventSequenceNumber } from '@livestore/livestore'
import { lineOf } from '#bundle/contents.ts'
import { sealSecrets } from '#bundle/secrets.ts'
import { writeBundle } from '#bundle/write-bundle.ts'
import type { Entry } from '#proof/chain.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import { sealAll } from '#sealing/sealed-event.ts'
import { newSecret, secretToText, storeKeysFrom } from '#sealing/store-secret.ts'
import { makeSubjectKeys } from '#sealing/subject-keys.ts'
import { subjectNamed } from '#sealing/subjects.ts'
import { checkpointAt, linked, start } from '#tests/proof/logs.ts'
import { makeKeyTable } from '#tests/sealing/key-tables.ts'
import { collected, content, server } from './bundles.ts'

const { storeId } = start

/** A persona’s log as the server keeps it. The keys of erased memories are destroyed. */
export const sealedLogOf = async (log: readonly LogEvent[], erased: readonly string[] = []) => {
  const secret = newSecret()
  const table = makeKeyTable()
  const keys = makeSubjectKeys(await storeKeysFrom(secret, storeId), table.table)
  const number = EventSequenceNumber.Global.make
  const sealed = await sealAll(
    keys,
    storeId,
    log.map(({ seqNum, name, args }) => ({
      name,
      args,
      seqNum: number(seqNum),
      parentSeqNum: number(seqNum - 1),
      clientId: 'laptop',
      sessionId: 'tab',
    })),
  )
  for (const keyId of await keys.namesOf(erased.map((id) => subjectNamed('memoryId', id)))) table.destroy(keyId)
  const entries: Entry[] = []
  for (const { name, args, seqNum, parentSeqNum, clientId, sessionId } of sealed) {
    const entry = {
      format: 1,
      storeId,
      epoch: start.epoch,
      n: seqNum,
      parent: parentSeqNum,
      name,
      args: JSON.stringify(args),
      device: clientId,
      session: sessionId,
      actor: 'account1',
      acceptedAt: Date.parse('2026-03-01T11:00:00Z') + 1000 * seqNum,
      foundAt: null,
    }
    entries.push(linked(entries.at(-1), entry))
  }
  return { secret, table, keys, entries }
}

/**
 * The bundle of a persona that says these things, as a server and a device would have made it. The keys of erased memories
 * are destroyed, those of lost ones are not in its table.
 */
export const sealedBundleOf = async (
  log: readonly LogEvent[],
  passphrase: string,
  { erased = [], lost = [] }: { readonly erased?: readonly string[]; readonly lost?: readonly string[] } = {},
): Promise<Uint8Array> => {
  const { secret, table, keys, entries } = await sealedLogOf(log, erased)
  const last = entries.at(-1)!
  const lostKeys = await keys.namesOf(lost.map((id) => subjectNamed('memoryId', id)))
  const rows = table.rows().filter(({ keyId }) => keyId !== 'gone' && !lostKeys.includes(keyId))
  const secrets = { generation: 0, era: 0, secret: secretToText(secret) }
  const about = {
    format: 'pjai bundle 1',
    ...start,
    head: { n: last.n, hash: last.hash },
    counts: { events: entries.length, checkpoints: 1, anchors: 0, keys: rows.length, blobs: 0 },
    serverKeys: [server.publicKey],
    deviceKeys: [],
  } as const
  return collected(
    writeBundle(about, [
      content('events.ndjson', entries.map(lineOf).join('')),
      content('checkpoints.ndjson', lineOf(await checkpointAt(server, last))),
      content('anchors.ndjson', ''),
      content('keys.ndjson', rows.map(lineOf).join('')),
      content(
        'secrets.age',
        await sealSecrets({ format: 'pjai secrets 1', storeId, secrets: [secrets] }, { passphrase }, 10),
      ),
    ]),
  )
}
