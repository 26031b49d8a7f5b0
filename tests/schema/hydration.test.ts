import type { SyncOptions } from '@livestore/common'
import { SyncBackend } from '@livestore/common'
import {
  EventSequenceNumber,
  Events,
  type LiveStoreEvent,
  type LiveStoreSchema,
  makeSchema,
  Schema,
  State,
} from '@livestore/livestore'
import { Effect, Option, Stream } from '@livestore/utils/effect'
import { FastCheck as fc } from 'effect'
import { expect, test, vi } from 'vitest'
import { memoryEvents } from '#schema/memories/events.ts'
import { type ConfirmedEvent, openHydration, stateOfLog } from '#schema/stores/hydration.ts'
import { formatHere, formatMismatch, knownFormat, syncMetadata } from '#schema/stores/livestore-format.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { workspaceSchema, workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { anyFactOf, seeded } from '#tests/support/any-fact.ts'
import { coherentLog } from '#tests/support/coherent-log.ts'
import { logOf } from '#tests/support/log-events.ts'
import { longLog } from '#tests/support/long-log.ts'
import { openDatabase } from '#tests/support/replays.ts'
import { imagesOf, rowsOf, storeOn } from '#tests/support/store-on.ts'
import { commit, type Fact, personaStateHash } from '#tests/support/stores.ts'
import { makeSyncLog } from '#tests/support/sync-log.ts'

vi.setConfig({ testTimeout: 120_000 })

const backendId = 'log-1'
const now = new Date('2026-03-01T10:00:00Z')

const confirmed = (schema: LiveStoreSchema, facts: readonly Fact[]): readonly ConfirmedEvent[] =>
  logOf(schema, facts).map((event) => ({ ...event, ...envelopeOf(event.seqNum) }))

const envelopeOf = (seqNum: number) => ({
  parentSeqNum: seqNum - 1,
  clientId: seqNum % 3 === 0 ? 'phone' : 'laptop',
  sessionId: `session ${seqNum % 2}`,
  receivedAt: now.getTime() + seqNum,
})

const hydrated = (schema: LiveStoreSchema, events: readonly ConfirmedEvent[]) => {
  const hydration = openHydration({ schema, openDatabase, now })
  for (let at = 0; at < events.length; at += 7) expect(hydration.add(events.slice(at, at + 7))).toBeUndefined()
  const images = hydration.finish(backendId)
  hydration.close()
  return images
}

const sealed = ({ seqNum, parentSeqNum, name, args, clientId, sessionId }: ConfirmedEvent) => ({
  name,
  args,
  seqNum: EventSequenceNumber.Global.make(seqNum),
  parentSeqNum: EventSequenceNumber.Global.make(parentSeqNum),
  clientId,
  sessionId,
})

/** What the real server adds in an answer: its id, and when it took an event. */
const syncWith = (log: ReturnType<typeof makeSyncLog>, deviceId = 'here'): SyncOptions => {
  const { backend } = log.device(deviceId, { online: true })
  return {
    backend: (args) =>
      Effect.gen(function* () {
        const inner = yield* backend(args)
        const id = yield* SyncBackend.makeBackendIdHelper
        return {
          ...inner,
          pull: (cursor, options) =>
            inner.pull(cursor, options).pipe(
              Stream.tap(() => id.lazySet(backendId)),
              Stream.map((answer) => ({
                ...answer,
                batch: answer.batch.map(({ eventEncoded }) => ({ eventEncoded, metadata: takenAt(eventEncoded) })),
              })),
            ),
        }
      }),
  }
}

const takenAt = ({ seqNum }: LiveStoreEvent.Global.Encoded) =>
  Option.some(JSON.parse(syncMetadata(envelopeOf(seqNum).receivedAt)).value)

/** What LiveStore makes of the same log when it pulls it. */
const pulled = async (schema: LiveStoreSchema, events: readonly ConfirmedEvent[]) => {
  const store = await storeOn(schema, {}, syncWith(makeSyncLog(events.map(sealed))))
  await vi.waitFor(
    async () => expect((await store._dev.syncStates()).leader.localHead.global).toBe(events.length),
    60_000,
  )
  const images = await imagesOf(store)
  await store.shutdownPromise()
  return images
}

/**
 * What is legitimately different:
 * - `__livestore_session_changeset`: LiveStore keeps how to undo the events of its last pull; what is confirmed is never
 *   undone, so there is the head alone;
 * - `updatedAt`: when the tables were made.
 */
