import { Group, Text } from '@mantine/core'
import { useState } from 'react'
import classes from './charts.module.css'
import { shortNumber, wholeNumber } from './numbers.ts'
import { PointSlider } from './point-slider.tsx'

export interface Column {
  readonly key: string
  /** “March 2026”. */
  readonly name: string
  readonly value: number
  /** Under the axis; most columns have none. */
  readonly tick?: string
}

interface ColumnsChartProps {
  readonly name: string
  readonly columns: readonly Column[]
  readonly series: 'first' | 'second'
  /** Columns pressed, dragged over, or chosen by a key; both ends are among them. */
  readonly onPick?: (from: number, to: number) => void
}

/** One of several charts over the same time axis. The number beside its name is that of the column pointed at. */
export const ColumnsChart = ({ name, columns, series, onPick }: ColumnsChartProps) => {
  const [pressed, setPressed] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const active = pointed !== null && pointed < columns.length ? pointed : null
  const highest = Math.max(1, ...columns.map(({ value }) => value))
  const total = columns.reduce((sum, { value }) => sum + value, 0)
  const shown = active === null ? undefined : columns[active]
  const isActive = (index: number) =>
    index === active || (pressed !== null && active !== null && (index - pressed) * (index - active) <= 0)
  const pick = (index: number) => {
    if (pressed !== null) onPick?.(Math.min(pressed, index), Math.max(pressed, index))
    setPressed(null)
  }
  return (
    <div className={classes.columnsChart} data-series={series} data-pickable={onPick !== undefined || undefined}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Group gap={8} wrap="nowrap">
          <span className={classes.swatch} />
          <Text size="sm">{name}</Text>
        </Group>
        <Text size="sm" className={classes.number} aria-hidden>
          <Text span inherit c="dimmed">
            {shown === undefined ? 'in all' : shown.name}
          </Text>{' '}
          {wholeNumber(shown?.value ?? total)}
        </Text>
      </Group>
      <div className={classes.plot}>
        <Text className={classes.ceiling} size="xs" c="dimmed" aria-hidden>
          {shortNumber(highest)}
        </Text>
        <PointSlider
          label={name}
          count={columns.length}
          active={active}
          onActive={(point) => {
            setPointed(point)
            if (point === null) setPressed(null)
          }}
          onChoose={onPick && ((point) => onPick(point, point))}
          textOf={(point) => textOf(columns[point])}
          across={1}
          down={1}
        >
          <svg viewBox={`0 0 ${columns.length} 100`} preserveAspectRatio="none" aria-hidden>
            {columns.map(({ key, value }, index) => (
              <g
                key={key}
                data-active={isActive(index) || undefined}
                onPointerEnter={() => setPointed(index)}
                onPointerDown={() => setPressed(index)}
                onPointerUp={() => pick(index)}
              >
                <rect className={classes.ground} x={index} y={0} width={1} height={100} />
                <rect
                  className={classes.column}
                  x={index + 0.12}
                  width={0.76}
                  y={100 - heightOf(value, highest)}
                  height={heightOf(value, highest)}
                />
              </g>
            ))}
          </svg>
        </PointSlider>
      </div>
      <div className={classes.ticks} aria-hidden>
        {columns.map(({ key, tick }) => (
          <span key={key}>
            {tick !== undefined && <span data-minor={isMinor(columns, key) || undefined}>{tick}</span>}
          </span>
        ))}
      </div>
    </div>
  )
}

// What is there at all is seen: one message beside ten thousand still has a line.
const heightOf = (value: number, highest: number) => (value <= 0 ? 0 : Math.max(2, (value / highest) * 96))

/** Every second tick gives way where there is little room. */
const isMinor = (columns: readonly Column[], key: string) =>
  columns.filter(({ tick }) => tick !== undefined).findIndex((column) => column.key === key) % 2 === 1

const textOf = (column: Column | undefined) =>
  column === undefined ? 'nothing' : `${column.name}: ${wholeNumber(column.value)}`
