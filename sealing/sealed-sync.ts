import { IsOfflineError, type SyncBackend, UnknownError } from '@livestore/common'
import type { LiveStoreEvent } from '@livestore/livestore'
import { Effect, Schema, Stream } from '@livestore/utils/effect'
import { Data } from 'effect'
import { type Content, openContent, SealBroken, Sealed, sealContent } from './cipher.ts'
import { KeyTableUnreachable } from './key-table.ts'
import { KeyMissing, StoreErased, type SubjectKeys, WrongSecret } from './subject-keys.ts'
import { own, subjectOf, theStore } from './subjects.ts'

/**
 * LiveStore's sync backend, sealed: what is pushed is encrypted event by event, what is pulled is opened, and neither the
 * store above nor the server below knows of it.
 *
 *     store ──{ name, args, seqNum … }──► seal ──{ v1.Sealed, { keyId, nonce, ciphertext }, seqNum … }──► server
 *           ◄───────────────────────────  open ◄──
 *
 * Who wrote, and in which order, stays readable: the server orders by it. What was erased arrives as `v1.Erased`, which
 * no store knows and so materializes to nothing. What does not open ends the pull: nothing after it is shown.
 */
export const makeSealedSync =
  <Metadata>(
    inner: SyncBackend.SyncBackendConstructor<Metadata>,
    keysFor: (storeId: string) => Promise<SubjectKeys>,
  ): SyncBackend.SyncBackendConstructor<Metadata> =>
  (args) =>
    Effect.map(inner(args), (backend) => ({
      ...backend,
      push: (batch) =>
        Effect.tryPromise({
          try: async () => sealAll(await keysFor(args.storeId), args.storeId, batch),
          catch: failureOf,
        }).pipe(Effect.flatMap(backend.push)),
      pull: (cursor, options) =>
        backend.pull(cursor, options).pipe(
          Stream.mapEffect((item) =>
            Effect.tryPromise({
              try: async () => {
                const sealed = item.batch.map(({ eventEncoded }) => eventEncoded)
                const opened = await openAll(await keysFor(args.storeId), args.storeId, sealed)
                const batch = item.batch.map((entry, index) => ({
                  ...entry,
                  eventEncoded: opened[index] ?? entry.eventEncoded,
                }))
                return { ...item, batch }
              },
              catch: failureOf,
            }),
          ),
        ),
    }))

type Event = LiveStoreEvent.Global.Encoded

export const sealAll = async (keys: SubjectKeys, storeId: string, events: readonly Event[]): Promise<Event[]> => {
  const subjects = events.map(({ args }) => subjectOf(args)).map((it) => (it === own ? crypto.randomUUID() : it))
  const keyOf = await keys.toSeal(new Set([theStore, ...subjects]))
  const storeKey = keyOf.get(theStore)
  if (storeKey === undefined || storeKey === 'erased') throw new StoreErased()
  const sealOne = async (event: Event, index: number): Promise<Event> => {
    const { name, args, ...envelope } = event
    const key = keyOf.get(subjects[index] ?? theStore)
    const isKept = key !== undefined && key !== 'erased'
    const content = isKept ? { name, args } : erased
    const sealed = await sealContent(isKept ? key : storeKey, { storeId, ...envelope }, content)
    return { ...envelope, name: sealedName, args: sealed }
  }
  return Promise.all(events.map(sealOne))
}

export const openAll = async (keys: SubjectKeys, storeId: string, events: readonly Event[]): Promise<Event[]> => {
  const sealed = events.map((event) => {
    if (event.name !== sealedName || !isSealed(event.args)) throw new NotSealed({ seqNum: event.seqNum })
    return event.args
  })
  const keyOf = await keys.toOpen(new Set(sealed.map(({ keyId }) => keyId)))
  const openOne = async (event: Event, index: number): Promise<Event> => {
    const args = sealed[index]
    const key = args === undefined ? undefined : keyOf.get(args.keyId)
    if (args === undefined || key === undefined || key === 'erased') return { ...event, ...erased }
    const content = await openContent(key, { storeId, seqNum: event.seqNum }, args)
    if (content instanceof SealBroken) throw content
    return { ...event, ...content }
  }
  return Promise.all(events.map(openOne))
}

const sealedName = 'v1.Sealed'
const erased: Content = { name: 'v1.Erased', args: {} }
const isSealed = Schema.is(Sealed)

const failureOf = (cause: unknown) =>
  cause instanceof KeyTableUnreachable ? new IsOfflineError({ cause }) : new UnknownError({ cause })

/** Whether it does not open on any other line either. */
export const endsThePull = ({ cause }: UnknownError): boolean =>
  [SealBroken, NotSealed, KeyMissing, WrongSecret].some((failure) => cause instanceof failure)

export class NotSealed extends Data.TaggedError('NotSealed')<{ readonly seqNum: number }> {
  override get message() {
    return `Event ${this.seqNum} of this log stands on the server unsealed. No device of yours wrote it so.`
  }
}
