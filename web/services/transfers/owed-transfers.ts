import { Option, Schema } from 'effect'

const way = { transferId: Schema.String, toPersonaId: Schema.String }
const OwedMemories = Schema.Struct({ ...way, memoryIds: Schema.Array(Schema.String) })
const OwedConversation = Schema.Struct({ ...way, conversationId: Schema.String })

/** A transfer that is under way, beside every log: a killed tab leaves it behind, and the next opening finishes it. */
const Owed = Schema.Union(OwedMemories, OwedConversation)
export type Owed = typeof Owed.Type
export type OwedMemories = typeof OwedMemories.Type
export type OwedConversation = typeof OwedConversation.Type

const decode = Schema.decodeUnknownOption(Schema.parseJson(Owed))

export const owedTransfers = (personaId: string): readonly Owed[] => entriesOf(personaId).map(([, owed]) => owed)

export const isOwed = (personaId: string, { transferId }: Owed): boolean =>
  owedTransfers(personaId).some((owed) => owed.transferId === transferId)

export const oweTransfer = (personaId: string, owed: Owed): void =>
  localStorage.setItem(`${placeOf(personaId)}.${owed.transferId}`, JSON.stringify(owed))

export const forgiveTransfer = (personaId: string, { transferId }: Owed): void => {
  for (const [key, owed] of entriesOf(personaId)) if (owed.transferId === transferId) localStorage.removeItem(key)
}

const placeOf = (personaId: string) => `pjai.transfer.${personaId}`

/** Before there could be several, the only one stood at the place itself. */
const entriesOf = (personaId: string) =>
  Object.keys(localStorage)
    .filter((key) => key === placeOf(personaId) || key.startsWith(`${placeOf(personaId)}.`))
    .flatMap((key) =>
      Option.match(decode(localStorage.getItem(key)), { onNone: () => [], onSome: (owed) => [[key, owed] as const] }),
    )
