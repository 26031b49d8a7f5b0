import { isFirstVisit } from '#web/livestore/session.ts'

/** Whether the page begins with what can be read before there is a store: who comes for the first time has nothing else. */
export const beginsWithWelcome = isFirstVisit && location.pathname === '/'

const seen = Promise.withResolvers<void>()

/** Settled when there is something to look at. Only then comes what opens stores, which is most of the script. */
export const firstViewSeen = seen.promise
export const noteFirstViewSeen = seen.resolve

if (!beginsWithWelcome) noteFirstViewSeen()
