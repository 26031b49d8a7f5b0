import { State } from '@livestore/livestore'
import { key, number, rowsAsJson, time, timeOrNull, write } from '#schema/shared/tables.ts'
import type { PictureSummary, workspaceEvents } from './events.ts'

const summaries = State.SQLite.table({
  name: 'summaries',
  columns: {
    personaId: key(),
    head: number(),
    memories: number(),
    conversations: number(),
    messages: number(),
    lastActivityAt: timeOrNull(),
    erasures: number(),
    pictures: number(),
    /** 1 if it told what models were asked for, 0 if it is of before that was told. */
    tellsUsage: number(),
    summarizedAt: time(),
  },
})

/** The newest pictures of each persona. */
const newestPictures = State.SQLite.table({
  name: 'newestPictures',
  columns: { personaId: key(), attachmentId: key(), addedAt: time() },
  indexes: [{ name: 'newestPictures_by_added', columns: ['addedAt', 'attachmentId'] }],
})

const activityDays = State.SQLite.table({
  name: 'activityDays',
  columns: {
    personaId: key(),
    day: key(),
    messages: number(),
    memories: number(),
  },
  indexes: [{ name: 'activityDays_by_day', columns: ['day'] }],
})

/** What models were asked for a persona on a day. */
const usageDays = State.SQLite.table({
  name: 'usageDays',
  columns: {
    personaId: key(),
    day: key(),
    answers: number(),
    promptTokens: number(),
    completionTokens: number(),
    cost: number(),
  },
})

export const summaryTables = { summaries, newestPictures, activityDays, usageDays }

const isNotErased = '$personaId not in (select id from erasedIds)'

/** The summary row goes last: the statements before it ask whether they are older than it. */
const isNewest = 'not exists (select 1 from summaries where personaId = $personaId and head > $head)'

/** It counts only when it knows at least as much of the persona's log as the last one. */
export const summarize = (s: typeof workspaceEvents.personaSummarized.schema.Type) => {
  const known = { personaId: s.personaId, head: s.head }
  return [
    write(
      `update directory set name = $name, hue = $hue, avatar = $avatar, archivedAt = $archivedAt
       where personaId = $personaId and ${isNewest}`,
      { ...known, name: s.name, hue: s.hue, avatar: s.avatar, archivedAt: s.archivedAt?.getTime() ?? null },
      'directory',
    ),
    ...['activityDays', 'newestPictures', 'usageDays'].map((table) =>
      write(`delete from ${table} where personaId = $personaId and ${isNewest}`, known, table),
    ),
    write(
      `insert or ignore into newestPictures (personaId, attachmentId, addedAt)
       select $personaId, value ->> 'attachmentId', value ->> 'addedAt' from json_each($newest)
       where ${isNotErased} and ${isNewest}`,
      { ...known, newest: rowsAsJson(newestOf(s.pictures)) },
      'newestPictures',
    ),
    write(
      `insert or ignore into activityDays (personaId, day, messages, memories)
       select $personaId, value ->> 'day', value ->> 'messages', value ->> 'memories' from json_each($activity)
       where ${isNotErased} and ${isNewest}`,
      { ...known, activity: rowsAsJson(s.activity) },
      'activityDays',
    ),
    write(
      `insert or ignore into usageDays (personaId, day, answers, promptTokens, completionTokens, cost)
       select $personaId, value ->> 'day', value ->> 'answers', value ->> 'promptTokens', value ->> 'completionTokens',
         value ->> 'cost'
       from json_each($usage) where ${isNotErased} and ${isNewest}`,
      { ...known, usage: rowsAsJson(s.usage ?? []) },
      'usageDays',
    ),
    write(
      `insert into summaries (personaId, head, memories, conversations, messages, lastActivityAt, erasures, pictures,
         tellsUsage, summarizedAt)
       select $personaId, $head, $memories, $conversations, $messages, $lastActivityAt, $erasures, $pictures,
         $tellsUsage, $summarizedAt
       where ${isNotErased}
       on conflict (personaId) do update set
         head = excluded.head, memories = excluded.memories, conversations = excluded.conversations,
         messages = excluded.messages, lastActivityAt = excluded.lastActivityAt, erasures = excluded.erasures,
         pictures = excluded.pictures, tellsUsage = excluded.tellsUsage, summarizedAt = excluded.summarizedAt
       where excluded.head >= head`,
      {
        ...known,
        memories: s.memories,
        conversations: s.conversations,
        messages: s.messages,
        lastActivityAt: s.lastActivityAt?.getTime() ?? null,
        erasures: s.erasures ?? 0,
        pictures: s.pictures?.count ?? 0,
        tellsUsage: s.usage === undefined ? 0 : 1,
        summarizedAt: s.summarizedAt.getTime(),
      },
      'summaries',
    ),
  ]
}

const newestOf = (pictures: PictureSummary | undefined) =>
  (pictures?.newest ?? []).map(({ attachmentId, addedAt }) => ({ attachmentId, addedAt: addedAt.getTime() }))
