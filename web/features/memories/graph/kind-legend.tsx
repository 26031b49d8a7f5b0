import { UnstyledButton, useComputedColorScheme } from '@mantine/core'
import { canvasColours } from './colours.ts'
import type { KindCounts } from './kind-counts.ts'
import classes from './network-canvas.module.css'

interface KindLegendProps {
  readonly kinds: KindCounts
  readonly hues: ReadonlyMap<string, number | null>
  readonly chosen: string | undefined
  readonly onChoose: (kind: string | undefined) => void
  /** Whether conversations and sources stand among them. */
  readonly hasHubs: boolean
}

/** Which colour is which kind; a kind pressed is filtered by, as in the bar above. */
export const KindLegend = ({ kinds, hues, chosen, onChoose, hasHubs }: KindLegendProps) => {
  const colours = canvasColours(useComputedColorScheme())
  return (
    <ul className={classes.legend} aria-label="Kinds">
      {kinds.slice(0, shown).map(([kind, count]) => (
        <li key={kind}>
          <UnstyledButton
            className={classes.legendKind}
            aria-pressed={chosen === kind}
            onClick={() => onChoose(chosen === kind ? undefined : kind)}
          >
            <span className={classes.swatch} style={{ background: colours.node(hues.get(kind) ?? null) }} />
            {kind === '' ? 'no kind' : kind}
            <span className={classes.count}>{count.toLocaleString()}</span>
          </UnstyledButton>
        </li>
      ))}
      {hasHubs && (
        <li className={classes.legendKind}>
          <span className={classes.swatch} style={{ background: colours.node(null) }} />
          conversations, imports
        </li>
      )}
    </ul>
  )
}

const shown = 8
