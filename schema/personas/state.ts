import { Schema, State } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { key, number, time, timeOrNull } from '#schema/shared/tables.ts'
import { CustomTrait, personaEvents, Traits } from './events.ts'

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

export const personaTables = { personas }

/** Total and idempotent: an event given twice, or for a persona not here, changes nothing more. */
export const personaMaterializers = State.SQLite.materializers(personaEvents, {
  'v1.PersonaCreated': ({ actorId: _actor, deviceId: _device, origin, ...persona }) =>
    personas.insert({ ...persona, origin: origin ?? null, archivedAt: null }).onConflict('personaId', 'ignore'),
  'v1.PersonaRenamed': ({ personaId, name }) => personas.update({ name }).where({ personaId }),
  'v1.PersonaCharacterRevised': ({ personaId, personality, tone, traits, customTraits }) =>
    personas.update({ personality, tone, traits, customTraits }).where({ personaId }),
  'v1.PersonaInstructed': ({ personaId, systemPrompt }) => personas.update({ systemPrompt }).where({ personaId }),
  'v1.PersonaPortrayed': ({ personaId, hue, avatar }) => personas.update({ hue, avatar }).where({ personaId }),
  'v1.PersonaArchived': ({ personaId, archivedAt }) => personas.update({ archivedAt }).where({ personaId }),
  'v1.PersonaRestored': ({ personaId }) => personas.update({ archivedAt: null }).where({ personaId }),
})