const comparable = (image: Uint8Array) => {
  const { tables, made } = rowsOf(image)
  const { __livestore_session_changeset: changesets, ...others } = tables
  const timeless = Object.entries(others).map(([table, rows]) => [table, rows.map(({ updatedAt, ...row }) => row)])
  return { made, rows: Object.fromEntries(timeless) }
}

const unknown = { name: 'v9.FromTheFuture', args: { personaId: 'p', deep: [1, { more: null }] } }
const erased = { name: 'v1.Erased', args: {} }
const sprinkled = (facts: readonly Fact[]) =>
  facts.flatMap((fact, index) => [fact, ...(index % 5 === 0 ? [unknown] : index % 7 === 0 ? [erased] : [])])

test.each([
  ['coherent', personaSchema, coherentLog('a')],
  ['wild', personaSchema, fc.array(anyFactOf(personaStoreEvents), { minLength: 20, maxLength: 60 })],
  ['wild', workspaceSchema, fc.array(anyFactOf(workspaceStoreEvents), { minLength: 20, maxLength: 60 })],
] as const)(
  '[HY1] both databases of a hydrated store hold, row by row, what LiveStore writes when it takes the same log by itself: %s',
  async (_, schema, log) => {
    await fc.assert(
      fc.asyncProperty(log, async (facts) => {
        const events = confirmed(schema, sprinkled(facts))
        const ours = hydrated(schema, events)
        const theirs = await pulled(schema, events)
        expect(comparable(ours.eventlog)).toEqual(comparable(theirs.eventlog))
        expect(comparable(ours.state)).toEqual(comparable(theirs.state))
      }),
      { ...seeded, numRuns: 4 },
    )
  },
)

test('[HY2] LiveStore opens on both databases with every row, goes on committing, sends, receives and rebases', async () => {
  const events = confirmed(personaSchema, sprinkled(longFacts(300)))
  const log = makeSyncLog(events.map(sealed))
  const images = hydrated(personaSchema, events)
  const [here, phone] = [log.device('here', { online: true }), log.device('phone', { online: true })]
  const store = await storeOn(personaSchema, images, { backend: here.backend })
  const other = await storeOn(personaSchema, {}, { backend: phone.backend }, 'phone')
  const headOf = async (of: typeof store) => (await of._dev.syncStates()).leader.upstreamHead.global
  const untilBothAt = (head: number) =>
    vi.waitFor(async () => expect([await headOf(store), await headOf(other)]).toEqual([head, head]), 60_000)
  await untilBothAt(events.length)
  expect(personaStateHash(store)).toBe(personaStateHash(other))

  commit(store, remembered('here'))
  await untilBothAt(events.length + 1)
  commit(other, remembered('there'))
  await untilBothAt(events.length + 2)
  for (const device of [here, phone]) await device.setOnline(false)
  for (const text of ['one', 'two', 'three']) commit(store, remembered(`here ${text}`))
  for (const text of ['one', 'two']) commit(other, remembered(`there ${text}`))
  await phone.setOnline(true)
  await vi.waitFor(() => expect(log.events()).toHaveLength(events.length + 4), 60_000)
  await here.setOnline(true)
  await untilBothAt(events.length + 7)
  const [ours, theirs] = [await imagesOf(store), await imagesOf(other)]
  expect(comparable(ours.state)).toEqual(comparable(theirs.state))
  await Promise.all([store, other].map((each) => each.shutdownPromise()))
})

const longFacts = (length: number): readonly Fact[] =>
  longLog(length).map(({ name, args }) => ({
    name,
    args: Schema.decodeUnknownSync(personaSchema.eventsDefsMap.get(name)!.schema)(args),
  }))

const remembered = (content: string) =>
  memoryEvents.memoryAdded({
    memoryId: content,
    personaId: 'ada',
    content,
    importance: 0.5,
    kind: 'fact',
    tags: [],
    sourceEventIds: [],
    occurredAt: now,
    addedAt: now,
    actorId: 'ada',
    deviceId: 'laptop',
  })

