import { Events, Schema } from '@livestore/livestore'
import { stamped } from '#schema/shared/stamp.ts'

const personaId = Schema.String

export const ActivityDay = Schema.Struct({
  /** UTC day, `2026-03-01`. */
  day: Schema.String,
  messages: Schema.Finite,
  memories: Schema.Finite,
})
export type ActivityDay = typeof ActivityDay.Type

/** What models were asked for a persona on a UTC day: answers that came, and all that was paid for. */
export const UsageDay = Schema.Struct({
  day: Schema.String,
  answers: Schema.Finite,
  promptTokens: Schema.Finite,
  completionTokens: Schema.Finite,
  /** US dollars. */
  cost: Schema.Finite,
})
export type UsageDay = typeof UsageDay.Type

export const ImportCounts = Schema.Struct({
  personas: Schema.Finite,
  conversations: Schema.Finite,
  messages: Schema.Finite,
  memories: Schema.Finite,
  rejected: Schema.Finite,
})
export type ImportCounts = typeof ImportCounts.Type

/** Of the pictures a persona has: how many, and the newest of them by their ids alone. What they are stands in its own log. */
export const PictureSummary = Schema.Struct({
  count: Schema.Finite,
  newest: Schema.Array(Schema.Struct({ attachmentId: Schema.String, addedAt: Schema.Date })),
})
export type PictureSummary = typeof PictureSummary.Type

export const workspaceEvents = {
  workspaceCreated: Events.synced({
    name: 'v1.WorkspaceCreated',
    schema: Schema.Struct({ workspaceId: Schema.String, name: Schema.String, createdAt: Schema.Date, ...stamped }),
  }),
  workspaceRenamed: Events.synced({
    name: 'v1.WorkspaceRenamed',
    schema: Schema.Struct({ workspaceId: Schema.String, name: Schema.String, renamedAt: Schema.Date, ...stamped }),
  }),
  /** The persona has a place in the lists from now on; who it is stands in its own store. */
  personaListed: Events.synced({
    name: 'v1.PersonaListed',
    schema: Schema.Struct({
      personaId,
      name: Schema.String,
      hue: Schema.Finite,
      avatar: Schema.NullOr(Schema.String),
      listedAt: Schema.Date,
      ...stamped,
    }),
  }),
  personaUnlisted: Events.synced({
    name: 'v1.PersonaUnlisted',
    schema: Schema.Struct({ personaId, unlistedAt: Schema.Date, ...stamped }),
  }),
  personaRelisted: Events.synced({
    name: 'v1.PersonaRelisted',
    schema: Schema.Struct({ personaId, relistedAt: Schema.Date, ...stamped }),
  }),
  /** For good. Named in the plural so that the event is about the workspace, whose key stays, not about the personas. */
  personasErased: Events.synced({
    name: 'v1.PersonasErased',
    schema: Schema.Struct({
      personaIds: Schema.Array(Schema.String),
      erasureId: Schema.String,
      erasedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** Where the persona's log lives. A move is one more of these, with the next epoch. */
  personaPlaced: Events.synced({
    name: 'v1.PersonaPlaced',
    schema: Schema.Struct({
      personaId,
      cell: Schema.String,
      epoch: Schema.Finite,
      status: Schema.Literal('active', 'migrating', 'readOnly', 'draining'),
      placedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** What lists and dashboards know of a persona without opening it, as of `head` events of its log. May be repeated. */
  personaSummarized: Events.synced({
    name: 'v1.PersonaSummarized',
    schema: Schema.Struct({
      personaId,
      head: Schema.Finite,
      name: Schema.String,
      hue: Schema.Finite,
      avatar: Schema.NullOr(Schema.String),
      archivedAt: Schema.NullOr(Schema.Date),
      memories: Schema.Finite,
      conversations: Schema.Finite,
      messages: Schema.Finite,
      lastActivityAt: Schema.NullOr(Schema.Date),
      activity: Schema.Array(ActivityDay),
      /** How often something was erased, keys and all: whoever has the shard and knows of fewer has something to purge. */
      erasures: Schema.optional(Schema.Finite),
      pictures: Schema.optional(PictureSummary),
      usage: Schema.optional(Schema.Array(UsageDay)),
      summarizedAt: Schema.Date,
      ...stamped,
    }),
  }),
  deviceSeen: Events.synced({
    name: 'v1.DeviceSeen',
    schema: Schema.Struct({
      browser: Schema.String,
      platform: Schema.String,
      seenAt: Schema.Date,
      ...stamped,
    }),
  }),
  importStarted: Events.synced({
    name: 'v1.ImportStarted',
    schema: Schema.Struct({
      importId: Schema.String,
      format: Schema.String,
      fileName: Schema.String,
      personaIds: Schema.Array(Schema.String),
      /** Of those, the ones that this import made. */
      createdPersonaIds: Schema.Array(Schema.String),
      startedAt: Schema.Date,
      ...stamped,
    }),
  }),
  importFinished: Events.synced({
    name: 'v1.ImportFinished',
    schema: Schema.Struct({ importId: Schema.String, counts: ImportCounts, finishedAt: Schema.Date, ...stamped }),
  }),
  importWithdrawn: Events.synced({
    name: 'v1.ImportWithdrawn',
    schema: Schema.Struct({ importId: Schema.String, withdrawnAt: Schema.Date, ...stamped }),
  }),
  /** A link to a persona was made. It is kept so that it can be shown again: who reads this log may read the persona. */
  shareMade: Events.synced({
    name: 'v1.ShareMade',
    schema: Schema.Struct({
      shareId: Schema.String,
      personaId,
      /** For whom it is, in the words of who made it. */
      label: Schema.String,
      token: Schema.String,
      linkKey: Schema.String,
      madeAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** Another person's persona has a place in the lists from now on. What its name and look are until its log arrives. */
  sharedPersonaReceived: Events.synced({
    name: 'v1.SharedPersonaReceived',
    schema: Schema.Struct({
      shareId: Schema.String,
      personaId,
      token: Schema.String,
      linkKey: Schema.String,
      name: Schema.String,
      hue: Schema.Finite,
      role: Schema.String,
      receivedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** From now on a device that was signed out holds an old secret. The secrets themselves are never in a log. */
  ownerSecretChanged: Events.synced({
    name: 'v1.OwnerSecretChanged',
    schema: Schema.Struct({ workspaceId: Schema.String, era: Schema.Finite, changedAt: Schema.Date, ...stamped }),
  }),
  preferenceChosen: Events.synced({
    name: 'v1.PreferenceChosen',
    schema: Schema.Struct({ key: Schema.String, value: Schema.JsonValue, chosenAt: Schema.Date, ...stamped }),
  }),
}
