import type { SyncOptions } from '@livestore/common'
import { ServerAheadError, SyncBackend } from '@livestore/common'
import { EventSequenceNumber, type LiveStoreEvent } from '@livestore/livestore'
import { Effect, Option, Stream, SubscriptionRef } from '@livestore/utils/effect'

type SealedEvent = LiveStoreEvent.Global.Encoded

/** One device's way to the log: a backend for its store, and a switch for its network. */
export interface SyncDevice {
  readonly deviceId: string
  readonly backend: NonNullable<SyncOptions['backend']>
  readonly setOnline: (online: boolean) => Promise<void>
}

/**
 * A sync side in memory: one log with a head, any number of devices. Each device reads from its own cursor (LiveStore
 * 0.4.0's own mock shares one queue among all), and a push that does not follow the head is answered `ServerAhead`,
 * which makes that device rebase as it does in production.
 */
export const makeSyncLog = (given: readonly SealedEvent[] = []) => {
  const events = [...given]
  const head = Effect.runSync(SubscriptionRef.make(given.length))

  const push = (batch: readonly SealedEvent[]) =>
    Effect.gen(function* () {
      const [first] = batch
      if (first === undefined) return
      if (first.parentSeqNum !== (events.at(-1)?.seqNum ?? 0)) {
        return yield* new ServerAheadError({
          minimumExpectedNum: seqNumAfter(events),
          providedNum: first.seqNum,
        })
      }
      events.push(...batch)
      yield* SubscriptionRef.set(head, events.length)
    })

  const device = (deviceId: string, { online }: { readonly online: boolean }): SyncDevice => {
    const isConnected = Effect.runSync(SubscriptionRef.make(online))
    const whileConnected = SubscriptionRef.waitUntil(isConnected, (connected) => connected)

    const pull = (cursor: Option.Option<{ readonly eventSequenceNumber: number }>, live: boolean) => {
      let seen = Option.match(cursor, { onNone: () => 0, onSome: ({ eventSequenceNumber }) => eventSequenceNumber })
      const news = Effect.gen(function* () {
        yield* whileConnected
        const batch = events.filter(({ seqNum }) => seqNum > seen)
        seen = batch.at(-1)?.seqNum ?? seen
        return {
          batch: batch.map((eventEncoded) => ({ eventEncoded, metadata: Option.none() })),
          pageInfo: SyncBackend.pageInfoNoMore,
        }
      })
      return live ? Stream.mapEffect(head.changes, () => news) : Stream.fromEffect(news)
    }

    return {
      deviceId,
      setOnline: (connected) => Effect.runPromise(SubscriptionRef.set(isConnected, connected)),
      backend: () =>
        Effect.succeed(
          SyncBackend.of({
            connect: Effect.void,
            ping: Effect.void,
            isConnected,
            pull: (cursor, options) => pull(cursor, options?.live === true),
            push,
            metadata: { name: 'sync-log', description: 'A log in memory' },
            supports: { pullPageInfoKnown: true, pullLive: true },
          }),
        ),
    }
  }

  return { events: (): readonly SealedEvent[] => events, device }
}

const seqNumAfter = (events: readonly SealedEvent[]) =>
  EventSequenceNumber.Global.make((events.at(-1)?.seqNum ?? 0) + 1)
