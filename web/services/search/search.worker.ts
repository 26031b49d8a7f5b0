import { countHits, search } from '#schema/stores/search-find.ts'
import { searchCursors } from '#schema/stores/search-index.ts'
import { isEmptyQuery, readQuery } from '#schema/stores/search-query.ts'
import { makeSearchWriter } from '#schema/stores/search-writer.ts'
import { answerCalls, tell } from '#web/services/worker-calls.ts'
import { damaged, type OpenIndex, openIndexFile } from './index-file.ts'
import type { IndexState, SearchAnswer, SearchAsk, SearchCalls } from './search-protocol.ts'

// Has the index. Each call is short, so that a question never waits long for what is being brought.

let opened: (OpenIndex & { readonly writer: ReturnType<typeof makeSearchWriter> }) | undefined
let state: IndexState = { head: 0, era: 0, problem: null }

const answerTo = async (ask: SearchAsk): Promise<unknown> => {
  const index = opened ?? (await open())
  try {
    return answerFrom(index, ask)
  } catch (error) {
    await learnFrom(error)
    throw error
  }
}

const answerFrom = ({ db, writer }: NonNullable<typeof opened>, ask: SearchAsk): unknown => {
  switch (ask.call) {
    case 'search':
      return answer(db, ask.asked)
    case 'cursors':
      return searchCursors(db)
    case 'rebuild':
      return openAnew()
    case 'noteWhole':
      return state.problem === damaged ? say({ problem: null }) : undefined
    case 'begin':
      return writer.begin(ask.asked)
    case 'compare':
      return changed(writer.compare(ask.asked))
    case 'put':
      return changed(writer.put(ask.asked), true)
    case 'end':
      return writer.end(ask.asked)
    case 'forgetSubjects':
      return changed(writer.forgetSubjects(ask.asked))
    case 'forgetShard':
      return changed(writer.forgetShard(ask.asked))
  }
}

const answer = (
  db: OpenIndex['db'],
  { typed, now, limit, withCounts, order }: SearchCalls['search'][0],
): SearchAnswer => {
  const query = readQuery(typed, { now, isTyping: true })
  const { notes, wanted } = query
  if (isEmptyQuery(query)) return { groups: [], counts: new Map(), notes, wanted }
  return {
    groups: search(db, query, limit, order),
    counts: withCounts ? countHits(db, query) : new Map(),
    notes,
    wanted,
  }
}

const open = async () => {
  const index = await openIndexFile()
  opened = { ...index, writer: makeSearchWriter(index.db) }
  say({ era: state.era + (index.isNew ? 1 : 0), problem: index.problem })
  return opened
}

const openAnew = async () => {
  opened?.discard()
  opened = undefined
  await open()
}

/** Room was there again, if something could be written. */
const changed = <A>(given: A, isWritten = false): A => {
  const hadNoRoom = isWritten && state.problem === noRoom
  say({ head: state.head + 1, ...(hadNoRoom ? { problem: null } : {}) })
  return given
}

const learnFrom = async (error: unknown) => {
  const text = String(error)
  if (/SQLITE_(CORRUPT|NOTADB)/.test(text)) {
    await openAnew()
    say({ problem: damaged })
    throw new Error(damaged)
  }
  if (/SQLITE_(FULL|IOERR)|QuotaExceeded/.test(text)) say({ problem: noRoom })
}

const noRoom =
  'This device has no room for more of the index. What is in it is found; make room, and the rest follows by itself.'

let isToldSoon = false
const say = (change: Partial<IndexState>) => {
  state = { ...state, ...change }
  if (isToldSoon) return
  isToldSoon = true
  setTimeout(() => {
    isToldSoon = false
    tell(state)
  }, 100)
}

answerCalls(answerTo)
