import { FastCheck as fc } from 'effect'
import { expect, test, vi } from 'vitest'
import { startConversation } from '#schema/conversations/commands.ts'
import * as messages from '#schema/conversations/message-commands.ts'
import { textOfParts } from '#schema/conversations/parts.ts'
import * as talk from '#schema/conversations/queries.ts'
import { ConflictAlreadySettled as MessageConflictAlreadySettled } from '#schema/conversations/refusals.ts'
import * as memories from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import * as mind from '#schema/memories/queries.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { commit, type Fact, factsOf, personaStateHash, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

type Author = 'ada' | 'bob'
type Store = Awaited<ReturnType<typeof personaStoreWith>>

const stampOf = (author: Author, minute: number) => ({
  at: new Date(Date.UTC(2026, 2, 1, 10, minute)),
  actorId: author,
  deviceId: `${author}laptop`,
})
const made = stampOf('ada', 0)
const draft = { content: 'made', importance: 0.5, kind: 'fact', tags: [], occurredAt: made.at }
const parts = (text: string) => [{ type: 'text' as const, text }]
const messageSeen = (text: string) => ({ messageId: 'm', conversationId: 'c', personaId: 'p', parts: parts(text) })

/** The two things people write: what is true of one is true of the other. */
const things = [
  {
    thing: 'memory',
    given: memories.addMemory('p', 'm', draft, made),
    write: (seen: string, text: string, author: Author, minute: number) =>
      memories.reviseMemory(memorySeen(seen), { ...draft, content: text }, stampOf(author, minute)),
    settle: (store: Store, conflictId: string, text: string, author: Author, minute: number) =>
      memories.settleMemoryConflict(
        store.query(mind.memoryConflict$(conflictId)),
        memorySeen(standing.memory(store)),
        text,
        stampOf(author, minute),
      ),
    reopen: (store: Store, conflictId: string, before: string) =>
      memories.reopenMemoryConflict(
        conflictId,
        memorySeen(before),
        memorySeen(standing.memory(store)),
        stampOf('ada', 50),
      ),
    standing: (store: Store) => standing.memory(store),
    besides: (store: Store) => store.query(mind.conflictsOfMemory$('m')),
    besideTexts: (store: Store) => store.query(mind.conflictsOfMemory$('m')).map(({ content }) => content),
    author: (store: Store) => store.query(mind.memoryAuthor$('m'))?.actorId,
    counted: (store: Store) => store.query(mind.conflictingMemories$),
    remove: memories.forgetMemories('p', ['m'], 'b1', stampOf('ada', 40)),
    restore: memories.restoreMemories('p', ['m'], 'b2', stampOf('ada', 41)),
    refusal: memories.ConflictAlreadySettled,
  },
  {
    thing: 'message',
    given: [
      startConversation('p', 'c', {}, made),
      messages.sendMessage(
        { conversationId: 'c', personaId: 'p' },
        { messageId: 'm', parentMessageId: null, role: 'user', parts: parts('made') },
        made,
      ),
    ].flatMap(factsOf),
    write: (seen: string, text: string, author: Author, minute: number) =>
      messages.editMessage(messageSeen(seen), parts(text), `${author}${minute}`, stampOf(author, minute)),
    settle: (store: Store, conflictId: string, text: string, author: Author, minute: number) =>
      messages.settleMessageConflict(
        store.query(talk.messageConflict$(conflictId)),
        messageSeen(standing.message(store)),
        parts(text),
        `${author}${minute}`,
        stampOf(author, minute),
      ),
    reopen: (store: Store, conflictId: string, before: string) =>
      messages.reopenMessageConflict(
        conflictId,
        messageSeen(before),
        messageSeen(standing.message(store)),
        'undo',
        stampOf('ada', 50),
      ),
    standing: (store: Store) => standing.message(store),
    besides: (store: Store) => store.query(talk.conflictsOfMessage$('m')),
    besideTexts: (store: Store) => store.query(talk.conflictsOfMessage$('m')).map(({ parts }) => textOfParts(parts)),
    author: (store: Store) => store.query(talk.messageAuthor$('m'))?.actorId,
    counted: (store: Store) => store.query(talk.conflictingMessages$('c')),
    remove: messages.deleteMessage(messageSeen(''), 'b1', stampOf('ada', 40)),
    restore: messages.restoreMessage(messageSeen(''), 'b2', stampOf('ada', 41)),
    refusal: MessageConflictAlreadySettled,
  },
]

