import { firstCell } from '#schema/workspace/placement.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { openPersona, type WorkspaceStore } from '#web/livestore/stores.ts'
import { rememberPersona } from './recent-personas.ts'

/** Facts of one commit: few enough to keep the page awake. */
const batchSize = 50

/**
 * Brings the sample workspace, and says how much of it is here (0–1). The personas are listed last, when all that is
 * theirs is written; their ids follow from the workspace's, so that a second try adds nothing twice.
 */
export const bringSample = async (workspace: WorkspaceStore, onProgress: (done: number) => void) => {
  // Its texts are a chunk of their own: most visits never need them.
  const { sampleWorkspace } = await import('#schema/stores/sample-workspace.ts')
  const { at, ...by } = stampNow()
  const sample = sampleWorkspace({ workspaceId: session.workspaceId, now: at, cell: firstCell, ...by })
  const total = sample.personas.reduce((sum, { events }) => sum + events.length, 0)
  let done = 0
  for (const { personaId, events } of sample.personas) {
    const store = await openPersona(personaId)
    for (let start = 0; start < events.length; start += batchSize) {
      const batch = events.slice(start, start + batchSize)
      execute(store, batch)
      done += batch.length
      onProgress(done / total)
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
  const first = sample.personas[0]
  if (first !== undefined) rememberPersona(first.personaId)
  execute(workspace, sample.workspaceEvents)
}
