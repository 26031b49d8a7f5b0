import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { logOf } from '#tests/support/log-events.ts'
import { historyOf, openDatabase } from '#tests/support/replays.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'
import { homeOf } from '#web/features/shard-explorer/homes.ts'
import { explorerAnswers } from '#web/services/shards/explorer-answers.ts'
import type { AnswerPage, Ask, ExplorerCalls } from '#web/services/shards/explorer-protocol.ts'
import { countOf, type Narrowing, type PageEnd, pageOf } from '#web/services/shards/pages.ts'
import { openReadOnly, type Value } from '#web/services/shards/read-only-database.ts'
import { tablesOf } from '#web/services/shards/tables.ts'

const sqlite = await loadSqlite3Wasm()

const fileOf = (...statements: readonly string[]): Uint8Array => {
  const db = openDatabase()
  for (const statement of statements) db.run(statement)
  const file = db.serialize().slice()
  db.close()
  return file
}

const sampleFile = () =>
  historyOf(personaSchema, logOf(personaSchema, sampleEvents)).stateAt(Infinity).db.serialize().slice()

const explorer = async (file: Uint8Array) => {
  const answerTo = explorerAnswers(async () => sqlite)
  const ask = async <Call extends keyof ExplorerCalls>(call: Call, asked: ExplorerCalls[Call][0]) =>
    // Each call is answered by what the protocol says.
    (await answerTo({ call, asked, serial: 0 } as Ask)) as ExplorerCalls[Call][1]
  return { ask, tables: await ask('open', { file }) }
}

test('[SX2] whatever would write is refused, by SQLite itself, and nothing changes', () => {
  const db = openReadOnly(sqlite, fileOf('create table a (x text primary key) strict', "insert into a values ('one')"))
  const attempts = [
    "insert into a values ('two')",
    "update a set x = 'two'",
    'delete from a',
    'with b as (select 1) delete from a',
    'drop table a',
    'create table b (y)',
    'create temp table a (y)',
    'create view b as select 1',
    'pragma user_version = 7',
    'pragma journal_mode = wal',
    'vacuum',
    "vacuum into 'elsewhere'",
    'reindex',
  ]
  for (const attempt of attempts) expect(() => db.all(attempt), attempt).toThrow('Nothing was changed')
  for (const setting of ['pragma query_only = off', 'pragma writable_schema = on', 'begin immediate']) {
    try {
      db.all(setting)
    } catch {
      // SQLite may refuse this too.
    }
    expect(() => db.all("update a set x = 'two'")).toThrow('Nothing was changed')
  }
  expect(() => db.all('delete from sqlite_master')).toThrow('Nothing was changed')
  expect(db.all('select x from a')).toEqual([['one']])
  expect(db.all('explain query plan select * from a')[0]?.at(-1)).toContain('SCAN a')
  expect(db.all('pragma table_info(a)').map(([, name]) => name)).toEqual(['x'])
  expect(db.all('with b as (select x from a) select * from b')).toEqual([['one']])
  db.close()
})

test('[SX3] what SQLite says of a mistake is said, several statements are refused, and no statement answers nothing', () => {
  const db = openReadOnly(sqlite, fileOf('create table a (x)'))
  expect(() => db.all('selec 1')).toThrow('near "selec": syntax error')
  expect(() => db.all('select * from b')).toThrow('no such table: b')
  expect(() => db.all('select 1; select 2')).toThrow('None was run')
  expect(db.all('-- nothing')).toEqual([])
  expect(db.all('select 1;')).toEqual([[1]])
  db.close()
  expect(() => tablesOf(openReadOnly(sqlite, new Uint8Array(4096).fill(7)))).toThrow('not a database')
})

const anyValue = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('', 'a', 'b', 'B', 'ä', '50%', 'x_y'),
)

