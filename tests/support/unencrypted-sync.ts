import type { SyncBackend } from '@livestore/common'
import type { LiveStoreEvent } from '@livestore/livestore'
import { Effect, Schema, Stream } from '@livestore/utils/effect'

type Event = LiveStoreEvent.Global.Encoded

/** A line whose events look sealed, as the server wants them, and are not encrypted: base64 of their name and arguments. */
export const makeUnencryptedSync =
  <Metadata>(inner: SyncBackend.SyncBackendConstructor<Metadata>): SyncBackend.SyncBackendConstructor<Metadata> =>
  (args) =>
    Effect.map(inner(args), (backend) => ({
      ...backend,
      push: (batch) => backend.push(batch.map(wrap)),
      pull: (cursor, options) =>
        backend.pull(cursor, options).pipe(
          Stream.map((item) => ({
            ...item,
            batch: item.batch.map((entry) => ({ ...entry, eventEncoded: unwrap(entry.eventEncoded) })),
          })),
        ),
    }))

/** An event as it passes for sealed. */
export const unencrypted = (content: Pick<Event, 'name' | 'args'>) => ({
  name: 'v1.Sealed',
  args: {
    keyId: 'k'.repeat(22),
    nonce: 'n'.repeat(16),
    ciphertext: Buffer.from(JSON.stringify(content)).toString('base64'),
  },
})

const wrap = ({ name, args, ...envelope }: Event): Event => ({ ...envelope, ...unencrypted({ name, args }) })

const unwrap = ({ args, ...envelope }: Event): Event => {
  const { ciphertext } = decode(args)
  return { ...envelope, ...decodeContent(Buffer.from(ciphertext, 'base64').toString('utf8')) }
}

const decode = Schema.decodeUnknownSync(Schema.Struct({ ciphertext: Schema.String }))
const decodeContent = Schema.decodeSync(Schema.parseJson(Schema.Struct({ name: Schema.String, args: Schema.Unknown })))
