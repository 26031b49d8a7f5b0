import { SegmentedControl } from '@mantine/core'
import type { SearchOrder } from '#schema/stores/search-find.ts'
import type { SearchAnswer } from '#web/services/search/search.ts'
import classes from './search.module.css'

interface ResultsBarProps {
  readonly answer: SearchAnswer
  readonly order: SearchOrder
  readonly onOrder: (sort: string | undefined) => void
}

export const ResultsBar = ({ answer, order, onOrder }: ResultsBarProps) => (
  <div className={classes.bar}>
    <span role="status">{foundSays(answer)}</span>
    <SegmentedControl
      size="xs"
      aria-label="Order"
      data={[
        { value: 'best', label: 'Best' },
        { value: 'newest', label: 'Newest' },
      ]}
      value={order}
      onChange={(value) => onOrder(value === 'newest' ? value : undefined)}
    />
  </div>
)

const foundSays = ({ groups, counts }: SearchAnswer): string => {
  const shown = new Map(groups.map(({ storeId, hits }) => [storeId, hits.length]))
  const all = new Map([...shown, ...counts])
  const count = [...all.values()].reduce((sum, one) => sum + one, 0)
  const personas = all.size === 1 ? 'with one persona' : `with ${all.size.toLocaleString()} personas`
  return `${count.toLocaleString()} found, ${personas}`
}