const standing = {
  memory: (store: Store) => store.query(mind.memoryBody$('m'))?.content ?? '',
  message: (store: Store) => textOfParts(store.query(talk.messageBody$('m'))?.parts ?? []),
}

const memorySeen = (content: string): memories.MemoryText => ({
  ...draft,
  memoryId: 'm',
  personaId: 'p',
  preview: content,
  content,
  addedAt: made.at,
  revisedAt: null,
  forgottenAt: null,
  mergedIntoId: null,
  importId: null,
})

/** What one author writes without hearing of anybody: each text on top of his own last. */
const chainOf = ({ write }: (typeof things)[number], author: Author, texts: readonly string[], from = 'made') =>
  texts.flatMap((text, place) => factsOf(write(texts[place - 1] ?? from, text, author, place + 1)))

const ownTexts = (author: Author, minLength: number) =>
  fc.nat(3).map((more) => Array.from({ length: minLength + more }, (_, place) => `${author} ${place}`))

/** Two lists as one log may hold them: each in its own order. */
const interleaved = (one: readonly Fact[], other: readonly Fact[], turns: readonly boolean[]): readonly Fact[] => {
  const [rest, others, log] = [[...one], [...other], [] as Fact[]]
  for (let step = 0; rest.length + others.length > 0; step++) {
    const next = (turns[step % turns.length] ? rest : others).shift() ?? rest.shift() ?? others.shift()
    if (next !== undefined) log.push(next)
  }
  return log
}

test.each(things)('[CF1] one who goes on from what stands opens no conflict ($thing)', async (thing) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Author>('ada', 'bob'), { minLength: 1, maxLength: 8 }),
      async (authors) => {
        const log = authors.flatMap((author, place) =>
          factsOf(thing.write(place === 0 ? 'made' : `text ${place - 1}`, `text ${place}`, author, place + 1)),
        )
        const store = await personaStoreWith(thing.given, log)
        const once = personaStateHash(store)
        expect(thing.besides(store)).toEqual([])
        expect(thing.standing(store)).toBe(`text ${authors.length - 1}`)
        expect(thing.author(store)).toBe(authors.at(-1))
        commit(store, log)
        expect(personaStateHash(store)).toBe(once)
        await store.shutdownPromise()
      },
    ),
    { ...seeded, numRuns: 6 },
  )
})

test.each(things)(
  '[CF2] however often two write a text without hearing of each other, and in whatever order the log has it, the last text of each stands, once ($thing)',
  async (thing) => {
    await fc.assert(
      fc.asyncProperty(
        ownTexts('ada', 1),
        ownTexts('bob', 1),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
        async (ofAda, ofBob, turns) => {
          const log = interleaved(chainOf(thing, 'ada', ofAda), chainOf(thing, 'bob', ofBob), turns)
          const store = await personaStoreWith(thing.given, log)
          const last = new Set([ofAda.at(-1), ofBob.at(-1)])
          expect(new Set([thing.standing(store), ...thing.besideTexts(store)])).toEqual(last)
          expect(thing.besides(store)).toHaveLength(1)
          const [beside] = thing.besides(store)
          expect(new Set([beside?.actorId, thing.author(store)])).toEqual(new Set(['ada', 'bob']))
          await store.shutdownPromise()
        },
      ),
      { ...seeded, numRuns: 12 },
    )
  },
)

const conflicting = async (thing: (typeof things)[number]) => {
  const store = await personaStoreWith(
    thing.given,
    chainOf(thing, 'ada', ['of ada']),
    chainOf(thing, 'bob', ['of bob']),
  )
  const conflictId = thing.besides(store)[0]?.conflictId ?? 'none'
  return { store, conflictId, state: () => [thing.standing(store), ...thing.besideTexts(store)] }
}

