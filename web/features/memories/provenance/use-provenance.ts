import { useMemo } from 'react'
import type { MemoryFilter } from '#schema/memories/queries.ts'
import { type Provenance, provenance$, provenanceChanges$, provenanceOf } from '#schema/stores/provenance-queries.ts'
import { usePatientText } from '#web/features/memories/use-patient-text.ts'
import { textToSource } from './flow.ts'

/** The provenance of all that the filters find, or of what came from one source, kept current. */
export const useProvenance = (filter: MemoryFilter, from: string | undefined): Provenance => {
  const provenanceNow$ = useMemo(() => provenance$(filter, textToSource(from)), [filter, from])
  const json = usePatientText(provenanceNow$, provenanceChanges$)
  return useMemo(() => provenanceOf(json), [json])
}
