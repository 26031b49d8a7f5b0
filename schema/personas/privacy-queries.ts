import { queryDb } from '@livestore/livestore'
import { defaultPrivacy } from './privacy.ts'
import { type PrivacySettings, personaTables } from './state.ts'

/** What holds: what was said, and the default for the rest. */
export const privacy$ = queryDb(personaTables.privacies.first({ behaviour: 'fallback', fallback: () => null }), {
  label: 'personas.privacy',
  map: (said): PrivacySettings => ({
    leaves: said?.leaves ?? defaultPrivacy.leaves,
    memoriesInPrompts: said?.memoriesInPrompts ?? defaultPrivacy.memoriesInPrompts,
    proposals: said?.proposals ?? defaultPrivacy.proposals,
    lookedThroughBy: said?.lookedThroughBy ?? defaultPrivacy.lookedThroughBy,
  }),
})

/** Given and withdrawn, the newest first. */
export const consents$ = queryDb(personaTables.consents.orderBy('givenAt', 'desc').limit(200), {
  label: 'personas.consents',
})
