import { SegmentedControl, UnstyledButton, useComputedColorScheme } from '@mantine/core'
import type { ExplorerViewProps } from '#web/features/memories/explorer-view-props.ts'
import { colouringOf, type LegendRow } from './colouring.ts'
import { canvasColours } from './colours.ts'
import classes from './network-canvas.module.css'

interface ColourLegendProps extends Pick<ExplorerViewProps, 'narrowing' | 'onChange'> {
  readonly rows: readonly LegendRow[]
  /** Whether conversations, tags and imports stand among them, as rings. */
  readonly hasHubs: boolean
}

/** What colours and shapes mean. Chosen is by what; what is pressed is filtered by, as in the bar above. */
export const ColourLegend = ({ rows, narrowing, onChange, hasHubs }: ColourLegendProps) => {
  const colours = canvasColours(useComputedColorScheme())
  const colouring = colouringOf(narrowing.colour)
  const chosen = narrowing[colouring]
  return (
    <div className={classes.legend}>
      <SegmentedControl
        size="xs"
        aria-label="Colour by"
        value={colouring}
        onChange={(value) => onChange({ colour: value === 'kind' ? undefined : value })}
        data={[
          { value: 'kind', label: 'Kind' },
          { value: 'tier', label: 'Tier' },
        ]}
      />
      <ul className={classes.legendRows} aria-label={colouring === 'kind' ? 'Kinds' : 'Tiers'}>
        {rows.slice(0, shown).map(({ value, hue, count }) => (
          <li key={value}>
            <UnstyledButton
              className={classes.legendKind}
              aria-pressed={chosen === value}
              onClick={() => onChange({ [colouring]: chosen === value ? undefined : value })}
            >
              <span className={classes.swatch} style={{ background: colours.node(hue) }} />
              {value === '' ? 'no kind' : value}
              <span className={classes.count}>{count.toLocaleString()}</span>
            </UnstyledButton>
          </li>
        ))}
        {hasHubs && (
          <li className={classes.legendKind}>
            <span className={classes.swatch} data-ring style={{ borderColor: colours.node(null) }} />
            chats, tags, imports
          </li>
        )}
      </ul>
    </div>
  )
}

const shown = 8
