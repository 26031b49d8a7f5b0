import { prepareBindValues } from '@livestore/common'
import { StoreInternalsSymbol } from '@livestore/livestore'
import { FastCheck as fc } from 'effect'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { attachmentEvents } from '#schema/attachments/events.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { openReplay } from '#schema/stores/replay.ts'
import { documentsOf, marksAfter, type Select } from '#schema/stores/search-documents.ts'
import { feedShard, type ShardReader } from '#schema/stores/search-feed.ts'
import { search } from '#schema/stores/search-find.ts'
import { isSearchIndexSound, openSearchIndex, type SearchDatabase, searchCursors } from '#schema/stores/search-index.ts'
import { readQuery } from '#schema/stores/search-query.ts'
import { makeSearchWriter, PassIsOver } from '#schema/stores/search-writer.ts'
import { createTables } from '#schema/stores/state-tables.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { coherentLog } from '#tests/support/coherent-log.ts'
import { deviceOf, meet } from '#tests/support/meeting-devices.ts'
import { openDatabase } from '#tests/support/replays.ts'
import { openSearchDatabase } from '#tests/support/search-database.ts'
import { commit, type Fact, personaStoreWith } from '#tests/support/stores.ts'
import { makeSyncLog } from '#tests/support/sync-log.ts'

const storeId = 'persona_p'
const shard = { storeId, personaId: 'p', personaName: 'Ada', isArchived: false }
const at = new Date('2026-03-01T00:00:00Z')
const by = { actorId: 'ada', deviceId: 'laptop' }

type Store = Awaited<ReturnType<typeof personaStoreWith>>

const readerOf = (select: Select): ShardReader => ({
  marks: (type, after, limit) => marksAfter(select, type, after, limit),
  documents: (type, ids) => documentsOf(select, type, ids),
})

const readerOfStore = (store: Store): ShardReader =>
  readerOf((query, binds) =>
    store[StoreInternalsSymbol].sqliteDbWrapper.select(query, prepareBindValues([...binds], query)),
  )

const feed = (
  reader: ShardReader,
  writer: ReturnType<typeof makeSearchWriter>,
  pause: () => void | Promise<void> = () => undefined,
) => feedShard(reader, writer, shard, pause)

/** All that an index says, by the names of documents: the numbers of rows follow from the order of writing. */
const contents = (db: SearchDatabase) => {
  db.run("create virtual table if not exists temp.terms using fts5vocab('main', 'words', 'instance')")
  const documents = db.all(
    `select documents.*, conversations.id as conversationId
     from documents left join conversations using (conversation) order by type, documents.id`,
  )
  const names = new Map(documents.map(({ doc, type, id }) => [doc, `${String(type)} ${String(id)}`]))
  return {
    documents: documents.map(({ doc: _, shard: __, conversation: ___, ...row }) => row),
    terms: db
      .all('select term, doc, offset from terms')
      .map(({ term, doc, offset }) => [names.get(doc), term, offset].map(String).join(' '))
      .toSorted(),
  }
}

let db: ReturnType<typeof openSearchDatabase>
beforeEach(() => {
  db = openSearchDatabase()
  openSearchIndex(db)
})
afterEach(() => db.close())

const found = (text: string) =>
  search(db, readQuery(text, { now: at })).flatMap(({ hits }) => hits.map(({ type, id }) => `${type} ${id}`))

const remembered = (memoryId: string, content: string): Fact =>
  memoryEvents.memoryAdded({
    memoryId,
    personaId: 'p',
    content,
    kind: 'fact',
    importance: 0.5,
    tags: [],
    occurredAt: at,
    sourceEventIds: [],
    addedAt: at,
    ...by,
  })

test('[SF3] messages, titles, memories and names of files are in it, each as it stands now', async () => {
  const store = await personaStoreWith(
    remembered('m1', 'Likes tea'),
    conversationEvents.conversationStarted({
      conversationId: 'c1',
      personaId: 'p',
      title: 'Harbour walks',
      settings: {
        model: '',
        systemPrompt: '',
        temperature: 1,
        maxTokens: 10,
        topP: 1,
        frequencyPenalty: 0,
        presencePenalty: 0,
      },
      tags: [],
      startedAt: at,
      ...by,
    }),
    conversationEvents.messageSent({
      messageId: 's1',
      conversationId: 'c1',
      personaId: 'p',
      parentMessageId: null,
      role: 'user',
      parts: [
        { type: 'text', text: 'Look at https://example.org' },
        { type: 'file', attachmentId: 'f1', name: 'pier.png' },
      ],
      sentAt: at,
      ...by,
    }),
    attachmentEvents.attachmentAdded({
      attachmentId: 'f1',
      personaId: 'p',
      conversationId: 'c1',
      name: 'pier.png',
      mediaType: 'image/png',
      bytes: 3,
      sha256: 'x',
      chunkBytes: 3,
      addedAt: at,
      ...by,
    }),
  )
  const writer = makeSearchWriter(db)
  await feed(readerOfStore(store), writer)
  expect(found('tea')).toEqual(['memory m1'])
  expect(found('harbour')).toEqual(['conversation c1'])
  expect(found('has:link in:harbour')).toEqual(['message s1'])
  expect(found('pier kind:attachment has:image')).toEqual(['attachment f1'])

  commit(
    store,
    memoryEvents.memoryContentRevised({ memoryId: 'm1', personaId: 'p', content: 'Likes ale', revisedAt: at, ...by }),
    conversationEvents.conversationsDeleted({
      conversationIds: ['c1'],
      personaId: 'p',
      batchId: 'b',
      deletedAt: at,
      ...by,
    }),
  )
  await feed(readerOfStore(store), writer)
  expect([found('tea'), found('ale')]).toEqual([[], ['memory m1']])
  expect([found('harbour'), found('has:link'), found('pier')]).toEqual([[], [], []])
  await store.shutdownPromise()
})

