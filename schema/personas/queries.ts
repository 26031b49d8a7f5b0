import { queryDb } from '@livestore/livestore'
import { personaTables } from './state.ts'

/** The persona of this store; null until its first event is here. */
export const persona$ = queryDb(personaTables.personas.first({ behaviour: 'fallback', fallback: () => null }), {
  label: 'personas.one',
})
