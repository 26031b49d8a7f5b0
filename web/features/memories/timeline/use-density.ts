import { useMemo } from 'react'
import { memoryChanges$ } from '#schema/memories/list-queries.ts'
import { type MemoryFilter, memoryKinds$ } from '#schema/memories/queries.ts'
import { type MemoryTime, memoryDensity$, memoryTimes$ } from '#schema/memories/timeline-queries.ts'
import { usePatientText } from '#web/features/memories/use-patient-text.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { seriesCount } from '#web/ui/charts/series.ts'
import { aheadHere, clockChanges } from './clock-changes.ts'
import { type DayCount, dayCountsOf } from './density.ts'

/** The days of all that the filters find, whenever it was, kept current. */
export const useDensity = (filter: MemoryFilter, time: MemoryTime): readonly DayCount[] => {
  const { first, last } = usePersonaStore().useQuery(memoryTimes$(time, filter.forgotten === true))
  const density$ = useMemo(
    () => memoryDensity$(filter, time, clockChanges(first ?? 0, last ?? 0, aheadHere)),
    [filter, time, first, last],
  )
  const changes$ = useMemo(() => memoryChanges$(filter), [filter])
  const json = usePatientText(density$, changes$)
  return useMemo(() => dayCountsOf(json), [json])
}

export const otherKinds = 'other kinds'

/** The kinds that have a colour of their own, whatever is filtered: the most frequent ones, then all others as one. */
export const useColouredKinds = (): readonly string[] => {
  const store = usePersonaStore()
  return useMemo(() => {
    const kinds = store.query(memoryKinds$).map(({ value }) => value)
    return kinds.length <= seriesCount ? kinds : [...kinds.slice(0, seriesCount - 1), otherKinds]
  }, [store])
}
