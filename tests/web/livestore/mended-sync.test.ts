import { type SyncBackend, UnknownError } from '@livestore/common'
import {
  Effect,
  FetchHttpClient,
  KeyValueStore,
  Layer,
  Option,
  Scope,
  Stream,
  SubscriptionRef,
} from '@livestore/utils/effect'
import { expect, test, vi } from 'vitest'
import { type LineStatus, makeMendedSync } from '#web/livestore/mended-sync.ts'

type Backend = SyncBackend.SyncBackend
type Event = Parameters<Backend['push']>[0][number]

const event = (seqNum: number): Event => ({
  name: 'v1.Noted',
  args: {},
  seqNum: seqNum as Event['seqNum'], // the brand is the engine's
  parentSeqNum: (seqNum - 1) as Event['parentSeqNum'],
  clientId: 'laptop',
  sessionId: 'tab',
})

const page = (...seqNums: number[]) => ({
  batch: seqNums.map((seqNum) => ({ eventEncoded: event(seqNum), metadata: Option.none() })),
  pageInfo: { _tag: 'NoMore' as const },
})

/** A mended backend over lines that the test writes, one for each dial. */
const mend = async (lines: readonly Partial<Backend>[]) => {
  const statuses: LineStatus[] = []
  let dials = 0
  const scope = Effect.runSync(Scope.make())
  const backend = await makeMendedSync(
    () =>
      Effect.gen(function* () {
        const line = lines[Math.min(dials++, lines.length - 1)]
        return {
          isConnected: yield* SubscriptionRef.make(true),
          connect: Effect.void,
          ping: Effect.void,
          pull: () => Stream.never,
          push: () => Effect.void,
          metadata: { name: '', description: '' },
          supports: { pullPageInfoKnown: true, pullLive: true },
          ...line,
        } satisfies Backend
      }),
    {
      report: (status) => statuses.push(status),
      pushTimeout: 30,
      echoTimeout: 30,
      dialTimeout: 30,
      pauseAfter: () => 1,
    },
  )({ storeId: 'persona_a', clientId: 'laptop', payload: undefined }).pipe(
    Scope.extend(scope),
    Effect.provide(Layer.merge(FetchHttpClient.layer, KeyValueStore.layerMemory)),
    Effect.runPromise,
  )
  return { backend, statuses, dials: () => dials }
}

const pulled = (backend: Backend, from?: number) => {
  const got: number[] = []
  const cursor = Option.map(Option.fromNullable(from), (seqNum) => ({
    eventSequenceNumber: seqNum as Event['seqNum'], // as above
    metadata: Option.none(),
  }))
  const ended = backend.pull(cursor, { live: true }).pipe(
    Stream.runForEach(({ batch }) =>
      Effect.sync(() => got.push(...batch.map(({ eventEncoded }) => eventEncoded.seqNum))),
    ),
    Effect.flip,
    Effect.map(({ _tag }) => _tag),
    Effect.runPromise,
  )
  return { got, ended }
}

test('[SN1] an event that comes twice is passed on once', async () => {
  const { backend } = await mend([
    { pull: () => Stream.concat(Stream.make(page(3, 4, 5), page(4, 5, 6), page(7)), Stream.never) },
  ])
  const { got } = pulled(backend, 2)
  await vi.waitFor(() => expect(got).toEqual([3, 4, 5, 6, 7]), 30_000)
})

test('[SN2] an event left out ends the pull as offline, and a new line is dialled', async () => {
  const { backend, dials } = await mend([{ pull: () => Stream.concat(Stream.make(page(3), page(5)), Stream.never) }])
  const { got, ended } = pulled(backend, 2)
  expect(await ended).toBe('IsOfflineError')
  expect(got).toEqual([3])
  await vi.waitFor(() => expect(dials()).toBeGreaterThan(1), 30_000)
})

test('[SN3] a pull whose connection dies ends, so that it can be begun again', async () => {
  const isConnected = Effect.runSync(SubscriptionRef.make(true))
  const { backend } = await mend([{ isConnected }, {}])
  const { ended } = pulled(backend)
  await Effect.runPromise(SubscriptionRef.set(isConnected, false))
  expect(await ended).toBe('IsOfflineError')
})

test('[SN4] a push that is never answered is given up as offline', async () => {
  const { backend, dials } = await mend([{ push: () => Effect.never }, {}])
  expect(await Effect.runPromise(Effect.flip(backend.push([event(1)])))).toMatchObject({ _tag: 'IsOfflineError' })
  await vi.waitFor(() => expect(dials()).toBe(2), 30_000)
})

test('[SN5] an accepted event whose echo never comes makes it dial again', async () => {
  const { backend, dials, statuses } = await mend([{}])
  await Effect.runPromise(backend.push([event(1)]))
  expect(statuses.at(-1)).toMatchObject({ connected: true, confirmed: 1 })
  await vi.waitFor(() => expect(dials()).toBe(2), 30_000)
})

test('[SN6] a refused push is told, with its reason, and the line stays', async () => {
  const refusal = Object.assign(new Error('Event 1 is too large.'), { name: 'EventTooLarge' })
  const { backend, statuses, dials } = await mend([{ push: () => new UnknownError({ cause: refusal }) }])
  await Effect.runPromise(Effect.flip(backend.push([event(1)])))
  expect(statuses.at(-1)?.refusal).toEqual({ code: 'EventTooLarge', message: 'Event 1 is too large.' })
  expect(dials()).toBe(1)
})

test('[SN7] another backend id goes through untouched', async () => {
  const { backend } = await mend([
    { pull: () => Stream.fail({ _tag: 'BackendIdMismatchError', expected: 'a', received: 'b' } as never) },
  ])
  expect(await pulled(backend).ended).toBe('BackendIdMismatchError')
})
