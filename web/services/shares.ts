import { Schema } from '@livestore/livestore'
import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import { makeShare, refuseLabel } from '#schema/workspace/share-commands.ts'
import { newLinkKey } from '#sealing/link-cipher.ts'
import { sealShare } from '#sealing/share-link.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { signIn } from '#web/livestore/sign-in.ts'
import { storeSecretsOf } from '#web/livestore/store-secrets.ts'
import { personaStoreId, type WorkspaceStore } from '#web/livestore/stores.ts'
import { witnessOf } from './audit/witness.ts'
import { ask } from './server.ts'

export type ShareRole = typeof ShareRole.Type
const ShareRole = Schema.Literal('viewer', 'editor', 'auditor')

/** A link to a persona, by the server's word. Its name and its key are in this workspace's log alone. */
const Share = Schema.Struct({
  shareId: Schema.String,
  role: ShareRole,
  canShare: Schema.Boolean,
  /** Of an auditor's: it hands over no key. */
  redacted: Schema.Boolean,
  createdAt: Schema.Date,
  expiresAt: Schema.NullOr(Schema.Date),
  maxOpenings: Schema.NullOr(Schema.Number),
  openings: Schema.Number,
  revokedAt: Schema.NullOr(Schema.Date),
})
export type Share = typeof Share.Type

export interface ShareTerms {
  readonly role: ShareRole
  readonly canShare: boolean
  readonly expiresAt: Date | null
}

export interface NewShare extends ShareTerms {
  readonly redacted: boolean
  readonly label: string
  readonly maxOpenings: number | null
}

/** The newest first. */
export const sharesTo = async (personaId: string): Promise<readonly Share[] | Error> => {
  await signIn().catch(() => false)
  const answer = await ask('GET', path(personaId))
  return answer instanceof Error ? answer : decodeShares(answer).shares
}

/** Makes a link, and keeps it in the log of this workspace. Gives its id. */
export const createShare = async (
  workspace: WorkspaceStore,
  { personaId, name, hue }: Pick<DirectoryEntry, 'personaId' | 'name' | 'hue'>,
  { label, canShare, redacted, ...terms }: NewShare,
): Promise<string | Error> => {
  const refusal = refuseLabel(label)
  if (refusal !== undefined) return refusal
  const isAudit = terms.role === 'auditor'
  const isRedacted = isAudit && redacted
  const secrets = isRedacted ? [] : await storeSecretsOf(personaStoreId(personaId))
  if (secrets instanceof Error) return secrets
  const linkKey = newLinkKey()
  const witness = isAudit ? await witnessOf(workspace, personaId) : undefined
  const sealed = await sealShare(linkKey, { storeId: personaStoreId(personaId), name, hue, secrets, witness })
  await signIn().catch(() => false)
  const answer = await ask('POST', path(personaId), {
    ...withoutNulls(terms),
    canShare: canShare && terms.role === 'editor',
    ...(isRedacted ? { redacted: true } : {}),
    sealed,
  })
  if (answer instanceof Error) return answer
  const { shareId, token } = decodeMade(answer)
  return execute(workspace, makeShare({ shareId, personaId, label, token, linkKey }, stampNow())) ?? shareId
}

/** Counts at once for everybody who opened it. */
export const changeShare = async (
  personaId: string,
  shareId: string,
  terms: Partial<ShareTerms>,
): Promise<Error | undefined> => {
  const answer = await ask('PATCH', `${path(personaId)}/${shareId}`, terms)
  return answer instanceof Error ? answer : undefined
}

const path = (personaId: string) => `/api/stores/${personaStoreId(personaId)}/shares`

/** The server takes what is absent for “no limit”. */
const withoutNulls = (terms: object) => Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== null))

const decodeShares = Schema.decodeUnknownSync(Schema.Struct({ shares: Schema.Array(Share) }))
const decodeMade = Schema.decodeUnknownSync(Schema.Struct({ shareId: Schema.String, token: Schema.String }))
