import { Events, Schema } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { stamped } from '#schema/shared/stamp.ts'

/** Big Five, each 0–100. */
export const Traits = Schema.Struct({
  openness: Schema.Finite,
  conscientiousness: Schema.Finite,
  extraversion: Schema.Finite,
  agreeableness: Schema.Finite,
  neuroticism: Schema.Finite,
})
export type Traits = typeof Traits.Type

export const CustomTrait = Schema.Struct({ name: Schema.String, value: Schema.Finite })
export type CustomTrait = typeof CustomTrait.Type

const character = {
  personality: Schema.String,
  tone: Schema.String,
  traits: Traits,
  customTraits: Schema.Array(CustomTrait),
}

/** `hue` in degrees, 0–359; `avatar` a small `data:` image or null for initials. */
const portrait = { hue: Schema.Finite, avatar: Schema.NullOr(Schema.String) }

const personaId = Schema.String

export const personaEvents = {
  personaCreated: Events.synced({
    name: 'v1.PersonaCreated',
    schema: Schema.Struct({
      personaId,
      name: Schema.String,
      ...character,
      systemPrompt: Schema.String,
      ...portrait,
      origin: Schema.optional(Origin),
      createdAt: Schema.Date,
      ...stamped,
    }),
  }),
  personaRenamed: Events.synced({
    name: 'v1.PersonaRenamed',
    schema: Schema.Struct({ personaId, name: Schema.String, renamedAt: Schema.Date, ...stamped }),
  }),
  personaCharacterRevised: Events.synced({
    name: 'v1.PersonaCharacterRevised',
    schema: Schema.Struct({ personaId, ...character, revisedAt: Schema.Date, ...stamped }),
  }),
  personaInstructed: Events.synced({
    name: 'v1.PersonaInstructed',
    schema: Schema.Struct({ personaId, systemPrompt: Schema.String, instructedAt: Schema.Date, ...stamped }),
  }),
  personaPortrayed: Events.synced({
    name: 'v1.PersonaPortrayed',
    schema: Schema.Struct({ personaId, ...portrait, portrayedAt: Schema.Date, ...stamped }),
  }),
  personaArchived: Events.synced({
    name: 'v1.PersonaArchived',
    schema: Schema.Struct({ personaId, archivedAt: Schema.Date, ...stamped }),
  }),
  personaRestored: Events.synced({
    name: 'v1.PersonaRestored',
    schema: Schema.Struct({ personaId, restoredAt: Schema.Date, ...stamped }),
  }),
}