test('[SX4] page after page every row comes once and in its order, whatever it is sorted by, also where nothing stands', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyValue, anyValue), { maxLength: 30 }),
      fc.integer({ min: 1, max: 7 }),
      fc.option(fc.record({ column: fc.constantFrom('p', 'q', 'gone'), isDown: fc.boolean() }), { nil: undefined }),
      (values, limit, sort) => {
        const made = openDatabase()
        made.run('create table t (p, q)')
        for (const row of values) made.run('insert into t values (?, ?)', row)
        const file = made.serialize().slice()
        made.close()
        const db = openReadOnly(sqlite, file)
        const [table] = tablesOf(db)
        if (table === undefined) throw new Error('There is a table.')
        const wanted: Narrowing = { table: 't', sort, filters: [] }
        const paged: (readonly Value[])[] = []
        for (let after: PageEnd | null = null; ; ) {
          const page = pageOf(db, table, wanted, after, limit)
          paged.push(...page.rows.map((row) => row.values))
          after = page.end
          if (after === null) break
        }
        const direction = sort?.isDown === true ? 'desc' : 'asc'
        const order =
          sort === undefined
            ? 'rowid'
            : sort.column === 'gone'
              ? `rowid ${direction}`
              : `${sort.column} ${direction}, rowid ${direction}`
        expect(paged).toEqual(db.all(`select p, q from t order by ${order}`))
        expect(countOf(db, table, wanted)).toBe(values.length)
        db.close()
      },
    ),
    { numRuns: 60 },
  )
})

test('[SX5] texts narrow column by column and are taken as they are; a column that is not there narrows nothing', async () => {
  const { ask } = await explorer(
    fileOf(
      'create table t (name text, score)',
      "insert into t values ('50% off', 1), ('500 off', 12), ('a_b', null), ('acb', 120)",
    ),
  )
  const found = async (...filters: Narrowing['filters']) => {
    const narrowing = { table: 't', sort: undefined, filters }
    const { rows } = await ask('page', { narrowing, after: null, limit: 10 })
    expect(await ask('count', { narrowing })).toBe(rows.length)
    return rows.map(({ cells }) => cells[0])
  }
  expect(await found(['name', '50%'])).toEqual(['50% off'])
  expect(await found(['name', 'A_B'])).toEqual(['a_b'])
  expect(await found(['name', 'off'], ['score', '2'])).toEqual(['500 off'])
  expect(await found(['score', '12'])).toEqual(['500 off', 'acb'])
  expect(await found(['gone', 'x'], ['name', ''])).toHaveLength(4)
})

test('[SX6] every table of a store is told with its columns, keys and rows, and a row in full, with where its ids lead', async () => {
  const { ask, tables } = await explorer(sampleFile())
  const memories = tables.find(({ name }) => name === 'memories')
  expect(memories?.rows).toBeGreaterThan(10)
  expect(memories?.columns.find(({ name }) => name === 'memoryId')).toEqual({
    name: 'memoryId',
    type: 'text',
    isKey: true,
  })
  expect(tables.findLast(() => true)?.isOfEngine).toBe(true)
  expect([homeOf('memoryId', tables)?.table, homeOf('messageId', tables)?.table]).toEqual(['memories', 'messages'])
  expect(homeOf('conversationId', tables)).toEqual({ table: 'conversations', column: 'conversationId' })
  expect(homeOf('content', tables)).toBeUndefined()

  const narrowing = { table: 'memoryBodies', sort: undefined, filters: [] }
  const [body] = (await ask('page', { narrowing, after: null, limit: 1 })).rows
  const whole = await ask('row', { table: 'memoryBodies', rowid: body?.rowid ?? 0 })
  const memoryId = whole?.find(({ column }) => column === 'memoryId')?.text ?? ''
  const rowid = await ask('find', { table: 'memories', column: 'memoryId', value: memoryId })
  expect(await ask('row', { table: 'memories', rowid: rowid ?? 0 })).toContainEqual({
    column: 'memoryId',
    text: memoryId,
    bytes: null,
  })
  expect(await ask('find', { table: 'memories', column: 'memoryId', value: 'nowhere' })).toBeNull()
  expect(await ask('row', { table: 'memories', rowid: 999_999 })).toBeNull()
})

