import { expect, test } from 'vitest'
import { timesOf } from '#schema/stores/event-times.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { logOf } from '#tests/support/log-events.ts'
import { openDatabase } from '#tests/support/replays.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'
import { logFile } from '#web/services/history/log-file.ts'
import type { LogFormat } from '#web/services/history/log-protocol.ts'

const hostile = {
  seqNum: 100_000,
  name: 'v1.MemoryAdded',
  args: { content: '=cmd("x")\r\n, ‘’ 🦊', importance: 0.5, actorId: '@SUM(A1)', deviceId: 'laptop' },
  receivedAt: Date.UTC(2026, 2, 3),
}
const log = [...logOf(personaSchema, sampleEvents), hostile, { seqNum: 100_001, name: 'v1.Erased', args: {} }]
const times = timesOf(personaSchema, log)
const shown = log.map((event, index) => ({ event, time: times[index] ?? 0 }))

const fileOf = (format: LogFormat) =>
  logFile(
    shown,
    {
      format,
      persona: 'Juniper',
      exportedAt: new Date('2026-03-04T10:00:00Z'),
      people: new Map([['ada', 'You']]),
      devices: new Map([['laptop', 'this device']]),
      confirmed: 3,
    },
    openDatabase,
  )

const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

test('[LG10] JSON, CSV and SQLite hold the same events, with who, where, when, the sentence and all that was said', () => {
  const json = JSON.parse(text(fileOf('json')))
  expect(json).toMatchObject({ persona: 'Juniper', exportedAt: '2026-03-04T10:00:00.000Z', count: log.length })
  expect(json.events.map(({ arguments: args }: { arguments: unknown }) => args)).toEqual(log.map(({ args }) => args))
  expect(json.events[0]).toMatchObject({ number: 1, person: 'You', device: 'this device', isOnServer: true })
  expect(json.events.at(-2)).toMatchObject({ person: '@SUM(A1)', receivedAt: '2026-03-03T00:00:00.000Z' })

  const db = openDatabase(fileOf('sqlite'))
  const rows = db.all('select * from events order by number')
  expect(
    rows.map((row) => ({ ...row, isOnServer: row.isOnServer === 1, arguments: JSON.parse(String(row.arguments)) })),
  ).toEqual(json.events)
  db.close()

  const table = cellsOf(text(fileOf('csv')).replace('\ufeff', ''))
  expect(table[0]).toEqual(Object.keys(json.events[0]))
  expect(table.slice(1).map(([number, time, name]) => [Number(number), time, name])).toEqual(
    json.events.map(({ number, time, name }: Record<string, unknown>) => [number, time, name]),
  )
  expect(JSON.parse(table.at(-2)?.at(-1) ?? '')).toEqual(hostile.args)
})

test('[LG11] nothing in the CSV is run by the spreadsheet that opens it', () => {
  const cells = cellsOf(text(fileOf('csv')).replace('\ufeff', '')).flat()
  expect(cells).toContain("'@SUM(A1)")
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
})

/** RFC 4180, read by the letter. */
const cellsOf = (csv: string): readonly (readonly string[])[] => {
  const lines: string[][] = [[]]
  for (const [, cell = '', end] of csv.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === '\r\n') lines.push([])
  }
  return lines.slice(0, -1)
}
