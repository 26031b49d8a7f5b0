import { Schema } from '@livestore/livestore'
import { Data } from 'effect'
import { anchorsOf$ } from '#schema/anchors/queries.ts'
import { IllegalStoreId, parseStoreId } from '#schema/stores/store-id.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { PersonaIsYourOwn } from '#schema/workspace/share-commands.ts'
import { receivedSharesOf$ } from '#schema/workspace/share-queries.ts'
import { ShareBroken, type ShareLink, type Witness } from '#sealing/share-link.ts'
import { get } from '#web/livestore/device-db.ts'
import { type GivenShare, lookAtLink, openLink } from '#web/livestore/given-shares.ts'
import { personaStoreId, type WorkspaceStore } from '#web/livestore/stores.ts'
import { rowToAnchor } from '#web/services/history/anchor-rows.ts'
import { ask, ServerRefused } from '#web/services/server.ts'
import { keepAudit, keptAudit } from './kept-audits.ts'
import type { SeenLog } from './verify-audit.ts'

/** A log that this account may verify, and what is held against it beside the server's word. */
export interface Audit {
  readonly personaId: string
  readonly storeId: string
  readonly name: string
  readonly hue: number
  readonly isRedacted: boolean
  readonly expiresAt: Date | null
  readonly witness: Witness
  /** How far it was verified on this device before. */
  readonly seen: SeenLog | null
}

/** Opens a redacted link: the right to verify is this account's from then on, and nothing comes into its workspace. */
export const openAudit = async (link: ShareLink): Promise<Audit | Error> => {
  const given = await openLink(link)
  if (given instanceof Error) return given
  if (given.right.role === 'owner') return new PersonaIsYourOwn()
  const audit = auditOf(given, null)
  if (audit instanceof Error) return audit
  const { personaId, name, hue } = audit
  keepAudit({
    personaId,
    token: link.token,
    linkKey: link.linkKey,
    name,
    hue,
    seen: keptAudit(personaId)?.seen ?? null,
  })
  return audit
}

/** What this account may verify of a persona's log now, or why nothing. */
export const auditFor = async (workspace: WorkspaceStore, personaId: string): Promise<Audit | Error> => {
  const kept = keptAudit(personaId)
  const [received] = workspace.query(receivedSharesOf$(personaId))
  const link = kept ?? received
  const seen = kept?.seen ?? (await seenHere(personaId))
  if (link === undefined) return ownAudit(workspace, personaId, seen)
  const given = await lookAtLink(link)
  return given instanceof Error ? given : auditOf(given, seen)
}

/** Why it holds no more, by the server’s word. Nobody answering is no end of it. */
export const whyOver = async (workspace: WorkspaceStore, { personaId }: Audit): Promise<ServerRefused | undefined> => {
  const again = await auditFor(workspace, personaId)
  return again instanceof ServerRefused ? again : undefined
}

/** Tells the owner's access log what is about to be exported; without that nothing is. */
export const noteAuditExport = async ({ storeId }: Audit): Promise<Error | undefined> => {
  const answer = await ask('POST', `/api/stores/${storeId}/access`, { what: 'audit exported' })
  return answer instanceof Error ? answer : undefined
}

/** Held against the log the next time. */
export const keepSeen = (personaId: string, seen: SeenLog): void => {
  const kept = keptAudit(personaId)
  if (kept !== undefined) keepAudit({ ...kept, seen })
}

const auditOf = ({ right, content, isRedacted }: GivenShare, seen: SeenLog | null): Audit | Error => {
  const store = parseStoreId(right.storeId)
  if (store instanceof IllegalStoreId || store.kind !== 'persona') return new ShareBroken()
  const { name, hue, witness = noWitness } = content
  const { storeId, expiresAt } = right
  return { personaId: store.id, storeId, name, hue, isRedacted, expiresAt, witness, seen }
}

/** The owner's: what the devices of this workspace saw. */
const ownAudit = async (workspace: WorkspaceStore, personaId: string, seen: SeenLog | null): Promise<Audit | Error> => {
  const storeId = personaStoreId(personaId)
  const entry = workspace.query(directoryEntry$(personaId))
  if (entry === null) return new AuditNotOpened()
  const answer = await ask('GET', `/api/stores/${storeId}`)
  if (answer instanceof Error) return answer
  const { expiresAt } = decodeRight(answer)
  const serverKey = (await get('histories', storeId))?.verified?.serverKey ?? null
  const witness = { serverKey, anchors: workspace.query(anchorsOf$(personaId)).map(rowToAnchor) }
  return { personaId, storeId, name: entry.name, hue: entry.hue, isRedacted: false, expiresAt, witness, seen }
}

class AuditNotOpened extends Data.TaggedError('AuditNotOpened') {
  override get message() {
    return 'No audit of this persona was opened on this device. Open the link that its owner sent you.'
  }
}

const noWitness: Witness = { serverKey: null, anchors: [] }

const seenHere = async (personaId: string): Promise<SeenLog | null> => {
  const verified = (await get('histories', personaStoreId(personaId)))?.verified
  return verified === undefined ? null : { logId: verified.start.logId, seq: verified.seq, hash: verified.hash }
}

const decodeRight = Schema.decodeUnknownSync(Schema.Struct({ expiresAt: Schema.NullOr(Schema.Date) }))
