import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { feedClosedShards } from './feed-closed.ts'
import { feedOpenShards } from './feed-open.ts'
import { joinIndex } from './shared-index.ts'

let isStarted = false

/** Takes part in the one index of this device, as long as the page lives. */
export const startSearch = (workspace: WorkspaceStore) => {
  if (isStarted) return
  isStarted = true
  joinIndex(() => void feedClosedShards(workspace))
  feedOpenShards()
}
