import { SegmentedControl, Tooltip, VisuallyHidden } from '@mantine/core'
import { explorerViews } from './explorer-views.ts'

interface ViewSwitchProps {
  readonly value: string | undefined
  readonly onChange: (view: string | undefined) => void
}

/** The five ways to look at the same memories. */
export const ViewSwitch = ({ value, onChange }: ViewSwitchProps) => (
  <SegmentedControl
    size="xs"
    flex="none"
    aria-label="View"
    value={explorerViews.some(({ view }) => view === value) ? (value ?? 'list') : 'list'}
    onChange={(view) => onChange(view === 'list' ? undefined : view)}
    data={explorerViews.map(({ view, label, icon: Icon }) => ({
      value: view,
      label: (
        <Tooltip label={label} openDelay={300}>
          <span style={{ display: 'grid', placeItems: 'center', height: 20 }}>
            <Icon size={16} aria-hidden />
            <VisuallyHidden>{label}</VisuallyHidden>
          </span>
        </Tooltip>
      ),
    }))}
  />
)
