import { Group, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import classes from './charts.module.css'
import { heatLevels } from './heat-levels.ts'
import { PointSlider } from './point-slider.tsx'

export interface HeatDay {
  /** UTC day, `2026-03-01`. */
  readonly day: string
  readonly value: number
  /** What is said of the day: “Sunday, 1 March 2026: 84 messages”. */
  readonly text: string
}

interface HeatMapProps {
  readonly label: string
  readonly days: readonly HeatDay[]
  /** Row of the first day, 0–6. */
  readonly lead: number
  /** The weeks that open a month, and its name. */
  readonly months: readonly { readonly week: number; readonly name: string }[]
  readonly weekdays: readonly string[]
  /** Said while no day is pointed at. */
  readonly hint: string
}

const cell = 11
const step = 14
const left = 30
const top = 18

/** Days as a calendar: a column a week. One stop of the tab key; arrows go from day to day. */
export const HeatMap = ({ label, days, lead, months, weekdays, hint }: HeatMapProps) => {
  const [pointed, setPointed] = useState<number | null>(null)
  // A shorter range may have taken the day away.
  const active = pointed !== null && pointed < days.length ? pointed : null
  const levels = heatLevels(days.map(({ value }) => value))
  const scroller = useNewestInView()
  const [width, height] = [left + Math.ceil((lead + days.length) / 7) * step, top + 7 * step]
  return (
    <div>
      <div className={classes.scroller} ref={scroller}>
        <PointSlider
          className={classes.heatMap}
          label={label}
          count={days.length}
          active={active}
          onActive={setPointed}
          textOf={(day) => days[day]?.text ?? ''}
          across={7}
          down={1}
        >
          <svg viewBox={`0 0 ${width} ${height}`} aria-hidden>
            {months.map(({ week, name }) => (
              <text key={`${week} ${name}`} x={left + week * step} y={10}>
                {name}
              </text>
            ))}
            {weekdays.map((name, row) =>
              row % 2 === 0 ? (
                <text key={name} x={0} y={top + row * step + 9}>
                  {name}
                </text>
              ) : null,
            )}
            {days.map(({ day }, index) => (
              <rect
                key={day}
                x={left + Math.floor((lead + index) / 7) * step}
                y={top + ((lead + index) % 7) * step}
                width={cell}
                height={cell}
                rx={2.5}
                data-level={levels[index]}
                data-active={index === active || undefined}
                onPointerEnter={() => setPointed(index)}
              />
            ))}
          </svg>
        </PointSlider>
      </div>
      <Group justify="space-between" mt="xs" wrap="nowrap" align="start">
        <Text size="sm" c={active === null ? 'dimmed' : 'var(--mantine-color-text)'} aria-hidden>
          {active === null ? hint : days[active]?.text}
        </Text>
        <HeatLegend />
      </Group>
    </div>
  )
}

const HeatLegend = () => (
  <Group gap={3} wrap="nowrap" className={classes.heatLegend} aria-hidden>
    <Text size="xs" c="dimmed" mr={4}>
      less
    </Text>
    {[0, 1, 2, 3, 4].map((level) => (
      <span key={level} data-level={level} />
    ))}
    <Text size="xs" c="dimmed" ml={4}>
      more
    </Text>
  </Group>
)

/** Where a year is wider than a phone, its end shows first. */
const useNewestInView = () => {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (ref.current !== null) ref.current.scrollLeft = ref.current.scrollWidth
  }, [])
  return ref
}
