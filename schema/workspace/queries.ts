import { queryDb, Schema } from '@livestore/livestore'
import { workspaceTables } from './state.ts'

const DirectoryEntry = Schema.Struct({
  personaId: Schema.String,
  name: Schema.String,
  hue: Schema.Number,
  avatar: Schema.NullOr(Schema.String),
  archivedAt: Schema.NullOr(Schema.DateFromNumber),
  listedAt: Schema.DateFromNumber,
  listedByDeviceId: Schema.String,
  unlistedAt: Schema.NullOr(Schema.DateFromNumber),
  head: Schema.Number,
  memories: Schema.Number,
  conversations: Schema.Number,
  messages: Schema.Number,
  lastActivityAt: Schema.DateFromNumber,
})
export type DirectoryEntry = typeof DirectoryEntry.Type

const entry = `select d.personaId, d.name, d.hue, d.avatar, d.archivedAt, d.listedAt, d.listedByDeviceId, d.unlistedAt,
  coalesce(s.head, 0) as head, coalesce(s.memories, 0) as memories, coalesce(s.conversations, 0) as conversations,
  coalesce(s.messages, 0) as messages, coalesce(s.lastActivityAt, d.listedAt) as lastActivityAt
  from directory d left join summaries s on s.personaId = d.personaId`

const queriedTables = new Set(['directory', 'summaries'])

export interface DirectoryFilter {
  readonly show: 'active' | 'archived' | 'removed'
  readonly sort: 'name' | 'recent' | 'created' | 'memories'
}

const shown = {
  active: 'd.unlistedAt is null and d.archivedAt is null',
  archived: 'd.unlistedAt is null and d.archivedAt is not null',
  removed: 'd.unlistedAt is not null',
}

const order = {
  name: 'd.name collate nocase',
  recent: 'lastActivityAt desc',
  created: 'd.listedAt desc',
  memories: 'memories desc',
}

/** The personas of the workspace with their counts, no persona's store opened. At most `limit`. */
export const directory$ = ({ show, sort }: DirectoryFilter, limit = 2000) =>
  queryDb(
    {
      query: `${entry} where ${shown[show]} order by ${order[sort]}, d.personaId limit ${limit}`,
      schema: Schema.Array(DirectoryEntry),
      queriedTables,
    },
    { label: 'workspace.directory', deps: [show, sort, limit] },
  )

export const directoryEntry$ = (personaId: string) =>
  queryDb(
    {
      query: `${entry} where d.personaId = ?`,
      schema: Schema.Array(DirectoryEntry),
      bindValues: [personaId],
      queriedTables,
    },
    { label: 'workspace.directoryEntry', deps: [personaId], map: (rows) => rows[0] ?? null },
  )

export const workspace$ = queryDb(workspaceTables.workspaces.first({ behaviour: 'fallback', fallback: () => null }), {
  label: 'workspace.one',
})

export const devices$ = queryDb(workspaceTables.devices.orderBy('lastSeenAt', 'desc').limit(100), {
  label: 'workspace.devices',
})

export const imports$ = queryDb(workspaceTables.imports.orderBy('startedAt', 'desc').limit(100), {
  label: 'workspace.imports',
})

export const importById$ = (importId: string) =>
  queryDb(workspaceTables.imports.where({ importId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'workspace.import',
    deps: [importId],
  })

export const placements$ = queryDb(workspaceTables.placements.orderBy('personaId', 'asc').limit(2000), {
  label: 'workspace.placements',
})

export const totals$ = queryDb(
  {
    query: `select count(*) as personas, coalesce(sum(s.memories), 0) as memories,
              coalesce(sum(s.conversations), 0) as conversations, coalesce(sum(s.messages), 0) as messages
            from directory d left join summaries s on s.personaId = d.personaId where d.unlistedAt is null`,
    schema: Schema.Array(
      Schema.Struct({
        personas: Schema.Number,
        memories: Schema.Number,
        conversations: Schema.Number,
        messages: Schema.Number,
      }),
    ),
    queriedTables,
  },
  {
    label: 'workspace.totals',
    map: (rows) => rows[0] ?? { personas: 0, memories: 0, conversations: 0, messages: 0 },
  },
)

/** Activity a day over the whole workspace, `from` and `to` inclusive UTC days. */
export const activity$ = (from: string, to: string) =>
  queryDb(
    {
      query: `select day, sum(messages) as messages, sum(memories) as memories from activityDays
              where day between ? and ? group by day order by day`,
      schema: Schema.Array(Schema.Struct({ day: Schema.String, messages: Schema.Number, memories: Schema.Number })),
      bindValues: [from, to],
      queriedTables: new Set(['activityDays']),
    },
    { label: 'workspace.activity', deps: [from, to] },
  )

export const preference$ = (key: string) =>
  queryDb(workspaceTables.preferences.where({ key }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'workspace.preference',
    deps: [key],
    map: (row) => row?.value,
  })
