import { Schema, State } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { key, number, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { CustomTrait, Leaves, LookedThroughBy, Proposals, personaEvents, Traits } from './events.ts'

const personas = State.SQLite.table({
  name: 'personas',
  columns: {
    personaId: key(),
    name: State.SQLite.text(),
    personality: State.SQLite.text(),
    tone: State.SQLite.text(),
    traits: State.SQLite.json({ schema: Traits }),
    customTraits: State.SQLite.json({ schema: Schema.Array(CustomTrait) }),
    systemPrompt: State.SQLite.text(),
    hue: number(),
    avatar: State.SQLite.text({ nullable: true }),
    origin: State.SQLite.json({ nullable: true, schema: Origin }),
    createdAt: time(),
    archivedAt: timeOrNull(),
  },
})

export type Persona = typeof personas.Type

/** What was never said is null: its default may change. */
const privacies = State.SQLite.table({
  name: 'privacies',
  columns: {
    personaId: key(),
    leaves: State.SQLite.text({ nullable: true, schema: Leaves }),
    memoriesInPrompts: State.SQLite.boolean({ nullable: true }),
    proposals: State.SQLite.text({ nullable: true, schema: Proposals }),
    lookedThroughBy: State.SQLite.text({ nullable: true, schema: LookedThroughBy }),
  },
})

export interface PrivacySettings {
  readonly leaves: typeof Leaves.Type
  readonly memoriesInPrompts: boolean
  readonly proposals: typeof Proposals.Type
  readonly lookedThroughBy: typeof LookedThroughBy.Type
}

/** One row each time somebody agreed; it stays when it is withdrawn. */
const consents = State.SQLite.table({
  name: 'consents',
  columns: {
    consentId: key(),
    personaId: State.SQLite.text(),
    purpose: State.SQLite.text(),
    version: number(),
    providerName: State.SQLite.text({ nullable: true }),
    givenAt: time(),
    actorId: State.SQLite.text(),
    deviceId: State.SQLite.text(),
    withdrawnAt: timeOrNull(),
    withdrawnByActorId: State.SQLite.text({ nullable: true }),
    withdrawnOnDeviceId: State.SQLite.text({ nullable: true }),
  },
})

export type Consent = typeof consents.Type

export const personaTables = { personas, privacies, consents }

/** Total and idempotent: an event given twice, or for a persona not here, changes nothing more. */
export const personaMaterializers = State.SQLite.materializers(personaEvents, {
  'v1.PersonaCreated': ({ actorId: _actor, deviceId: _device, origin, ...persona }) =>
    personas.insert({ ...persona, origin: origin ?? null, archivedAt: null }).onConflict('personaId', 'ignore'),
  'v1.PersonaRenamed': ({ personaId, name }) => personas.update({ name }).where({ personaId }),
  'v1.PersonaCharacterRevised': ({ personaId, personality, tone, traits, customTraits }) =>
    personas.update({ personality, tone, traits, customTraits }).where({ personaId }),
  'v1.PersonaInstructed': ({ personaId, systemPrompt }) => personas.update({ systemPrompt }).where({ personaId }),
  'v1.PersonaPortrayed': ({ personaId, hue, avatar }) => personas.update({ hue, avatar }).where({ personaId }),
  'v1.PrivacyRevised': ({ personaId, leaves, memoriesInPrompts, proposals, lookedThroughBy }) =>
    write(
      `insert into privacies (personaId, leaves, memoriesInPrompts, proposals, lookedThroughBy)
       values ($personaId, $leaves, $memoriesInPrompts, $proposals, $lookedThroughBy)
       on conflict (personaId) do update set leaves = coalesce(excluded.leaves, leaves),
         memoriesInPrompts = coalesce(excluded.memoriesInPrompts, memoriesInPrompts),
         proposals = coalesce(excluded.proposals, proposals),
         lookedThroughBy = coalesce(excluded.lookedThroughBy, lookedThroughBy)`,
      {
        personaId,
        leaves: leaves ?? null,
        memoriesInPrompts: memoriesInPrompts === undefined ? null : Number(memoriesInPrompts),
        proposals: proposals ?? null,
        lookedThroughBy: lookedThroughBy ?? null,
      },
      'privacies',
    ),
  'v1.ConsentGiven': ({ providerName, ...consent }) =>
    consents
      .insert({
        ...consent,
        providerName: providerName ?? null,
        withdrawnAt: null,
        withdrawnByActorId: null,
        withdrawnOnDeviceId: null,
      })
      .onConflict('consentId', 'ignore'),
  'v1.ConsentWithdrawn': ({ consentId, withdrawnAt, actorId, deviceId }) =>
    consents
      .update({ withdrawnAt, withdrawnByActorId: actorId, withdrawnOnDeviceId: deviceId })
      .where({ consentId, withdrawnAt: null }),
  'v1.PersonaArchived': ({ personaId, archivedAt }) => personas.update({ archivedAt }).where({ personaId }),
  'v1.PersonaRestored': ({ personaId }) => personas.update({ archivedAt: null }).where({ personaId }),
})
