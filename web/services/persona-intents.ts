import { Schema } from 'effect'
import { PlannedDraft, PlannedPrivacy } from '#schema/imports/plan.ts'
import { intentKey } from './intended-personas.ts'

/**
 * What a new persona is to become, remembered on this device until its own store says so: a crash between the two
 * stores then loses nothing.
 */
const PersonaIntent = Schema.Struct({
  draft: PlannedDraft,
  /** The persona whose memories it starts with. */
  memoriesFrom: Schema.NullOr(Schema.String),
  /** As the persona that it is a copy of has it. */
  privacy: Schema.optional(PlannedPrivacy),
})
export type PersonaIntent = typeof PersonaIntent.Type

const decode = Schema.decodeUnknownOption(Schema.parseJson(PersonaIntent))

export const rememberIntent = (personaId: string, intent: PersonaIntent) =>
  localStorage.setItem(intentKey(personaId), JSON.stringify(intent))

export const intentOf = (personaId: string): PersonaIntent | undefined => {
  const found = decode(localStorage.getItem(intentKey(personaId)))
  return found._tag === 'Some' ? found.value : undefined
}

export const forgetIntent = (personaId: string) => localStorage.removeItem(intentKey(personaId))
