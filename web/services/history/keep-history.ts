import { type Anchor, anchorText } from '#proof/checkpoint.ts'
import { findingSentence } from '#proof/findings.ts'
import { followLog, type VerifiedLog, type Witness } from '#proof/follow-log.ts'
import { signText } from '#proof/signed-text.ts'
import { anchorCheckpoint, isAnchorDue } from '#schema/anchors/commands.ts'
import { anchorsOf$ } from '#schema/anchors/queries.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { get, type HistoryNote, put, remove } from '#web/livestore/device-db.ts'
import { execute } from '#web/livestore/execute.ts'
import { readHistories } from '#web/livestore/history-alerts.ts'
import { session, stampNow, workspaceStoreId } from '#web/livestore/session.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { syncStatusOf } from '#web/livestore/sync-status.ts'
import { readLogPage } from '#web/services/log-pages.ts'
import { rowToAnchor } from './anchor-rows.ts'
import { deviceSigningKey } from './device-signing-key.ts'

/**
 * Verifies what the server has of a store's log since this device last did, and keeps how far. What contradicts it is
 * kept as an alert, beside the last that was sound: it is the evidence. Gives why it could not be looked at.
 */
export const lookAtHistory = (workspace: WorkspaceStore, storeId: string): Promise<Error | undefined> =>
  navigator.locks.request(`pjai.history.${storeId}`, async () => {
    const note = await get('histories', storeId)
    if (note?.alert != null) return undefined // until the person has decided
    const check = await followLog(readLogPage(storeId), witnessOf(workspace, storeId, note))
    if (check instanceof Error) return check
    const now = new Date()
    const { contradictions, verified = note?.verified } = check
    const anchored = note?.anchored ?? { seq: 0, at: now }
    if (contradictions.length > 0) {
      const sentences = contradictions.slice(0, 20).map(findingSentence)
      await keep({ storeId, verified: note?.verified, anchored, checkedAt: now, alert: { at: now, sentences } })
    } else await keep({ storeId, verified, anchored, checkedAt: now, alert: null })
    return undefined
  })

/** What this device, and others of this person, saw of a log. */
export const witnessOf = (workspace: WorkspaceStore, storeId: string, note: HistoryNote | undefined): Witness => {
  const status = syncStatusOf(storeId)
  const confirmed = status === undefined ? 0 : status.events - status.waiting
  return { known: note?.verified, anchors: anchorsIn(workspace, storeId), confirmed }
}

export const anchorsIn = (workspace: WorkspaceStore, storeId: string): readonly Anchor[] =>
  workspace.query(anchorsOf$(personaIdIn(storeId))).map(rowToAnchor)

/** A verification that a person asked for failed, or found nothing any more. */
export const noteVerification = async (storeId: string, alert: HistoryNote['alert']): Promise<void> => {
  const note = await get('histories', storeId)
  if (alert === null && note?.alert == null) return
  const anchored = note?.anchored ?? { seq: 0, at: new Date() }
  await keep({ storeId, verified: note?.verified, checkedAt: note?.checkedAt ?? new Date(), anchored, alert })
}

const keep = async (note: HistoryNote) => {
  await put('histories', note)
  await readHistories({ tell: true })
}

/** The log was fetched anew: what was seen before counts no more on this device. */
export const acceptHistory = async (storeId: string): Promise<void> => {
  await remove('histories', [storeId])
  await readHistories({ tell: true })
}

/** Signs for a persona's log, and with it for the workspace's own, when that is due. */
export const anchorHistory = async (workspace: WorkspaceStore, storeId: string): Promise<void> => {
  const personaId = personaIdIn(storeId)
  if (personaId === undefined) return // an anchor of the workspace itself would be the next event of its log
  const note = await get('histories', storeId)
  if (!isDue(note)) return
  await anchor(workspace, note, personaId)
  const own = await get('histories', workspaceStoreId)
  if (own?.verified !== undefined && own.alert === null && own.verified.seq > own.anchored.seq)
    await anchor(workspace, { ...own, verified: own.verified }, undefined)
}

type Verified = HistoryNote & { readonly verified: VerifiedLog }

const isDue = (note: HistoryNote | undefined): note is Verified =>
  note?.verified !== undefined &&
  note.alert === null &&
  isAnchorDue(note.anchored, { seq: note.verified.seq, at: note.checkedAt })

const anchor = async (workspace: WorkspaceStore, note: Verified, personaId: string | undefined) => {
  const { seq, checkpoint } = note.verified
  const key = await deviceSigningKey()
  const deviceSignature = await signText(key.privateKey, anchorText(session.deviceId, checkpoint))
  const signed = { personaId, seq, checkpoint, devicePublicKey: key.publicKey, deviceSignature }
  const refusal = execute(workspace, anchorCheckpoint(signed, stampNow()))
  if (refusal === undefined) await keep({ ...note, anchored: { seq, at: note.checkedAt } })
}

const personaIdIn = (storeId: string): string | undefined => {
  const name = parseStoreId(storeId)
  return name instanceof Error || name.kind === 'workspace' ? undefined : name.id
}
