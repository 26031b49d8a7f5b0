import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { eventSentence } from '#schema/stores/event-sentence.ts'
import { timesOf } from '#schema/stores/event-times.ts'
import { actSentence, actsOf } from '#schema/stores/log-acts.ts'
import { type LogQuery, logMatcher, signerOf } from '#schema/stores/log-search.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'
import { tell } from '#web/services/worker-calls.ts'
import type { Ask } from './history-protocol.ts'
import { logFile } from './log-file.ts'
import { logIn } from './log-in.ts'
import type { FoundEvents, LogCalls, LogFacet, LogOverview, LogRow, WholeEvent } from './log-protocol.ts'

// The worker's side of reading the log of a persona. Nothing is replayed for it.

interface OpenedLog {
  readonly openDatabase: OpenDatabase
  readonly events: readonly LogEvent[]
  readonly times: readonly number[]
  readonly acts: Int32Array
}

let opened: OpenedLog | undefined
/** What was found last, by index. */
let found: Uint32Array = new Uint32Array()

export const openLog = async ({ log }: LogCalls['openLog'][0]): Promise<LogOverview> => {
  const openDatabase = wasmDatabases(await loadSqlite3Wasm(), new TextEncoder())
  const { events, confirmed } = logIn(openDatabase, log)
  opened = { openDatabase, events, times: timesOf(personaSchema, events), acts: actsOf(events) }
  return {
    count: events.length,
    head: events.at(-1)?.seqNum ?? 0,
    confirmed,
    names: facetsOf(events.map(({ name }) => name)),
    devices: facetsOf(events.map((event) => signerOf(event).deviceId)),
    people: facetsOf(events.map((event) => signerOf(event).actorId)),
  }
}

/** Lets go of the thread now and then, so that what is asked meanwhile is heard; stops when that makes it needless. */
export const searchLog = async (query: LogQuery, serial: number): Promise<FoundEvents | null> => {
  const { events, times, acts } = theLog()
  const isFound = logMatcher(query)
  const indices: number[] = []
  let pausedAt = Number.NEGATIVE_INFINITY
  for (const [index, event] of events.entries()) {
    if (performance.now() - pausedAt > pauseEvery) {
      tell({ done: index, of: events.length })
      await new Promise((resume) => setTimeout(resume))
      if (serial !== newestSearch) return null
      pausedAt = performance.now()
    }
    if (isFound(event, times[index] ?? 0)) indices.push(index)
  }
  found = Uint32Array.from(indices)
  return {
    indices: found,
    numbers: found.map((index) => events[index]?.seqNum ?? 0),
    times: Float64Array.from(indices, (index) => times[index] ?? 0),
    acts: Int32Array.from(indices, (index) => acts[index] ?? -1),
  }
}

/** Milliseconds. */
const pauseEvery = 50

let newestSearch = 0
// Calls are answered one after the other; that another search waits is heard before its turn.
self.addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  if (data.call === 'searchLog') newestSearch = data.serial
})

export const logRows = ({ of }: LogCalls['logRows'][0]): readonly LogRow[] =>
  of.flatMap((indices) => {
    const index = indices.at(-1)
    return index === undefined ? [] : [rowOf(index, indices)]
  })

export const logEvent = ({ number }: LogCalls['logEvent'][0]): WholeEvent | null => {
  const { events } = theLog()
  const index = events.findIndex(({ seqNum }) => seqNum === number)
  const event = events[index]
  if (event === undefined) return null
  return {
    ...rowOf(index, [index]),
    before: events[index - 1]?.seqNum ?? 0,
    args: event.args,
    receivedAt: event.receivedAt ?? null,
    isKnown: personaSchema.eventsDefsMap.has(event.name),
  }
}

export const foundAsFile = (asked: LogCalls['logFile'][0]): Uint8Array<ArrayBuffer> => {
  const { openDatabase, events, times } = theLog()
  const shown = [...found].flatMap((index) => {
    const event = events[index]
    return event === undefined ? [] : [{ event, time: times[index] ?? 0 }]
  })
  return logFile(shown, asked, openDatabase)
}

const rowOf = (index: number, indices: readonly number[]): LogRow => {
  const { events, times } = theLog()
  const event = events[index]
  if (event === undefined) throw new Error(`There is no event at ${index}.`)
  const all = indices.flatMap((each) => events[each] ?? [])
  return {
    number: event.seqNum,
    count: all.length,
    name: event.name,
    sentence: all.length === 1 ? eventSentence(event) : actSentence(all),
    at: times[index] ?? 0,
    ...signerOf(event),
  }
}

const theLog = (): OpenedLog => {
  if (opened === undefined) throw new Error('No log is open.')
  return opened
}

/** The most frequent first. */
const facetsOf = (values: readonly string[]): readonly LogFacet[] => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .filter(({ value }) => value !== '')
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
