import { useState } from 'react'
import { summaryActivity$ } from '#schema/stores/summary.ts'
import { filledDays } from '#web/features/dashboard/activity.ts'
import { CalendarPanel } from '#web/features/dashboard/activity-panels.tsx'
import { ErasuresList } from '#web/features/erasures/erasures-list.tsx'
import { PolicyPanel } from '#web/features/memories/policy-panel.tsx'
import { PersonaProfile } from '#web/features/personas/persona-profile.tsx'
import { SnapshotPanel } from '#web/features/snapshots/snapshot-panel.tsx'
import { ModelOrder } from '#web/features/tasks/model-order.tsx'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { dayOf, daysOf, rangeOf } from '#web/ui/charts/calendar.ts'

export default function Profile() {
  const store = usePersonaStore()
  const activity = store.useQuery(summaryActivity$)
  const [today] = useState(() => dayOf(Date.now()))
  // An imported persona may have fallen silent long ago: then its last year is shown.
  const range = rangeOf(yearToShow(activity[0]?.day, today), today)
  return (
    <PersonaProfile
      activity={<CalendarPanel range={range} days={filledDays(daysOf(range), activity)} />}
      models={<ModelOrder />}
      memories={<PolicyPanel />}
      opening={<SnapshotPanel />}
      erasures={<ErasuresList store={store} title="Erased for good" />}
    />
  )
}

const yearToShow = (lastDay: string | undefined, today: string) =>
  lastDay !== undefined && lastDay < rangeOf(undefined, today).from ? lastDay.slice(0, 4) : undefined