test.each(things)('[CF3] the same words from both sides are no conflict ($thing)', async (thing) => {
  const store = await personaStoreWith(thing.given, chainOf(thing, 'ada', ['same']), chainOf(thing, 'bob', ['same']))
  expect(thing.besides(store)).toEqual([])
  const { store: other, state } = await conflicting(thing)
  commit(other, thing.write('of bob', 'of ada', 'bob', 5))
  expect(state()).toEqual(['of ada'])
})

test.each(things)(
  '[CF4] a person keeps either text or writes both together, and one stands again ($thing)',
  async (thing) => {
    for (const chosen of ['of ada', 'of bob', 'of both']) {
      const { store, conflictId, state } = await conflicting(thing)
      expect(state()).toEqual(['of bob', 'of ada'])
      commit(store, thing.settle(store, conflictId, chosen, 'ada', 20))
      expect(state()).toEqual([chosen])
      expect(thing.settle(store, conflictId, 'again', 'ada', 21)).toBeInstanceOf(thing.refusal)
      expect(thing.settle(store, 'none', 'again', 'ada', 21)).toBeInstanceOf(thing.refusal)
    }
  },
)

test.each(things)('[CF5] a choice is taken back: both texts stand again ($thing)', async (thing) => {
  for (const chosen of ['of ada', 'of bob', 'of both']) {
    const { store, conflictId, state } = await conflicting(thing)
    commit(store, thing.settle(store, conflictId, chosen, 'ada', 20))
    const undo = factsOf(thing.reopen(store, conflictId, 'of bob'))
    for (const fact of undo) commit(store, fact, fact)
    expect(state()).toEqual(['of bob', 'of ada'])
  }
})

test.each(things)(
  '[CF6] two who choose otherwise, or one who writes meanwhile, are a conflict of their own ($thing)',
  async (thing) => {
    const { store, conflictId } = await conflicting(thing)
    const acts = {
      keep: factsOf(thing.settle(store, conflictId, 'of bob', 'ada', 20)),
      take: factsOf(thing.settle(store, conflictId, 'of ada', 'bob', 20)),
      both: factsOf(thing.settle(store, conflictId, 'of both', 'bob', 20)),
      goOn: factsOf(thing.write('of bob', 'more of bob', 'bob', 20)),
      goOnBeside: factsOf(thing.write('of ada', 'more of ada', 'bob', 20)),
    }
    for (const [one, other, texts] of [
      ['keep', 'take', ['of ada', 'of bob']],
      ['keep', 'both', ['of both', 'of bob']],
      ['keep', 'keep', ['of bob']],
      ['take', 'goOn', ['more of bob', 'of ada']],
      ['keep', 'goOnBeside', ['more of ada', 'of bob']],
    ] as const)
      for (const order of [
        [one, other],
        [other, one],
      ] as const) {
        const fresh = await conflicting(thing)
        commit(fresh.store, ...order.map((act) => acts[act]))
        expect(fresh.state().toSorted(), order.join(', ')).toEqual(texts.toSorted())
      }
  },
)

test.each(things)('[CF7] what is forgotten or deleted has no open conflict ($thing)', async (thing) => {
  const { store, state } = await conflicting(thing)
  expect(thing.counted(store)).toEqual(['m'])
  commit(store, thing.remove)
  expect(thing.counted(store)).toEqual([])
  commit(store, thing.restore)
  expect([thing.counted(store), state()]).toEqual([['m'], ['of bob', 'of ada']])
})

test('[CF8] a revision of an older version, which does not say what its author saw, replaces what stands', async () => {
  const [thing] = things
  const { store, state } = await conflicting(thing!)
  const older = { memoryId: 'm', personaId: 'p', actorId: 'cem', deviceId: 'old', revisedAt: made.at }
  commit(store, memoryEvents.memoryContentRevised({ ...older, content: 'of cem' }))
  expect(state()).toEqual(['of cem', 'of ada'])
})