test('[HY3] the files of exactly this LiveStore are known: its version, its storage format, its own tables', () => {
  expect(formatHere()).toEqual(knownFormat)
  expect(formatMismatch()).toBeUndefined()
  expect(formatMismatch({ ...knownFormat, version: '0.5.0' })).toMatch(
    /^LiveStore is 0\.5\.0, and the files of 0\.4\.0/,
  )
  expect(formatMismatch({ ...knownFormat, storage: 7 })).toMatch(/storage format is 7/)
  const { eventlog: _, ...fewer } = knownFormat.tables
  expect(formatMismatch({ ...knownFormat, tables: fewer })).toMatch(/known: eventlog\.$/)
  expect(formatMismatch({ ...knownFormat, tables: { ...knownFormat.tables, more: 1 } })).toMatch(/known: more\.$/)
})

test('[HY4] a log with an event that cannot be replayed gives no databases, and the event is named', () => {
  const [first, second] = confirmed(personaSchema, longFacts(2))
  const hydration = openHydration({ schema: personaSchema, openDatabase, now })
  const failure = hydration.add([first!, { ...second!, name: 'v1.PersonaRenamed', args: { personaId: 7 } }])
  expect(failure).toMatchObject({ _tag: 'EventNotReplayed', seqNum: 2, eventName: 'v1.PersonaRenamed' })
  hydration.close()
})

test('[HY5] the state of a log that is here is made anew as LiveStore makes it, events of this device alone included', async () => {
  const log = makeSyncLog()
  const device = log.device('here', { online: true })
  const store = await storeOn(drafting, {}, { backend: device.backend })
  const headOf = async () => (await store._dev.syncStates()).leader.upstreamHead.global
  for (const text of ['a', 'b', 'c']) store.commit(draftEvents.typed({ text }), draftEvents.sent({ text }))
  await vi.waitFor(async () => expect(await headOf()).toBe(3), 60_000)
  const making = { schema: drafting, openDatabase, now }
  const settled = await imagesOf(store)
  const state = stateOfLog(making, settled.eventlog)
  if (!(state instanceof Uint8Array)) throw new Error('no state was made')
  expect(comparable(state)).toEqual(comparable(settled.state))
  const again = await storeOn(drafting, { ...settled, state }, { backend: device.backend }, 'again')
  expect(again.query(drafts.orderBy('text', 'asc'))).toEqual(store.query(drafts.orderBy('text', 'asc')))
  await again.shutdownPromise()

  store.commit(draftEvents.typed({ text: 'd' }))
  const pendingEventlog = async () => (await imagesOf(store)).eventlog
  await vi.waitFor(async () => expect(stateOfLog(making, await pendingEventlog())).toBeUndefined(), 60_000)
  await store.shutdownPromise()
})

const draftEvents = {
  typed: Events.clientOnly({ name: 'v1.Typed', schema: Schema.Struct({ text: Schema.String }) }),
  sent: Events.synced({ name: 'v1.Sent', schema: Schema.Struct({ text: Schema.String }) }),
}
const drafts = State.SQLite.table({
  name: 'drafts',
  columns: {
    text: State.SQLite.text({ primaryKey: true }),
    typed: State.SQLite.integer(),
    sent: State.SQLite.integer(),
  },
})
const drafting = makeSchema({
  events: draftEvents,
  state: State.SQLite.makeState({
    tables: { drafts },
    materializers: State.SQLite.materializers(draftEvents, {
      'v1.Typed': ({ text }) => drafts.insert({ text, typed: 1, sent: 0 }).onConflict('text', 'ignore'),
      'v1.Sent': ({ text }) => drafts.update({ sent: 1 }).where({ text }),
    }),
  }),
})

test('[EP1] a hydration that goes on from the databases of a snapshot leaves, row by row, what replaying all of the log does', async () => {
  await fc.assert(
    fc.asyncProperty(coherentLog('a'), fc.double({ min: 0, max: 1, noNaN: true }), async (facts, part) => {
      const events = confirmed(personaSchema, sprinkled(facts))
      const head = Math.floor(part * events.length)
      const making = { schema: personaSchema, openDatabase, now }
      const onward = openHydration(making, { ...hydrated(personaSchema, events.slice(0, head)), head })
      expect(onward.add(events.slice(head))).toBeUndefined()
      const images = onward.finish(backendId)
      onward.close()
      const whole = hydrated(personaSchema, events)
      expect(rowsOf(images.eventlog)).toEqual(rowsOf(whole.eventlog))
      expect(rowsOf(images.state)).toEqual(rowsOf(whole.state))
    }),
    { ...seeded, numRuns: 10 },
  )
})
