import { SegmentedControl } from '@mantine/core'

interface DepthControlProps {
  readonly depth: number | undefined
  readonly onChange: (depth: string | undefined) => void
}

/** How many steps around the open memory are drawn. */
export const DepthControl = ({ depth, onChange }: DepthControlProps) => (
  <SegmentedControl
    size="xs"
    aria-label="Steps around the open memory"
    value={depth === undefined ? 'all' : String(depth)}
    onChange={(value) => onChange(value === 'all' ? undefined : value)}
    data={[
      { value: 'all', label: 'All' },
      { value: '1', label: '1 step' },
      { value: '2', label: '2' },
      { value: '3', label: '3' },
    ]}
  />
)
