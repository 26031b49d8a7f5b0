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

/** What may go to a model: nothing; what stays on this device and in its network; or to any provider. */
export const Leaves = Schema.Literal('nothing', 'local', 'any')

/** Whether memories are proposed of what is said: never; for the person to decide on; or kept by themselves. */
export const Proposals = Schema.Literal('never', 'ask', 'alone')

/** Who looks through what was said for it: the rules of the app; the persona's model, where it may be asked; or nobody. */
export const LookedThroughBy = Schema.Literal('built-in', 'model', 'nobody')

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
  /** Only what changed. */
  privacyRevised: Events.synced({
    name: 'v1.PrivacyRevised',
    schema: Schema.Struct({
      personaId,
      leaves: Schema.optional(Leaves),
      memoriesInPrompts: Schema.optional(Schema.Boolean),
      proposals: Schema.optional(Proposals),
      lookedThroughBy: Schema.optional(LookedThroughBy),
      revisedAt: Schema.Date,
      ...stamped,
    }),
  }),
  consentGiven: Events.synced({
    name: 'v1.ConsentGiven',
    schema: Schema.Struct({
      consentId: Schema.String,
      personaId,
      purpose: Schema.String,
      /** Of the wording. */
      version: Schema.Finite,
      /** For one provider only. */
      providerName: Schema.optional(Schema.String),
      givenAt: Schema.Date,
      ...stamped,
    }),
  }),
  consentWithdrawn: Events.synced({
    name: 'v1.ConsentWithdrawn',
    schema: Schema.Struct({ consentId: Schema.String, personaId, withdrawnAt: Schema.Date, ...stamped }),
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
