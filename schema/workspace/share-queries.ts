import { queryDb } from '@livestore/livestore'
import { workspaceTables } from './state.ts'

/** The links made here to a persona, the newest first. */
export const sharesOf$ = (personaId: string) =>
  queryDb(workspaceTables.shares.where({ personaId }).orderBy('madeAt', 'desc').limit(1000), {
    label: 'workspace.sharesOf',
    deps: [personaId],
  })

/** The links by which another person's persona came, the newest first; none of an own one. */
export const receivedSharesOf$ = (personaId: string) =>
  queryDb(workspaceTables.receivedShares.where({ personaId }).orderBy('receivedAt', 'desc').limit(100), {
    label: 'workspace.receivedSharesOf',
    deps: [personaId],
  })
