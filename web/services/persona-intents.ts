import { Schema } from 'effect'
import { PlannedDraft } from '#schema/imports/plan.ts'

/**
 * What a new persona is to become, remembered on this device until its own store says so: a crash between the two
 * stores then loses nothing.
 */
const PersonaIntent = Schema.Struct({
  draft: PlannedDraft,
  /** The persona whose memories it starts with. */
  memoriesFrom: Schema.NullOr(Schema.String),
})
export type PersonaIntent = typeof PersonaIntent.Type

const prefix = 'pjai.personaIntent.'

const keyOf = (personaId: string) => prefix + personaId

const decode = Schema.decodeUnknownOption(Schema.parseJson(PersonaIntent))

export const rememberIntent = (personaId: string, intent: PersonaIntent) =>
  localStorage.setItem(keyOf(personaId), JSON.stringify(intent))

export const intentOf = (personaId: string): PersonaIntent | undefined => {
  const found = decode(localStorage.getItem(keyOf(personaId)))
  return found._tag === 'Some' ? found.value : undefined
}

/** The personas that are listed, but not yet all that they are to become. */
export const intendedPersonaIds = (): readonly string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))

export const forgetIntent = (personaId: string) => localStorage.removeItem(keyOf(personaId))
