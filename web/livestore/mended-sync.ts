import { IsOfflineError, type SyncBackend, type UnknownError } from '@livestore/common'
import { Deferred, Duration, Effect, Exit, Option, Scope, Stream, SubscriptionRef } from '@livestore/utils/effect'

/**
 * LiveStore's sync backend, mended where it gets stuck.
 *
 *   supervisor   dial ─► line up ─────────────────────────► line down ─► wait ─► dial …
 *   pull                 runs on the line; ends as offline when the line goes down, so that LiveStore pulls again
 *   push                 runs on the line; answered, timed out, or offline when the line goes down
 *
 * What is mended: a pull that outlives its connection and never speaks again; a push that is never answered; an event
 * the server accepted, or is ahead with, whose echo never comes; events left out. Each ends the line, and a new one is
 * dialled. Events that come twice are passed on once. A push the server refuses is told to `report` and tried again by
 * LiveStore: nothing is dropped here.
 *
 * Invariants: at most one line at a time; `isConnected` is true only while a line is up; a pull gives each event once and
 * in order; every error but a refusal, what `isFinal` knows, and another backend's id is `IsOfflineError`.
 */
export interface MendedSyncOptions {
  /** Told on every change. `confirmed`: the highest event number the server is known to hold. */
  readonly report: (status: LineStatus) => void
  /** A dial that takes longer is given up, in milliseconds. */
  readonly dialTimeout?: number
  readonly pushTimeout?: number
  /** How long the echo of a pushed event may take. */
  readonly echoTimeout?: number
  /** The pause after the n-th failed dial, n from 0. */
  readonly pauseAfter?: (failures: number) => number
  /** Asked before each dial, which itself does not say: by what the server refuses this device, if it does. A defect: nobody answers. */
  readonly whyNot?: Effect.Effect<Refusal | undefined>
  /** Whether what ended a pull ends it on every line: then LiveStore is told, and the store ends with it. */
  readonly isFinal?: (error: UnknownError) => boolean
  /** Resolves when it is worth dialling at once: the network came back. */
  readonly untilWorthDialling?: Effect.Effect<void>
}

export interface LineStatus {
  readonly connected: boolean
  readonly confirmed: number
  readonly refusal: Refusal | null
}

export interface Refusal {
  readonly code: string
  readonly message: string
}

interface Line<Metadata> {
  readonly backend: SyncBackend.SyncBackend<Metadata>
  readonly down: Deferred.Deferred<never, IsOfflineError>
}

