import { Schema, State } from '@livestore/livestore'
import { noteErased } from '#schema/shared/erasures.ts'
import { deleteRows, key, number, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { ImportCounts, workspaceEvents } from './events.ts'
import { ofPersonas } from './own-tables.ts'
import { summarize, summaryTables } from './summary-state.ts'

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
  ...summaryTables,
  devices,
  imports,
  shares,
  receivedShares,
  secretChanges,
  preferences,
}

const isNotErased = '$personaId not in (select id from erasedIds)'

/** Total and idempotent. */
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
    ...ofPersonas.map((table) => deleteRows(table, 'personaId', personaIds)),
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
  'v1.PersonaSummarized': summarize,
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
