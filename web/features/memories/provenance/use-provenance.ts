import { useEffect, useState } from 'react'
import type { MemoryFilter } from '#schema/memories/queries.ts'
import { type Provenance, type Read, readProvenance } from '#schema/stores/provenance.ts'
import { provenanceChanges$ } from '#schema/stores/provenance-queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { textToSource } from './flow.ts'

/** How long a change waits for others, in milliseconds. */
const patience = 120

/**
 * The provenance of all that the filters find, or of what came from one source, kept current. The page breathes between its
 * parts, and what stood before stands until all of them are there. Undefined: nothing is known yet.
 */
export const useProvenance = (filter: MemoryFilter, from: string | undefined): Provenance | undefined => {
  const store = usePersonaStore()
  const [known, setKnown] = useState<Provenance>()
  useEffect(
    () =>
      followProvenance(store, filter, from, setKnown, (error) =>
        setKnown(() => {
          throw error // to the error boundary around the view
        }),
      ),
    [store, filter, from],
  )
  return known
}

/** Tells it now and whenever it has changed, until what is returned is called. */
const followProvenance = (
  store: PersonaStore,
  filter: MemoryFilter,
  from: string | undefined,
  tell: (provenance: Provenance) => void,
  fail: (error: unknown) => void,
) => {
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    const mine = ++round
    // Who was overtaken waits for an answer that never comes, and is forgotten.
    const read: Read = async (query) => {
      await new Promise<void>((resolve) => setTimeout(() => mine === round && resolve()))
      return store.query(query)
    }
    readProvenance(read, filter, textToSource(from)).then(tell, fail)
  }
  look()
  const unsubscribe = store.subscribe(
    provenanceChanges$,
    () => {
      clearTimeout(timer)
      timer = setTimeout(look, patience)
    },
    { skipInitialRun: true },
  )
  return () => {
    round = Number.NaN
    clearTimeout(timer)
    unsubscribe()
  }
}