export const makeMendedSync =
  <Metadata>(
    inner: SyncBackend.SyncBackendConstructor<Metadata>,
    {
      report,
      dialTimeout = 5000,
      pushTimeout = 20_000,
      echoTimeout = 5000,
      pauseAfter = (failures) => Math.min(250 * 2 ** failures, 4000),
      whyNot = Effect.succeed(undefined),
      isFinal = () => false,
      untilWorthDialling = Effect.never,
    }: MendedSyncOptions,
  ): SyncBackend.SyncBackendConstructor<Metadata> =>
  (args) =>
    Effect.gen(function* () {
      const environment = yield* Effect.context<Effect.Effect.Context<ReturnType<typeof inner>>>()
      const isConnected = yield* SubscriptionRef.make(false)
      const current = yield* SubscriptionRef.make<Line<Metadata> | undefined>(undefined)
      let status: LineStatus = { connected: false, confirmed: 0, refusal: null }
      let pulled = 0

      const tell = (change: Partial<LineStatus>) =>
        Effect.sync(() => {
          const next = { ...status, ...change }
          if (JSON.stringify(next) === JSON.stringify(status)) return
          status = next
          report(status)
        })

      const hangUp = (line: Line<Metadata>, why: string) =>
        Deferred.fail(line.down, new IsOfflineError({ cause: new Error(why) })).pipe(Effect.asVoid)

      const runLine = Effect.gen(function* () {
        const scope = yield* Scope.make()
        const down = yield* Deferred.make<never, IsOfflineError>()
        yield* Effect.gen(function* () {
          const backend = yield* inner(args).pipe(Scope.extend(scope), Effect.provide(environment))
          yield* backend.connect.pipe(Scope.extend(scope))
          yield* SubscriptionRef.waitUntil(backend.isConnected, (connected) => connected).pipe(
            Effect.timeoutFail({ duration: dialTimeout, onTimeout: () => offline('The server did not answer.') }),
          )
          yield* SubscriptionRef.set(current, { backend, down })
          yield* SubscriptionRef.set(isConnected, true)
          yield* tell({ connected: true })
          failures = 0
          yield* Effect.raceFirst(
            SubscriptionRef.waitUntil(backend.isConnected, (connected) => !connected),
            Deferred.await(down).pipe(Effect.ignore),
          )
        }).pipe(
          Effect.ensuring(
            Effect.gen(function* () {
              yield* SubscriptionRef.set(isConnected, false)
              yield* SubscriptionRef.set(current, undefined)
              yield* Deferred.fail(down, offline('The connection to the server ended.'))
              yield* tell({ connected: false })
              yield* Scope.close(scope, Exit.void)
            }),
          ),
        )
      })

      let failures = 0
      let isRefused = false
      const dial = Effect.gen(function* () {
        const refusal = yield* whyNot
        if (refusal !== undefined || isRefused) yield* tell({ refusal: refusal ?? null })
        isRefused = refusal !== undefined
        if (!isRefused) yield* runLine
      })
      yield* dial.pipe(
        Effect.catchAllCause(() => Effect.void),
        Effect.andThen(
          Effect.suspend(() =>
            Effect.raceFirst(Effect.sleep(Duration.millis(pauseAfter(failures++))), untilWorthDialling),
          ),
        ),
        Effect.forever,
        Effect.interruptible,
        Effect.forkScoped,
      )

      const lineUp = SubscriptionRef.waitUntil(current, (line) => line !== undefined)

      /** Hangs up if the server holds an event that has not come back by then: whoever waits for it would wait for ever. */
      const expectEcho = (line: Line<Metadata>, seqNum: number) =>
        Effect.sleep(Duration.millis(echoTimeout)).pipe(
          Effect.andThen(
            Effect.suspend(() =>
              pulled >= seqNum ? Effect.void : hangUp(line, `Event ${seqNum} did not come back from the server.`),
            ),
          ),
          Effect.raceFirst(Deferred.await(line.down).pipe(Effect.ignore)),
          Effect.forkDaemon,
        )

      const pull: SyncBackend.SyncBackend<Metadata>['pull'] = (cursor, options) =>
        Stream.unwrap(
          Effect.map(lineUp, (line) => {
            let at = Option.match(cursor, { onNone: () => 0, onSome: ({ eventSequenceNumber }) => eventSequenceNumber })
            return line.backend.pull(cursor, options).pipe(
              Stream.mapEffect((item) => {
                // What others push while a pull is answered comes twice: in its answer, and by itself.
                const batch = item.batch.filter(({ eventEncoded }) => eventEncoded.seqNum > at)
                const first = batch[0]?.eventEncoded.seqNum
                if (first !== undefined && first !== at + 1) return Effect.fail(offline(`Event ${at + 1} is missing.`))
                at = batch.at(-1)?.eventEncoded.seqNum ?? at
                pulled = Math.max(pulled, at)
                return Effect.as(tell({ confirmed: Math.max(status.confirmed, at) }), { ...item, batch })
              }),
              Stream.mapError((error) => (error._tag === 'UnknownError' && !isFinal(error) ? offline(error) : error)),
              options?.live === true ? Stream.concat(Stream.fail(offline('The server ended the pull.'))) : (_) => _,
              Stream.tapError((error) => (error._tag === 'IsOfflineError' ? hangUp(line, 'pull') : Effect.void)),
              Stream.interruptWhen(Deferred.await(line.down)),
            )
          }),
        )

      const push: SyncBackend.SyncBackend<Metadata>['push'] = (batch) =>
        Effect.gen(function* () {
          const line = yield* lineUp
          const last = batch.at(-1)?.seqNum ?? 0
          yield* line.backend.push(batch).pipe(
            Effect.timeoutFail({ duration: pushTimeout, onTimeout: () => offline('The server did not answer.') }),
            Effect.raceFirst(Deferred.await(line.down)),
            Effect.mapError((error) => (error._tag !== 'UnknownError' || isRefusal(error) ? error : offline(error))),
            Effect.tapError((error) => {
              if (error._tag === 'UnknownError') return tell({ refusal: refusalIn(error) })
              if (error._tag === 'ServerAheadError') return expectEcho(line, error.minimumExpectedNum)
              return error._tag === 'IsOfflineError' ? hangUp(line, 'push') : Effect.void
            }),
          )
          yield* tell({ confirmed: Math.max(status.confirmed, last), refusal: null })
          yield* expectEcho(line, last)
        })

      return {
        connect: SubscriptionRef.waitUntil(isConnected, (connected) => connected).pipe(Effect.asVoid),
        pull,
        push,
        ping: Effect.flatMap(lineUp, (line) => line.backend.ping),
        isConnected,
        metadata: { name: 'pjai', description: 'LiveStore on Durable Objects, mended' },
        supports: { pullPageInfoKnown: true, pullLive: true },
      }
    })

const offline = (cause: unknown) => new IsOfflineError({ cause: typeof cause === 'string' ? new Error(cause) : cause })

/** The server answered, and the answer is no: what it threw travels as the innermost cause. */
const isRefusal = (error: UnknownError) => refusalIn(error).code !== 'RpcClientError'

const refusalIn = (error: unknown): { code: string; message: string } => {
  let inner: unknown = error
  while (inner instanceof Error && 'cause' in inner && inner.cause instanceof Object) inner = inner.cause
  // A defect is read for what it has: a name and a message, when it is an error.
  const { name, message, _tag } = inner as { name?: string; message?: string; _tag?: string }
  return { code: _tag ?? name ?? 'Unknown', message: message ?? String(inner) }
}
