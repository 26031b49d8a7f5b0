import { queryDb } from '@livestore/livestore'
import { anchorTables } from './state.ts'

/** What devices saw of the log of a persona, or of the workspace itself; the newest first. */
export const anchorsOf$ = (personaId: string | undefined) =>
  queryDb(
    anchorTables.anchors
      .where({ personaId: personaId ?? '' })
      .orderBy('seq', 'desc')
      .limit(200),
    { label: 'anchors.of', deps: [personaId ?? ''] },
  )