test('[SF4] until a pass has ended the index says that the shard is unfinished', async () => {
  const store = await personaStoreWith(remembered('m1', 'Likes tea'))
  const writer = makeSearchWriter(db)
  const pass = await feed(readerOfStore(store), writer)
  expect(searchCursors(db)).toEqual(new Map([[storeId, -1]]))
  writer.end({ storeId, pass, cursor: 1 })
  expect(searchCursors(db)).toEqual(new Map([[storeId, 1]]))
  writer.begin(shard)
  expect(searchCursors(db)).toEqual(new Map([[storeId, -1]]))
  await store.shutdownPromise()
})

test('[SF5] what a pass read before it was erased does not come back', async () => {
  const store = await personaStoreWith(remembered('m1', 'quagga'))
  const writer = makeSearchWriter(db)
  await feed(readerOfStore(store), writer)
  const reader = readerOfStore(store)
  const late: ShardReader = {
    ...reader,
    documents: (type, ids) => {
      const read = reader.documents(type, ids)
      writer.forgetSubjects({ storeId, ids: ['m1'] })
      return read
    },
  }
  commit(
    store,
    memoryEvents.memoryContentRevised({ memoryId: 'm1', personaId: 'p', content: 'quagga!', revisedAt: at, ...by }),
  )
  await expect(feed(late, writer)).rejects.toBeInstanceOf(PassIsOver)
  expect(found('quagga')).toEqual([])
  expect(Buffer.from(db.bytes()).includes('quagga')).toBe(false)
  await store.shutdownPromise()
})

test('[SF7] the index is what a new one would be after any writes, rebases, erasures and crashes', async () => {
  await fc.assert(
    fc.asyncProperty(
      coherentLog('a'),
      coherentLog('b'),
      fc.array(turn, { minLength: 4, maxLength: 10 }),
      async (laptops, phones, turns) => {
        const log = makeSyncLog()
        const laptop = await deviceOf(log, 'laptop')
        const phone = await deviceOf(log, 'phone')
        const [own, others] = [[...laptops], [...phones]]
        const grown = openSearchDatabase()
        openSearchIndex(grown)
        let writer = makeSearchWriter(grown)
        for (const { device, facts, meets, feeds, crashes, erases } of turns) {
          const [of, unsaid] = device === 'laptop' ? [laptop, own] : [phone, others]
          commit(of.store, unsaid.splice(0, facts))
          if (feeds !== null) {
            let left = feeds
            // Between two pieces of work somebody writes on; or the page dies.
            await feed(readerOfStore(laptop.store), writer, () => {
              if (left-- === 0) throw new Error('the page was closed')
              if (left === 2) commit(laptop.store, own.splice(0, 1))
            }).catch(() => undefined)
          }
          if (erases) {
            const memoryIds = ['a0', 'a1', 'b0']
            const erasureId = `e${own.length}`
            commit(
              laptop.store,
              memoryEvents.memoriesErased({ personaId: 'p', memoryIds, erasureId, erasedAt: at, ...by }),
            )
            writer.forgetSubjects({ storeId, ids: memoryIds })
          }
          if (crashes) {
            crashWhileWriting(grown)
            writer = makeSearchWriter(grown)
          }
          if (meets) await meet(log, of)
        }
        for (const device of [laptop, phone, laptop]) await meet(log, device)
        await feed(readerOfStore(laptop.store), writer)

        const [anew, replayed] = [openSearchDatabase(), openSearchDatabase()]
        for (const each of [anew, replayed]) openSearchIndex(each)
        await feed(readerOfStore(laptop.store), makeSearchWriter(anew))
        await feed(readerOfLog(log), makeSearchWriter(replayed))
        expect(contents(grown)).toEqual(contents(anew))
        // What is on screen may differ from the log after a rebase (LiveStore 0.4.0); the log has the last word.
        await feed(readerOfLog(log), writer)
        expect(contents(grown)).toEqual(contents(replayed))
        expect(isSearchIndexSound(grown)).toBe(true)
        for (const each of [grown, anew, replayed]) each.close()
        await Promise.all([laptop.store, phone.store].map((store) => store.shutdownPromise()))
      },
    ),
    { ...seeded, numRuns: 8 },
  )
}, 120_000)

const turn = fc.record({
  device: fc.constantFrom('laptop', 'phone'),
  facts: fc.integer({ min: 1, max: 4 }),
  meets: fc.boolean(),
  /** How many pieces of work a pass may do before the page is closed. */
  feeds: fc.option(fc.nat(12)),
  crashes: fc.boolean(),
  erases: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
})

/** As SQLite finds it at the next start: what was not committed never was. */
const crashWhileWriting = (of: SearchDatabase) => {
  of.run('begin')
  of.run("update documents set text = 'half written'")
  of.run('rollback')
}

/** As the log of a closed shard is read. */
const readerOfLog = (log: ReturnType<typeof makeSyncLog>): ShardReader => {
  const state = openDatabase()
  createTables(personaSchema, state)
  const replay = openReplay(personaSchema, state)
  for (const { seqNum, name, args } of log.events()) expect(replay.apply({ seqNum, name, args })).toBeUndefined()
  return readerOf(state.all)
}
