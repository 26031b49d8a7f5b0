import { queryDb, Schema } from '@livestore/livestore'
import { ActivityDay } from './events.ts'
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
  erasures: Schema.Number,
  pictures: Schema.Number,
  latestPictureId: Schema.NullOr(Schema.String),
  /** What another person let us do with it when it came; null for our own. */
  sharedRole: Schema.NullOr(Schema.String),
})
export type DirectoryEntry = typeof DirectoryEntry.Type

const entry = `select d.personaId, d.name, d.hue, d.avatar, d.archivedAt, d.listedAt, d.listedByDeviceId, d.unlistedAt,
  coalesce(s.head, 0) as head, coalesce(s.memories, 0) as memories, coalesce(s.conversations, 0) as conversations,
  coalesce(s.messages, 0) as messages, coalesce(s.erasures, 0) as erasures,
  coalesce(s.pictures, 0) as pictures,
  (select attachmentId from newestPictures p where p.personaId = d.personaId order by p.addedAt desc, attachmentId desc limit 1)
    as latestPictureId,
  coalesce(s.lastActivityAt, d.listedAt) as lastActivityAt,
  (select role from receivedShares r where r.personaId = d.personaId order by r.receivedAt desc limit 1) as sharedRole
  from directory d left join summaries s on s.personaId = d.personaId`

const queriedTables = new Set(['directory', 'summaries', 'receivedShares', 'newestPictures'])

export interface DirectoryFilter {
  readonly show: 'active' | 'archived' | 'removed'
  readonly sort: 'name' | 'recent' | 'created' | 'memories' | 'messages'
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
  messages: 'messages desc',
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

/** Those of the given personas that are active, by name. */
export const directoryOf$ = (personaIds: readonly string[]) =>
  queryDb(
    {
      query: `${entry} where ${shown.active} and d.personaId in (select value from json_each(?)) order by ${order.name}`,
      schema: Schema.Array(DirectoryEntry),
      bindValues: [JSON.stringify(personaIds)],
      queriedTables,
    },
    { label: 'workspace.directoryOf', deps: [...personaIds] },
  )

/** Where something was erased: how often, by the last summary. Archived and removed personas too. */
export const erasuresByPersona$ = queryDb(
  {
    query: 'select personaId, erasures from summaries where erasures > 0 order by personaId',
    schema: Schema.Array(Schema.Struct({ personaId: Schema.String, erasures: Schema.Number })),
    queriedTables: new Set(['summaries']),
  },
  { label: 'workspace.erasuresByPersona' },
)

export const directoryCounts$ = queryDb(
  {
    query: `select count(*) filter (where ${shown.active}) as active, count(*) filter (where ${shown.archived}) as archived,
              count(*) filter (where ${shown.removed}) as removed from directory d`,
    schema: Schema.Array(Schema.Struct({ active: Schema.Number, archived: Schema.Number, removed: Schema.Number })),
    queriedTables: new Set(['directory']),
  },
  { label: 'workspace.directoryCounts', map: (rows) => rows[0] ?? { active: 0, archived: 0, removed: 0 } },
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

/** The latest import of a file of this name into one of these personas that neither finished nor was taken back. */
export const importToContinue$ = (fileName: string, personaIds: readonly string[]) =>
  queryDb(
    {
      query: `select importId from imports where fileName = ? and finishedAt is null and withdrawnAt is null
                and exists (select 1 from json_each(personaIds) where value in (select value from json_each(?)))
              order by startedAt desc limit 1`,
      schema: Schema.Array(Schema.Struct({ importId: Schema.String })),
      bindValues: [fileName, JSON.stringify(personaIds)],
      queriedTables: new Set(['imports']),
    },
    {
      label: 'workspace.importToContinue',
      deps: [fileName, ...personaIds],
      map: (rows) => rows[0] ?? null,
    },
  )

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
              where day between ? and ?
                and personaId not in (select personaId from directory where unlistedAt is not null)
              group by day order by day`,
      schema: Schema.Array(Schema.Struct({ day: Schema.String, messages: Schema.Number, memories: Schema.Number })),
      bindValues: [from, to],
      queriedTables: new Set(['activityDays', 'directory']),
    },
    { label: 'workspace.activity', deps: [from, to] },
  )

/** The years in which anything was said or learnt, newest first, each with its last such day. */
export const activityYears$ = queryDb(
  {
    query: `select substr(day, 1, 4) as year, max(day) as lastDay from activityDays
            where personaId not in (select personaId from directory where unlistedAt is not null)
            group by year order by year desc limit 50`,
    schema: Schema.Array(Schema.Struct({ year: Schema.String, lastDay: Schema.String })),
    queriedTables: new Set(['activityDays', 'directory']),
  },
  { label: 'workspace.activityYears' },
)

/** Activity a day of one persona as the workspace knows it, newest day first. */
export const activityOf$ = (personaId: string) =>
  queryDb(
    {
      query: 'select day, messages, memories from activityDays where personaId = ? order by day desc limit 400',
      schema: Schema.Array(ActivityDay),
      bindValues: [personaId],
      queriedTables: new Set(['activityDays']),
    },
    { label: 'workspace.activityOf', deps: [personaId] },
  )

export const preference$ = (key: string) =>
  queryDb(workspaceTables.preferences.where({ key }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'workspace.preference',
    deps: [key],
    map: (row) => row?.value,
  })

/** How long the log of a persona was when it was last summarized; 0 when it never was. */
export const knownHead$ = (personaId: string) =>
  queryDb(workspaceTables.summaries.where({ personaId }).first({ behaviour: 'undefined' }), {
    label: 'workspace.knownHead',
    deps: [personaId],
    map: (row) => row?.head ?? 0,
  })

/** The personas that are this workspace's own, archived and removed ones too. */
export const ownPersonaIds$ = queryDb(
  {
    query: `select personaId from directory where personaId not in (select personaId from receivedShares) order by personaId`,
    schema: Schema.Array(Schema.Struct({ personaId: Schema.String })),
    queriedTables: new Set(['directory', 'receivedShares']),
  },
  { label: 'workspace.ownPersonaIds', map: (rows) => rows.map(({ personaId }) => personaId) },
)

/** When the owner's secret last changed; null while it is the first. */
export const lastSecretChange$ = queryDb(
  workspaceTables.secretChanges.orderBy('era', 'desc').first({ behaviour: 'undefined' }),
  {
    label: 'workspace.lastSecretChange',
  },
)