test('[SX6] JSON is told on several lines, bytes by their number, and a long text is cut in a line and whole in its row', async () => {
  const long = 'x'.repeat(5000)
  const { ask } = await explorer(
    fileOf(
      'create table t (a, b, c, d, e)',
      `insert into t values ('{"b":[1]}', x'00ff', '${long}', null, 9007199254740993)`,
    ),
  )
  const narrowing = { table: 't', sort: undefined, filters: [] }
  const [row] = (await ask('page', { narrowing, after: null, limit: 1 })).rows
  expect(row?.cells).toEqual(['{"b":[1]}', { bytes: 2 }, `${long.slice(0, 200)}…`, null, '9007199254740993'])
  expect((await ask('row', { table: 't', rowid: 1 }))?.map(({ text, bytes }) => text ?? bytes)).toEqual([
    '{\n  "b": [\n    1\n  ]\n}',
    '00ff',
    long,
    null,
    '9007199254740993',
  ])
})

const countingUpTo = (last: number) =>
  `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${last}) select i, i as i from n`

test('[SX7] a question answers two hundred rows and then more, each once, and any of them in full', async () => {
  const { ask } = await explorer(fileOf('create table t (a)'))
  const pages: AnswerPage[] = [await ask('question', { sql: countingUpTo(450) })]
  while (pages.at(-1)?.hasMore === true) pages.push(await ask('more', null))
  expect(pages.map(({ rows }) => rows.length)).toEqual([200, 200, 50])
  expect(pages.flatMap(({ rows }) => rows.map(([i]) => i))).toEqual(Array.from({ length: 450 }, (_, i) => i + 1))
  expect((await ask('answerRow', { place: 449 }))?.map(({ text }) => text)).toEqual(['450', '450'])
  expect(await ask('answerRow', { place: 450 })).toBeNull()
  expect(await ask('question', { sql: countingUpTo(200) })).toMatchObject({ hasMore: false })
  expect((await ask('more', null)).rows).toEqual([])
  expect(await ask('question', { sql: 'select * from t' })).toEqual({ columns: ['a'], rows: [], hasMore: false })
})

test('[SX8] a table or an answer is written as CSV or JSON, all of it as it is narrowed, and columns of one name stay apart', async () => {
  const { ask } = await explorer(
    fileOf('create table t (name text, n)', "insert into t values ('=1+1', 1), ('b,c', null), ('other', 3)"),
  )
  const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const narrowing: Narrowing = { table: 't', sort: { column: 'name', isDown: true }, filters: [] }
  expect(text(await ask('file', { format: 'csv', narrowing }))).toBe(
    '\ufeffname,n\r\nother,3\r\n"b,c",\r\n\'=1+1,1\r\n',
  )
  const narrowed: Narrowing = { ...narrowing, filters: [['name', 'other']] }
  expect(JSON.parse(text(await ask('file', { format: 'json', narrowing: narrowed })))).toEqual([
    { name: 'other', n: 3 },
  ])
  const answer = JSON.parse(text(await ask('file', { format: 'json', sql: countingUpTo(450) })))
  expect(answer).toHaveLength(450)
  expect(answer[449]).toEqual({ i: 450, 'i 2': 450 })
})

test('[SX2] another copy takes the place of the one before, and what was being answered ends with it', async () => {
  const { ask } = await explorer(fileOf('create table old (a)', 'insert into old values (1)'))
  await ask('question', { sql: countingUpTo(450) })
  const tables = await ask('open', { file: fileOf('create table new (a)') })
  expect(tables.map(({ name }) => name)).toEqual(['new'])
  expect((await ask('more', null)).rows).toEqual([])
  await expect(ask('question', { sql: 'select * from old' })).rejects.toThrow('no such table')
})
