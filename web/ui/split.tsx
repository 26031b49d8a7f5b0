import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import classes from './split.module.css'

interface SplitProps {
  readonly list: ReactNode
  /** Opens beside the list; on a phone it takes the list's place. Null: the list alone. */
  readonly detail: ReactNode | null
  readonly detailLabel: string
  /** Width of the detail pane beside the list, in pixels; the list takes the rest. Or the other way round. */
  readonly detailWidth?: number
  readonly listWidth?: number
}

export const Split = ({ list, detail, detailLabel, detailWidth = 400, listWidth }: SplitProps) => {
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  if (isPhone) return <div className={classes.pane}>{detail ?? list}</div>
  const columns = listWidth === undefined ? `minmax(0, 1fr) ${detailWidth}px` : `${listWidth}px minmax(0, 1fr)`
  return (
    <div className={classes.split} style={{ gridTemplateColumns: detail === null ? 'minmax(0, 1fr)' : columns }}>
      <div className={classes.pane}>{list}</div>
      {detail !== null && (
        <section className={classes.detail} aria-label={detailLabel}>
          {detail}
        </section>
      )}
    </div>
  )
}
