import { Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTold } from '#web/services/cells/watch.ts'
import { moveDaysWatch } from '#web/services/cells/watches.ts'
import { dayOf, daysBefore, rangeOf } from '#web/ui/charts/calendar.ts'
import { useCurrentMinute } from '#web/ui/times.tsx'
import { MoveDaysCard } from './move-days-card.tsx'

/** How long moves took and how often rebalancing ran, day by day; the address says how far back. */
export const PastDays = () => {
  // The route's own parser makes every value a text.
  const { range: asked } = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const wanted = ranges.find(({ value }) => value === asked)?.value ?? '30d'
  const navigate = useNavigate()
  const range = rangeOf(wanted, dayOf(useCurrentMinute()))
  const said = useTold(moveDaysWatch(daysBefore(range.from, 1))).value
  // Why the server says nothing stands above already.
  if (said === undefined) return null
  const choose = (value: string | null) =>
    void navigate({
      to: '/shards/moves',
      search: value === null || value === '30d' ? {} : { range: value },
      replace: true,
    })
  return (
    <MoveDaysCard
      said={said}
      range={range}
      choice={
        <Select
          size="xs"
          w={130}
          aria-label="Time shown"
          allowDeselect={false}
          checkIconPosition="right"
          value={wanted}
          onChange={choose}
          data={ranges}
        />
      }
    />
  )
}

const ranges = [
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: '90d', label: 'Last 90 days' },
]
