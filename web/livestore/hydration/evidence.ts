import { anchorsOf$ } from '#schema/anchors/queries.ts'
import { snapshotOf$ } from '#schema/snapshots/queries.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { get } from '#web/livestore/device-db.ts'
import type { WorkspaceStore } from '#web/livestore/engine-store.ts'
import { rowToAnchor } from '#web/services/history/anchor-rows.ts'
import type { Evidence } from './hydration-protocol.ts'

/**
 * What this device and others of this person saw of a log, which has to be in what the server gives. A device that saw it
 * itself holds all of it against that, and takes no snapshot.
 */
export const evidenceOn = async (storeId: string, openWorkspace: () => Promise<WorkspaceStore>): Promise<Evidence> => {
  const name = parseStoreId(storeId)
  const known = (await get('histories', storeId))?.verified
  if (name instanceof Error || name.kind !== 'persona') return { storeId, known, anchors: [], snapshot: null }
  const workspace = await openWorkspace()
  return {
    storeId,
    known,
    anchors: workspace.query(anchorsOf$(name.id)).map(rowToAnchor),
    snapshot: known === undefined ? workspace.query(snapshotOf$(name.id)) : null,
  }
}
