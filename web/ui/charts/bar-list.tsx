import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './charts.module.css'
import { wholeNumber } from './numbers.ts'

export interface Bar {
  readonly key: string
  readonly label: ReactNode
  readonly value: number
  /** Degrees, 0–359. */
  readonly hue: number
}

/** Who has how many, the longest first: bars that share one scale. */
export const BarList = ({ bars }: { readonly bars: readonly Bar[] }) => {
  const highest = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <ul className={classes.barList}>
      {bars.map(({ key, label, value, hue }) => (
        <li key={key}>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <div className={classes.barLabel}>{label}</div>
            <Text size="sm" className={classes.number}>
              {wholeNumber(value)}
            </Text>
          </Group>
          <div className={classes.bar} style={{ ['--hue' as never]: hue }}>
            <span style={{ width: `${(value / highest) * 100}%` }} />
          </div>
        </li>
      ))}
    </ul>
  )
}
