import { EventSequenceNumber } from '@livestore/livestore'
import { bytesToHex } from '@noble/hashes/utils.js'
import { Schema } from 'effect'
import { lineOf } from '#bundle/contents.ts'
import type { BundleParts } from '#bundle/gather-persona.ts'
import { type SealedFor, sealSecrets } from '#bundle/secrets.ts'
import type { Content } from '#bundle/write-bundle.ts'
import { type Entry, entryFormat, type LogStart, linkHash, startHash } from '#proof/chain.ts'
import { checkpointText } from '#proof/checkpoint.ts'
import { signText } from '#proof/signed-text.ts'
import type { PlannedPersona } from '#schema/imports/plan.ts'
import { actorIdOf } from '#schema/shared/ids-from-names.ts'
import { importEvents, nothingKnown } from '#schema/stores/import-events.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { sealAll } from '#sealing/sealed-event.ts'
import { newSecret, secretToText, storeKeysFrom } from '#sealing/store-secret.ts'
import { type KeyRow, makeSubjectKeys } from '#sealing/subject-keys.ts'
import { storeNameOf } from './arguments.ts'
import { newId } from './device.ts'
import type { LocalKey } from './local-key.ts'

/**
 * A persona of a plan as it would stand on a server that took it at this moment, with a key of one's own in the place of
 * the server's: sealed, chained and signed.
 */
export const personaToBundle = async (
  persona: PlannedPersona,
  { key, sealedFor, now }: { readonly key: LocalKey; readonly sealedFor: SealedFor; readonly now: Date },
): Promise<BundleParts> => {
  const storeId = storeNameOf('persona', persona.personaId)
  const stamp = { at: now, actorId: actorIdOf(key.publicKey), deviceId: newId() }
  const facts = [...importEvents(persona, newId(), stamp, nothingKnown)]
  const secret = newSecret()
  const rows: KeyRow[] = []
  const keys = makeSubjectKeys(await storeKeysFrom(secret, storeId), {
    read: async (from) => ({ rows: rows.slice(from), next: rows.length, more: false }),
    add: async (added) => {
      rows.push(...added)
      return added
    },
  })
  const number = EventSequenceNumber.Global.make
  const events = facts.map(({ name, args }, index) => ({
    name,
    args: encoded(name, args),
    seqNum: number(index + 1),
    parentSeqNum: number(index),
    clientId: stamp.deviceId,
    sessionId: 'cli',
  }))
  const start: LogStart = { storeId, epoch: 1, logId: newId() }
  const entries: Entry[] = []
  let before = startHash(start)
  for (const { name, args, seqNum, parentSeqNum, clientId, sessionId } of await sealAll(keys, storeId, events)) {
    const entry = {
      format: entryFormat,
      storeId,
      epoch: start.epoch,
      n: seqNum,
      parent: parentSeqNum,
      name,
      args: JSON.stringify(args),
      device: clientId,
      session: sessionId,
      actor: stamp.actorId,
      acceptedAt: now.getTime(),
      foundAt: null,
    }
    before = linkHash(before, entry)
    entries.push({ ...entry, hash: bytesToHex(before) })
  }
  const head = { n: entries.length, hash: bytesToHex(before) }
  const statement = checkpointText(start, head.n, head.hash, now)
  const signed = { statement, publicKey: key.publicKey, signature: await signText(key.privateKey, statement) }
  const secrets = [{ generation: 0, era: 0, secret: secretToText(secret) }]
  return {
    about: {
      format: 'pjai bundle 1',
      ...start,
      head,
      counts: { events: entries.length, checkpoints: 1, anchors: 0, keys: rows.length, blobs: 0 },
      serverKeys: [key.publicKey],
      deviceKeys: [],
    },
    contents: [
      content('events.ndjson', entries.map(lineOf).join('')),
      content('checkpoints.ndjson', lineOf(signed)),
      content('anchors.ndjson', ''),
      content('keys.ndjson', rows.map(({ keyId, wrapped }) => lineOf({ keyId, wrapped })).join('')),
      content('secrets.age', await sealSecrets({ format: 'pjai secrets 1', storeId, secrets }, sealedFor)),
    ],
  }
}

/** As it stands in a log. */
const encoded = (name: string, args: unknown): unknown => {
  const definition = personaSchema.eventsDefsMap.get(name)
  if (definition === undefined) throw new Error(`There is no event ${name}.`) // our bug
  return Schema.encodeUnknownSync(definition.schema)(args)
}

const content = (name: string, what: string | Uint8Array): Content => ({
  name,
  read: async function* () {
    yield typeof what === 'string' ? new TextEncoder().encode(what) : what
  },
})
