import { Option, Schema } from 'effect'

/**
 * The audits that were opened on this device. Nothing of the persona comes with one, so there is no store to keep: only the
 * link, which opens what the server keeps for it, and how far the log was verified here, for the next time.
 */
const KeptAudit = Schema.Struct({
  personaId: Schema.String,
  token: Schema.String,
  linkKey: Schema.String,
  name: Schema.String,
  hue: Schema.Number,
  seen: Schema.NullOr(Schema.Struct({ logId: Schema.String, seq: Schema.Int, hash: Schema.String })),
})
export type KeptAudit = typeof KeptAudit.Type

export const keepAudit = (audit: KeptAudit): void => localStorage.setItem(keyOf(audit.personaId), JSON.stringify(audit))

export const keptAudit = (personaId: string): KeptAudit | undefined =>
  Option.getOrUndefined(decode(localStorage.getItem(keyOf(personaId))))

export const keptAudits = (): readonly KeptAudit[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => Option.toArray(decode(localStorage.getItem(key))))
    .toSorted((a, b) => a.name.localeCompare(b.name))

export const forgetAudit = (personaId: string): void => localStorage.removeItem(keyOf(personaId))

const prefix = 'pjai.audit.'
const keyOf = (personaId: string) => prefix + personaId
const decode = Schema.decodeUnknownOption(Schema.parseJson(KeptAudit))
