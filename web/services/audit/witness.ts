import { type Anchor, anchorText } from '#proof/checkpoint.ts'
import type { VerifiedLog } from '#proof/follow-log.ts'
import { signText } from '#proof/signed-text.ts'
import { anchorsOf$ } from '#schema/anchors/queries.ts'
import type { Witness } from '#sealing/share-link.ts'
import { get } from '#web/livestore/device-db.ts'
import { session } from '#web/livestore/session.ts'
import { personaStoreId, type WorkspaceStore } from '#web/livestore/stores.ts'
import { rowToAnchor } from '#web/services/history/anchor-rows.ts'
import { deviceSigningKey } from '#web/services/history/device-signing-key.ts'
import { lookAtHistory } from '#web/services/history/keep-history.ts'

/**
 * What this device can say of a persona's log to an auditor: the server's key as it has known it, and its signature under
 * how far it verified the log just now. When it cannot look, what a device of this person signed last.
 */
export const witnessOf = async (workspace: WorkspaceStore, personaId: string): Promise<Witness> => {
  const storeId = personaStoreId(personaId)
  await lookAtHistory(workspace, storeId).catch(() => undefined) // then what was seen before counts
  const verified = (await get('histories', storeId))?.verified
  const [newest] = workspace.query(anchorsOf$(personaId)).map(rowToAnchor)
  const anchor = verified === undefined ? newest : await anchorAt(verified)
  return { serverKey: verified?.serverKey ?? null, anchors: anchor === undefined ? [] : [anchor] }
}

const anchorAt = async ({ checkpoint }: VerifiedLog): Promise<Anchor> => {
  const { privateKey, publicKey } = await deviceSigningKey()
  const { deviceId } = session
  const deviceSignature = await signText(privateKey, anchorText(deviceId, checkpoint))
  return { checkpoint, deviceId, devicePublicKey: publicKey, deviceSignature }
}
