// @vitest-environment node
import type { SqliteDb } from '@livestore/common'
import { configureConnection } from '@livestore/common/leader-thread'
import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect, Scope } from '@livestore/utils/effect'
import { Opfs } from '@livestore/utils/effect/browser'
import { afterEach, expect, test, vi } from 'vitest'
import { type RecordedDisk, recordedDisk } from '#tests/support/recorded-disk.ts'

afterEach(() => vi.unstubAllGlobals())

test('[PW11] killed after any write to its files, a store holds each transaction whole or not at all', async () => {
  const disk = recordedDisk()
  const db = await openOn(disk, 6)
  const standsAfter: { steps: number; state: string }[] = []
  const note = () => standsAfter.push({ steps: disk.steps(), state: stateOf(db) })
  db.execute('create table notes (id text primary key, words text) strict')
  db.execute('create index notes_by_words on notes (words)')
  note()
  for (const batch of [0, 1, 2]) {
    writeNotes(db, batch)
    note()
  }
  db.execute('begin')
  db.execute("update notes set words = 'never'")
  db.execute('rollback')
  note()

  const first = standsAfter[0]?.steps ?? 0
  const stride = 7 // of five hundred, so that each kind is met and the test ends soon
  for (let steps = first; steps <= disk.steps(); steps += stride) {
    const again = await openOn(recordedDisk(disk.filesAfter(steps)))
    expect(again.select('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const before = standsAfter.findLast((stand) => stand.steps <= steps)?.state
    const after = standsAfter.find((stand) => stand.steps >= steps)?.state
    expect([before, after]).toContain(stateOf(again))
    again.close()
  }
})

test('[PW14] what a disk has no room for is refused whole, and written once it has room again', async () => {
  for (const cachedPages of [6, 2000]) {
    const disk = recordedDisk()
    const db = await openOn(disk, cachedPages)
    db.execute('create table notes (id text primary key, words text) strict')
    writeNotes(db, 0)
    const before = stateOf(db)
    const size = Math.max(...[...disk.filesAfter(disk.steps()).values()].map(({ length }) => length))
    for (const more of [0, 3000, 20_000]) {
      disk.limit(size + more)
      expect(() => writeNotes(db, 1)).toThrow('disk I/O error')
      rollBackIfOpen(db)
      expect(stateOf(db)).toBe(before)
      expect(stateOf(await openOn(recordedDisk(disk.filesAfter(disk.steps()))))).toBe(before)
    }
    disk.limit(Number.POSITIVE_INFINITY)
    writeNotes(db, 1)
    expect(stateOf(db)).not.toBe(before)
    expect(stateOf(await openOn(recordedDisk(disk.filesAfter(disk.steps()))))).toBe(stateOf(db))
    expect(db.select('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  }
})

test('[PW12] pages that follow each other are written in one go', async () => {
  const disk = recordedDisk()
  const db = await openOn(disk)
  db.execute('create table notes (id text primary key, words text) strict')
  const before = disk.steps()
  db.execute(
    `insert into notes select value, '${'word '.repeat(400)}' from json_each('[${[...Array(400).keys()].join()}]')`,
  )
  expect(db.select<{ page_count: number }>('pragma page_count')[0]?.page_count).toBeGreaterThan(100)
  expect(disk.steps() - before).toBeLessThan(20)
})

test('[PW13] a state at rest is handed over as its file has it, within a transaction as SQLite has it', async () => {
  const db = await openOn(recordedDisk())
  db.execute('create table notes (id text primary key, words text) strict')
  writeNotes(db, 0)
  const atRest = await copyOf(db)
  expect(stateOf(atRest)).toBe(stateOf(db))
  db.execute('begin')
  writeRows(db, 7)
  expect(stateOf(await copyOf(db))).toBe(stateOf(db))
  db.execute('rollback')
  expect(db.export()).toEqual(db.export())
  expect(stateOf(await copyOf(db))).toBe(stateOf(atRest))
})

const sqlite3 = await loadSqlite3Wasm()
let opened = 0

/** As LiveStore's leader opens its databases. What does not fit in the cache is written before the transaction ends. */
const openOn = async ({ root }: RecordedDisk, cachedPages = 2000): Promise<SqliteDb> => {
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => root } })
  const open = sqliteDbFactory({ sqlite3 })({
    _tag: 'opfs',
    opfsDirectory: `store${opened++}`,
    fileName: 'state.db',
    configureDb: (db) => {
      Effect.runSync(configureConnection(db, { foreignKeys: true }))
      db.execute(`pragma cache_size = ${cachedPages}`)
    },
  })
  const scope = await Effect.runPromise(Scope.make())
  return Effect.runPromise(open.pipe(Effect.provideService(Scope.Scope, scope), Effect.provide(Opfs.Opfs.Default)))
}

const copyOf = async (db: SqliteDb): Promise<SqliteDb> => {
  const copy = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: 'in-memory' }))
  copy.import(db.export())
  return copy
}

const writeNotes = (db: SqliteDb, batch: number) => {
  db.execute('begin')
  writeRows(db, batch)
  db.execute(`delete from notes where id like '%${batch}7'`)
  db.execute('commit')
}

/** SQLite ends a transaction by itself after some errors. */
const rollBackIfOpen = (db: SqliteDb) => {
  try {
    db.execute('rollback')
  } catch {
    // It had ended.
  }
}

/** In an order that is not that of their ids, and some of them again. */
const writeRows = (db: SqliteDb, batch: number) => {
  for (let row = 0; row < 24; row++)
    db.execute(
      `insert or replace into notes values ('${(row * 11) % 29}-${row % 3 === 0 ? 0 : batch}', '${`${batch} `.repeat(900)}')`,
    )
}

const stateOf = (db: SqliteDb): string => {
  const tables = db.select<{ name: string }>("select name from sqlite_master where type = 'table'")
  if (tables.length === 0) return 'nothing'
  const [row] = db.select<{ state: string }>(
    "select count(*) || ' ' || coalesce(group_concat(id || substr(words, 1, 2)), '') as state from (select * from notes order by id)",
  )
  return row?.state ?? ''
}
