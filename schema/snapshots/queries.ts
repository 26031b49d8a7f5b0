import { queryDb } from '@livestore/livestore'
import { snapshotTables } from './state.ts'

/** The newest snapshot of a persona’s log; null when there is none. */
export const snapshotOf$ = (personaId: string) =>
  queryDb(snapshotTables.snapshots.where({ personaId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'snapshots.of',
    deps: [personaId],
  })
