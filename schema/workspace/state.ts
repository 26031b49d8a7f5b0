import { Schema, State } from '@livestore/livestore'
import { noteErased } from '#schema/shared/erasures.ts'
import { key, number, rowsAsJson, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { ImportCounts, type PictureSummary, workspaceEvents } from './events.ts'

const workspaces = State.SQLite.table({
  name: 'workspaces',
  columns: { workspaceId: key(), name: State.SQLite.text(), createdAt: time() },
})

/** The directory of shards: every persona of the owner, open on this device or not. */
const directory = State.SQLite.table({
  name: 'directory',
  columns: {
    personaId: key(),
    name: State.SQLite.text(),
    hue: number(),
    avatar: State.SQLite.text({ nullable: true }),
    archivedAt: timeOrNull(),
    listedAt: time(),
    listedByDeviceId: State.SQLite.text(),
    unlistedAt: timeOrNull(),
  },
})

const placements = State.SQLite.table({
  name: 'placements',
  columns: {
    personaId: key(),
    cell: State.SQLite.text(),
    epoch: number(),
    status: State.SQLite.text({ schema: Schema.Literal('active', 'migrating', 'readOnly', 'draining') }),
    placedAt: time(),
  },
})

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

const devices = State.SQLite.table({
  name: 'devices',
  columns: {
    deviceId: key(),
    browser: State.SQLite.text(),
    platform: State.SQLite.text(),
    firstSeenAt: time(),
    lastSeenAt: time(),
  },
})

const imports = State.SQLite.table({
  name: 'imports',
  columns: {
    importId: key(),
    format: State.SQLite.text(),
    fileName: State.SQLite.text(),
    personaIds: State.SQLite.json({ schema: Schema.Array(Schema.String) }),
    createdPersonaIds: State.SQLite.json({ schema: Schema.Array(Schema.String) }),
    startedAt: time(),
    counts: State.SQLite.json({ nullable: true, schema: ImportCounts }),
    finishedAt: timeOrNull(),
    withdrawnAt: timeOrNull(),
  },
})

/** The links this workspace gave away. Whether they still open, the server knows. */
const shares = State.SQLite.table({
  name: 'shares',
  columns: {
    shareId: key(),
    personaId: State.SQLite.text(),
    label: State.SQLite.text(),
    token: State.SQLite.text(),
    linkKey: State.SQLite.text(),
    madeAt: time(),
  },
  indexes: [{ name: 'shares_by_persona', columns: ['personaId', 'madeAt'] }],
})

/** By which links other people's personas came here. */
const receivedShares = State.SQLite.table({
  name: 'receivedShares',
  columns: {
    shareId: key(),
    personaId: State.SQLite.text(),
    token: State.SQLite.text(),
    linkKey: State.SQLite.text(),
    role: State.SQLite.text(),
    receivedAt: time(),
  },
  indexes: [{ name: 'receivedShares_by_persona', columns: ['personaId', 'receivedAt'] }],
})

/** When the owner's secret changed, and on which device. */
const secretChanges = State.SQLite.table({
  name: 'secretChanges',
  columns: { era: State.SQLite.real({ primaryKey: true }), changedAt: time(), deviceId: State.SQLite.text() },
})

const preferences = State.SQLite.table({
  name: 'preferences',
  columns: { key: key(), value: State.SQLite.json({ schema: Schema.JsonValue }) },
})

export const workspaceTables = {
  workspaces,
  directory,
  placements,
  summaries,
  activityDays,
  newestPictures,
  devices,
  imports,
  shares,
  receivedShares,
  secretChanges,
  preferences,
}

const isNotErased = '$personaId not in (select id from erasedIds)'

/** Total and idempotent. A summary counts only when it knows at least as much of the persona's log as the last one. */
export const workspaceMaterializers = State.SQLite.materializers(workspaceEvents, {
  'v1.WorkspaceCreated': ({ workspaceId, name, createdAt }) =>
    workspaces.insert({ workspaceId, name, createdAt }).onConflict('workspaceId', 'ignore'),
  'v1.WorkspaceRenamed': ({ workspaceId, name }) => workspaces.update({ name }).where({ workspaceId }),
  'v1.PersonaListed': ({ personaId, name, hue, avatar, listedAt, deviceId }) =>
    write(
      `insert or ignore into directory (personaId, name, hue, avatar, listedAt, listedByDeviceId)
       select $personaId, $name, $hue, $avatar, $listedAt, $deviceId where ${isNotErased}`,
      { personaId, name, hue, avatar, listedAt: listedAt.getTime(), deviceId },
      'directory',
    ),
  'v1.PersonaUnlisted': ({ personaId, unlistedAt }) => directory.update({ unlistedAt }).where({ personaId }),
  'v1.PersonaRelisted': ({ personaId }) => directory.update({ unlistedAt: null }).where({ personaId }),
  'v1.PersonasErased': ({ personaIds, ...erasure }) => [
    ...['directory', 'placements', 'summaries', 'activityDays', 'newestPictures', 'anchors', 'snapshots'].map((table) =>
      write(
        `delete from ${table} where personaId in (select value from json_each($personaIds))`,
        { personaIds: rowsAsJson(personaIds) },
        table,
      ),
    ),
    ...noteErased('personas', personaIds, erasure),
  ],
  'v1.PersonaPlaced': ({ personaId, cell, epoch, status, placedAt }) =>
    write(
      `insert into placements (personaId, cell, epoch, status, placedAt)
       select $personaId, $cell, $epoch, $status, $placedAt where ${isNotErased}
       on conflict (personaId) do update set
         cell = excluded.cell, epoch = excluded.epoch, status = excluded.status, placedAt = excluded.placedAt
       where excluded.epoch >= epoch`,
      { personaId, cell, epoch, status, placedAt: placedAt.getTime() },
      'placements',
    ),
  'v1.PersonaSummarized': (s) => [
    // The summary row goes last: the statements before it ask whether they are older than it.
    write(
      `update directory set name = $name, hue = $hue, avatar = $avatar, archivedAt = $archivedAt
       where personaId = $personaId
         and not exists (select 1 from summaries where personaId = $personaId and head > $head)`,
      {
        personaId: s.personaId,
        head: s.head,
        name: s.name,
        hue: s.hue,
        avatar: s.avatar,
        archivedAt: s.archivedAt?.getTime() ?? null,
      },
      'directory',
    ),
    ...['activityDays', 'newestPictures'].map((table) =>
      write(
        `delete from ${table} where personaId = $personaId
           and not exists (select 1 from summaries where personaId = $personaId and head > $head)`,
        { personaId: s.personaId, head: s.head },
        table,
      ),
    ),
    write(
      `insert or ignore into newestPictures (personaId, attachmentId, addedAt)
       select $personaId, value ->> 'attachmentId', value ->> 'addedAt' from json_each($newest)
       where ${isNotErased} and not exists (select 1 from summaries where personaId = $personaId and head > $head)`,
      { personaId: s.personaId, head: s.head, newest: rowsAsJson(newestOf(s.pictures)) },
      'newestPictures',
    ),
    write(
      `insert or ignore into activityDays (personaId, day, messages, memories)
       select $personaId, value ->> 'day', value ->> 'messages', value ->> 'memories' from json_each($activity)
       where ${isNotErased} and not exists (select 1 from summaries where personaId = $personaId and head > $head)`,
      { personaId: s.personaId, head: s.head, activity: rowsAsJson(s.activity) },
      'activityDays',
    ),
    write(
      `insert into summaries (personaId, head, memories, conversations, messages, lastActivityAt, erasures, pictures,
         summarizedAt)
       select $personaId, $head, $memories, $conversations, $messages, $lastActivityAt, $erasures, $pictures,
         $summarizedAt
       where ${isNotErased}
       on conflict (personaId) do update set
         head = excluded.head, memories = excluded.memories, conversations = excluded.conversations,
         messages = excluded.messages, lastActivityAt = excluded.lastActivityAt, erasures = excluded.erasures,
         pictures = excluded.pictures, summarizedAt = excluded.summarizedAt
       where excluded.head >= head`,
      {
        personaId: s.personaId,
        head: s.head,
        memories: s.memories,
        conversations: s.conversations,
        messages: s.messages,
        lastActivityAt: s.lastActivityAt?.getTime() ?? null,
        erasures: s.erasures ?? 0,
        pictures: s.pictures?.count ?? 0,
        summarizedAt: s.summarizedAt.getTime(),
      },
      'summaries',
    ),
  ],
  'v1.DeviceSeen': ({ deviceId, browser, platform, seenAt }) =>
    write(
      `insert into devices (deviceId, browser, platform, firstSeenAt, lastSeenAt)
       values ($deviceId, $browser, $platform, $seenAt, $seenAt)
       on conflict (deviceId) do update set
         browser = excluded.browser, platform = excluded.platform,
         firstSeenAt = min(firstSeenAt, excluded.firstSeenAt), lastSeenAt = max(lastSeenAt, excluded.lastSeenAt)`,
      { deviceId, browser, platform, seenAt: seenAt.getTime() },
      'devices',
    ),
  // The same file brought in again after it was withdrawn is the same import, under way again.
  'v1.ImportStarted': ({ actorId: _actor, deviceId: _device, ...started }) =>
    imports.insert(started).onConflict('importId', 'update', {
      startedAt: started.startedAt,
      counts: null,
      finishedAt: null,
      withdrawnAt: null,
    }),
  'v1.ImportFinished': ({ importId, counts, finishedAt }) => imports.update({ counts, finishedAt }).where({ importId }),
  'v1.ImportWithdrawn': ({ importId, withdrawnAt }) => imports.update({ withdrawnAt }).where({ importId }),
  'v1.ShareMade': ({ actorId: _actor, deviceId: _device, ...made }) =>
    shares.insert(made).onConflict('shareId', 'ignore'),
  'v1.SharedPersonaReceived': ({ shareId, personaId, token, linkKey, name, hue, role, receivedAt, deviceId }) => [
    directory
      .insert({ personaId, name, hue, avatar: null, listedAt: receivedAt, listedByDeviceId: deviceId })
      .onConflict('personaId', 'update', { unlistedAt: null }),
    receivedShares
      .insert({ shareId, personaId, token, linkKey, role, receivedAt })
      .onConflict('shareId', 'update', { role, receivedAt }),
  ],
  'v1.OwnerSecretChanged': ({ era, changedAt, deviceId }) =>
    secretChanges.insert({ era, changedAt, deviceId }).onConflict('era', 'ignore'),
  'v1.PreferenceChosen': ({ key, value }) => preferences.insert({ key, value }).onConflict('key', 'replace'),
})

const newestOf = (pictures: PictureSummary | undefined) =>
  (pictures?.newest ?? []).map(({ attachmentId, addedAt }) => ({ attachmentId, addedAt: addedAt.getTime() }))
