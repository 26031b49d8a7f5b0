import type { LiveStoreSchema } from '@livestore/livestore'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { type History, historySteps, type PastState } from '#schema/stores/history.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import { diffStates } from '#schema/stores/state-diff.ts'
import { hashOfTables, type TableHashes } from '#schema/stores/state-hash.ts'
import { hashesOf } from '#schema/stores/state-tables.ts'
import { versionSteps } from '#schema/stores/thing-versions.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { answerCalls, tell } from '#web/services/worker-calls.ts'
import { type CompareAsked, type Comparison, makeComparer, makersOf } from './compare.ts'
import { compareLogs } from './compare-logs.ts'
import type { Ask, DiffAsked, HistoryCalls, Overview, StateHash, Verdict } from './history-protocol.ts'
import { foundAsFile, logEvent, logRows, openLog, searchLog } from './log-calls.ts'
import { logIn } from './log-in.ts'
import { stateFile } from './state-file.ts'

// Holds one log and its states, so that the page never waits. It writes nothing and knows no network.

interface Opened {
  readonly schema: LiveStoreSchema
  readonly openDatabase: OpenDatabase
  readonly history: History
  readonly bySeqNum: ReadonlyMap<number, LogEvent>
  readonly confirmed: number
  readonly compare: (asked: CompareAsked) => Comparison
}

let opened: Opened | undefined
/** The state that was looked at last: a slider mostly moves on from there. */
let past: PastState | undefined

const answerTo = (ask: Ask) => {
  switch (ask.call) {
    case 'open':
      return open(ask.asked)
    case 'numberAt':
      return theOpened().history.numberAt(ask.asked.time)
    case 'stateHash':
      return hashed(stateAt(ask.asked.n).hashes())
    case 'rows':
      return rows(ask.asked)
    case 'diff':
      return diff(ask.asked)
    case 'whatIf':
      return whatIf(ask.asked)
    case 'stateFile':
      return stateFile(theOpened().history, stateAt(ask.asked.n), ask.asked.n)
    case 'versionsOf':
      return result(versionSteps(theOpened().schema, theOpened().history, ask.asked))
    case 'compare':
      return theOpened().compare(ask.asked)
    case 'makers':
      return makersOf(theOpened().history)
    case 'compareLogs':
      return compareLogs(theOpened().bySeqNum, theOpened().confirmed, ask.asked.there)
    case 'verify':
      return verify(ask.asked)
    case 'openLog':
      return openLog(ask.asked)
    case 'searchLog':
      return searchLog(ask.asked, ask.serial)
    case 'logRows':
      return logRows(ask.asked)
    case 'logEvent':
      return logEvent(ask.asked)
    case 'logFile':
      return foundAsFile(ask.asked)
  }
}

const open = async ({ kind, log }: HistoryCalls['open'][0]): Promise<Overview> => {
  const schema: LiveStoreSchema = kind === 'persona' ? personaSchema : workspaceSchema
  const openDatabase = wasmDatabases(await loadSqlite3Wasm(), new TextEncoder())
  const { events, confirmed } = logIn(openDatabase, log)
  const history = passOver(schema, openDatabase, events)
  opened = {
    schema,
    openDatabase,
    history,
    bySeqNum: new Map(events.map((event) => [event.seqNum, event])),
    confirmed,
    compare: makeComparer({ schema, openDatabase, history }, (steps, of) =>
      result(steps, (done) => tell({ done, of })),
    ),
  }
  return {
    head: history.head,
    confirmed: Math.min(confirmed, history.head),
    numbers: events.map(({ seqNum }) => seqNum),
    times: history.times,
    skipped: history.skipped,
    failure: history.failure?.message ?? null,
  }
}

const passOver = (schema: LiveStoreSchema, openDatabase: OpenDatabase, events: readonly LogEvent[]): History =>
  result(historySteps({ schema, openDatabase, events }), (done) => tell({ done, of: events.length }))

const theOpened = (): Opened => {
  if (opened === undefined) throw new Error('No log is open.')
  return opened
}

const stateAt = (n: number): PastState => {
  past = past?.moveTo(n) ?? theOpened().history.stateAt(n)
  return past
}

/** The past is read, not written. */
const rows = ({ n, query, bindValues }: HistoryCalls['rows'][0]) => {
  const { db } = stateAt(n)
  db.run('pragma query_only = on')
  try {
    return db.all(query, bindValues)
  } finally {
    db.run('pragma query_only = off')
  }
}

const fileAt = (history: History, n: number): Uint8Array => {
  const state = history.stateAt(n)
  try {
    return state.db.serialize()
  } finally {
    state.close()
  }
}

const diff = ({ from, to, ...options }: DiffAsked) => {
  const { history, schema, openDatabase } = theOpened()
  return diffStates({ schema, openDatabase, ...options, before: fileAt(history, from), after: fileAt(history, to) })
}

const whatIf = ({ n, without, ...options }: HistoryCalls['whatIf'][0]) => {
  const { history, schema, openDatabase } = theOpened()
  const left = new Set(without)
  const world = passOver(
    schema,
    openDatabase,
    history.events.filter(({ seqNum }) => seqNum <= n && !left.has(seqNum)),
  )
  return diffStates({ schema, openDatabase, ...options, before: fileAt(history, n), after: fileAt(world, n) })
}

const verify = ({ n, state }: HistoryCalls['verify'][0]): Verdict => {
  const { history, schema, openDatabase } = theOpened()
  const db = openDatabase(state)
  try {
    const kept = hashed(hashesOf(schema, db.all))
    const rebuilt = hashed(stateAt(n).hashes())
    const tables = [...rebuilt.tables.keys()].filter((table) => rebuilt.tables.get(table) !== kept.tables.get(table))
    const differences =
      tables.length === 0
        ? []
        : diffStates({ schema, openDatabase, before: fileAt(history, n), after: db.serialize(), tables })
    return { rebuilt, kept, differences }
  } finally {
    db.close()
  }
}

const hashed = (tables: TableHashes): StateHash => ({ hash: hashOfTables(tables), tables })

/** Runs to the end, telling ten times a second at most how far it is. */
const result = <A>(steps: Generator<number, A>, tell: (done: number) => void = () => undefined): A => {
  let saidAt = 0
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - saidAt < 100) continue
    saidAt = performance.now()
    tell(step.value)
  }
}

answerCalls(answerTo) // one after the other: a state that is moved answers nobody else
