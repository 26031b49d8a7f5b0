import { IsOfflineError, type SyncBackend, UnknownError } from '@livestore/common'
import { Effect, Stream } from '@livestore/utils/effect'
import { SealBroken } from './cipher.ts'
import { KeyTableUnreachable } from './key-table.ts'
import { type KeptBack, NotSealed, openAll, sealAll } from './sealed-event.ts'
import { KeyMissing, type SubjectKeys } from './subject-keys.ts'
import { WrongSecret } from './wrapped-key.ts'

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
export const makeSealedSync = <Metadata>(
  inner: SyncBackend.SyncBackendConstructor<Metadata>,
  keysFor: (storeId: string) => Promise<SubjectKeys>,
): SyncBackend.SyncBackendConstructor<Metadata> => {
  const keptBack: KeptBack = new Map() // over all lines: an echo may come on the next one
  return (args) =>
    Effect.map(inner(args), (backend) => ({
      ...backend,
      push: (batch) =>
        Effect.tryPromise({
          try: async () => sealAll(await keysFor(args.storeId), args.storeId, batch, keptBack),
          catch: failureOf,
        }).pipe(Effect.flatMap(backend.push)),
      pull: (cursor, options) =>
        backend.pull(cursor, options).pipe(
          Stream.mapEffect((item) =>
            Effect.tryPromise({
              try: async () => {
                const sealed = item.batch.map(({ eventEncoded }) => eventEncoded)
                const opened = await openAll(await keysFor(args.storeId), args.storeId, sealed, keptBack)
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
}

const failureOf = (cause: unknown) =>
  cause instanceof KeyTableUnreachable ? new IsOfflineError({ cause }) : new UnknownError({ cause })

/** Whether it does not open on any other line either. */
export const endsThePull = ({ cause }: UnknownError): boolean =>
  [SealBroken, NotSealed, KeyMissing, WrongSecret].some((failure) => cause instanceof failure)
