import { queryDb, Schema } from '@livestore/livestore'
import { conditionsOf, type MemoryFilter, MemoryRow, tablesOf } from './queries.ts'

/** When it was true, or when it was learnt. */
export type MemoryTime = 'occurredAt' | 'addedAt'

/** From `from` on, a clock is `ahead` of UTC, both in milliseconds. The first holds before its time too. */
export interface ClockChange {
  readonly from: number
  readonly ahead: number
}

/**
 * How many memories of each kind there are on each day that has any, of all a filter finds but for its times: the text of
 * a JSON array of `[day, kind, count]`, days counted from 1970-01-01 on the clock that is given, rising.
 */
export const memoryDensity$ = (filter: MemoryFilter, time: MemoryTime, clock: readonly ClockChange[]) => {
  const { where, bindValues } = conditionsOf(timeless(filter))
  const day = dayOf(time, clock)
  return queryDb(
    {
      query: `select json_group_array(json_array(day, kind, count)) as days from
                (select ${day} as day, kind, count(*) as count from memories where ${where} group by 1, 2 order by 1, 2)`,
      schema: Schema.Array(Schema.Struct({ days: Schema.String })),
      bindValues,
      queriedTables: tablesOf(filter),
    },
    { label: 'memories.density', deps: [where, ...bindValues, day], map: (rows) => rows[0]?.days ?? '[]' },
  )
}

/** The first and the last time of all that is remembered, or of all that is forgotten; each is an end of an index. */
export const memoryTimes$ = (time: MemoryTime, forgotten: boolean) => {
  const end = (of: 'min' | 'max') =>
    `(select ${of}(${time}) from memories where forgottenAt is ${forgotten ? 'not null' : 'null'})`
  return queryDb(
    {
      query: `select ${end('min')} as first, ${end('max')} as last`,
      schema: Schema.Array(Schema.Struct({ first: Schema.NullOr(Schema.Number), last: Schema.NullOr(Schema.Number) })),
      queriedTables: new Set(['memories']),
    },
    { label: 'memories.times', deps: [time, String(forgotten)], map: ([row]) => row ?? { first: null, last: null } },
  )
}

/** The first `limit` of a period, the oldest first; `to` is no more in it. */
export const memoriesOfPeriod$ = (
  filter: MemoryFilter,
  time: MemoryTime,
  { from, to }: { readonly from: Date; readonly to: Date },
  limit: number,
) => {
  const { where, bindValues } = conditionsOf(timeless(filter))
  const period = [from.getTime(), to.getTime()]
  return queryDb(
    {
      query: `select memoryId, preview, kind, importance, occurredAt, addedAt, forgottenAt from memories
              where ${where} and ${time} >= ? and ${time} < ? order by ${time}, memoryId limit ${limit}`,
      schema: Schema.Array(MemoryRow),
      bindValues: [...bindValues, ...period],
      queriedTables: tablesOf(filter),
    },
    { label: 'memories.ofPeriod', deps: [where, ...bindValues, time, ...period, limit] },
  )
}

const timeless = ({ from: _f, to: _t, addedFrom: _af, addedTo: _at, ...filter }: MemoryFilter): MemoryFilter => filter

const day = 86_400_000
/** Division cuts towards zero, so it is done with what no date is before. */
const longAgo = 100_000_000

const dayOf = (time: MemoryTime, clock: readonly ClockChange[]): string => {
  const [first = { from: 0, ahead: 0 }, ...later] = clock
  // The latest first: that is where most memories are.
  const cases = later.toReversed().map(({ from, ahead }) => `when ${time} >= ${from} then ${ahead}`)
  const ahead = cases.length === 0 ? String(first.ahead) : `case ${cases.join(' ')} else ${first.ahead} end`
  return `(${time} + ${ahead} + ${longAgo * day}) / ${day} - ${longAgo}`
}
