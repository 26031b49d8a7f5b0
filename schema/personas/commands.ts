import { Data } from 'effect'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { characterCount } from '#schema/shared/text.ts'
import { type CustomTrait, personaEvents, type Traits } from './events.ts'
import type { Persona } from './state.ts'

/** What a person writes about a persona. `traits` 0–100, `hue` in degrees from 0 to under 360. */
export interface PersonaDraft {
  readonly name: string
  readonly personality: string
  readonly tone: string
  readonly traits: Traits
  readonly customTraits: readonly CustomTrait[]
  readonly systemPrompt: string
  readonly hue: number
  readonly avatar: string | null
}

export const createPersona = (
  personaId: string,
  draft: PersonaDraft,
  stamp: Stamp,
  origin?: (typeof personaEvents.personaCreated.schema.Type)['origin'],
) => {
  const refusal = refusalOf(draft)
  if (refusal !== undefined) return refusal
  return personaEvents.personaCreated({
    personaId,
    ...draft,
    name: draft.name.trim(),
    ...(origin === undefined ? {} : { origin }),
    createdAt: stamp.at,
    ...signature(stamp),
  })
}

/** One event for each side of the persona that really changed, so that two devices changing different sides both win. */
export const revisePersona = (persona: Persona | null, draft: PersonaDraft, stamp: Stamp) => {
  if (persona === null) return new PersonaNotFound()
  const refusal = refusalOf(draft)
  if (refusal !== undefined) return refusal
  const { personaId } = persona
  const { personality, tone, traits, customTraits, systemPrompt, hue, avatar } = draft
  const name = draft.name.trim()
  const by = signature(stamp)
  return [
    ...(name !== persona.name ? [personaEvents.personaRenamed({ personaId, name, renamedAt: stamp.at, ...by })] : []),
    ...(characterOf(draft) !== characterOf(persona)
      ? [
          personaEvents.personaCharacterRevised({
            personaId,
            personality,
            tone,
            traits,
            customTraits,
            revisedAt: stamp.at,
            ...by,
          }),
        ]
      : []),
    ...(systemPrompt !== persona.systemPrompt
      ? [personaEvents.personaInstructed({ personaId, systemPrompt, instructedAt: stamp.at, ...by })]
      : []),
    ...(hue !== persona.hue || avatar !== persona.avatar
      ? [personaEvents.personaPortrayed({ personaId, hue, avatar, portrayedAt: stamp.at, ...by })]
      : []),
  ]
}

export const archivePersona = (persona: Persona | null, stamp: Stamp) => {
  if (persona === null) return new PersonaNotFound()
  if (persona.archivedAt !== null) return new PersonaAlreadyArchived({ personaId: persona.personaId })
  return personaEvents.personaArchived({ personaId: persona.personaId, archivedAt: stamp.at, ...signature(stamp) })
}

export const restorePersona = (persona: Persona | null, stamp: Stamp) => {
  if (persona === null) return new PersonaNotFound()
  if (persona.archivedAt === null) return new PersonaNotArchived({ personaId: persona.personaId })
  return personaEvents.personaRestored({ personaId: persona.personaId, restoredAt: stamp.at, ...signature(stamp) })
}

const characterOf = ({ personality, tone, traits, customTraits }: PersonaDraft | Persona) =>
  JSON.stringify([
    personality,
    tone,
    [traits.openness, traits.conscientiousness, traits.extraversion, traits.agreeableness, traits.neuroticism],
    customTraits.map(({ name, value }) => [name, value]),
  ])

/** Unicode letters and marks, digits, spaces, hyphens, apostrophes; 1–100 characters. */
const legalName = /^[\p{L}\p{M}\p{N} \-'’]+$/u

const refusalOf = (draft: PersonaDraft) => {
  const name = draft.name.trim()
  if (name === '' || characterCount(name) > 100 || !legalName.test(name)) return new PersonaNameIllegal({ name })
  if (characterCount(draft.systemPrompt) > 2000) return new SystemPromptTooLong({ limit: 2000 })
  if (characterCount(draft.personality) > 20_000) return new PersonalityTooLong({ limit: 20_000 })
  if (draft.avatar !== null && draft.avatar.length > 64_000) return new AvatarTooLarge({ limit: 64_000 })
  if (!(draft.hue >= 0 && draft.hue < 360)) return new HueOutOfRange()
  const outOfRange = [
    ...Object.entries(draft.traits),
    ...draft.customTraits.map(({ name, value }) => [name, value] as const),
  ].find(([, value]) => !(value >= 0 && value <= 100))
  return outOfRange === undefined ? undefined : new TraitOutOfRange({ trait: outOfRange[0] })
}

export class PersonaNotFound extends Data.TaggedError('PersonaNotFound') {
  override readonly message = 'This persona is not here yet. It may still be arriving from another device.'
}

export class PersonaAlreadyArchived extends Data.TaggedError('PersonaAlreadyArchived')<{ readonly personaId: string }> {
  override readonly message = 'This persona is archived already.'
}

export class PersonaNotArchived extends Data.TaggedError('PersonaNotArchived')<{ readonly personaId: string }> {
  override readonly message = 'This persona is not archived.'
}

export class PersonaNameIllegal extends Data.TaggedError('PersonaNameIllegal')<{ readonly name: string }> {
  override readonly message = 'A name has 1–100 letters, digits, spaces, hyphens or apostrophes.'
}

export class SystemPromptTooLong extends Data.TaggedError('SystemPromptTooLong')<{ readonly limit: number }> {
  override get message() {
    return `A system prompt has at most ${this.limit} characters.`
  }
}

export class PersonalityTooLong extends Data.TaggedError('PersonalityTooLong')<{ readonly limit: number }> {
  override get message() {
    return `A personality has at most ${this.limit} characters.`
  }
}

export class AvatarTooLarge extends Data.TaggedError('AvatarTooLarge')<{ readonly limit: number }> {
  override get message() {
    return `An avatar takes at most ${this.limit / 1000} kB. Choose a smaller picture.`
  }
}

export class HueOutOfRange extends Data.TaggedError('HueOutOfRange') {
  override readonly message = 'A colour goes from 0 to 359 degrees.'
}

export class TraitOutOfRange extends Data.TaggedError('TraitOutOfRange')<{ readonly trait: string }> {
  override get message() {
    return `The trait “${this.trait}” goes from 0 to 100.`
  }
}
