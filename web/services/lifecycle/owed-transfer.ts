import { Option, Schema } from 'effect'

/** A transfer that is under way, beside every log: a killed tab leaves it behind, and the next opening finishes it. */
const Owed = Schema.Struct({
  transferId: Schema.String,
  toPersonaId: Schema.String,
  memoryIds: Schema.Array(Schema.String),
})
export type Owed = typeof Owed.Type

const decode = Schema.decodeUnknownOption(Schema.parseJson(Owed))

const keyOf = (personaId: string) => `pjai.transfer.${personaId}`

export const owedTransfer = (personaId: string): Owed | undefined =>
  Option.getOrUndefined(decode(localStorage.getItem(keyOf(personaId))))

export const oweTransfer = (personaId: string, owed: Owed): void =>
  localStorage.setItem(keyOf(personaId), JSON.stringify(owed))

export const forgiveTransfer = (personaId: string): void => localStorage.removeItem(keyOf(personaId))
