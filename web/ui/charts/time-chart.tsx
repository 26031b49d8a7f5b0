import { Text } from '@mantine/core'
import { counted, shortNumber } from './numbers.ts'
import { PointSlider } from './point-slider.tsx'
import { seriesColour } from './series.ts'
import { TimeAxis } from './time-axis.tsx'
import classes from './time-chart.module.css'
import type { Span } from './time-span.ts'
import { useTimeGestures } from './use-time-gestures.ts'
import { useTimeKeys } from './use-time-keys.ts'

export interface TimeBar extends Span {
  /** “March 2026”. */
  readonly name: string
  /** Of each series, in its order. */
  readonly counts: readonly number[]
  readonly total: number
  /** Under the axis; most bars have none. */
  readonly tick?: string
  /** Gives way where there is little room. */
  readonly isMinor?: boolean
}

interface TimeChartProps {
  readonly label: string
  /** What is counted: “memory”, “memories”. */
  readonly one: string
  readonly many: string
  /** From the first that shows to the last, one after the other; the outermost may reach beyond the span. */
  readonly bars: readonly TimeBar[]
  readonly span: Span
  readonly whole: Span
  readonly picked: Span | null
  /** A time within the bar that is pointed at: the bars change as one looks closer. */
  readonly active: number | null
  readonly onActive: (time: number | null) => void
  readonly onSpan: (span: Span) => void
  readonly onPick: (picked: Span | null) => void
}

/**
 * Stacked bars over time. The wheel, two fingers and + and − look closer; drawing over bars, or Shift with the arrows and
 * then Enter, picks a time; its axis is drawn along.
 */
export const TimeChart = ({ bars, span, picked, onSpan, onPick, ...props }: TimeChartProps) => {
  const pointed = bars.findIndex(({ from, to }) => props.active !== null && props.active >= from && props.active < to)
  const active = pointed === -1 ? null : pointed
  const onActive = (index: number | null) => {
    const bar = index === null ? undefined : bars[index]
    props.onActive(bar === undefined ? null : (bar.from + bar.to) / 2)
  }
  const length = span.to - span.from
  const x = (time: number) => ((time - span.from) / length) * 1000
  const highest = Math.max(1, ...bars.map(({ total }) => total))
  const indexAt = (time: number) =>
    Math.max(
      0,
      Math.min(
        bars.length - 1,
        bars.findLastIndex(({ from }) => from <= time),
      ),
    )
  const barAt = (time: number): Span => {
    const { from, to } = bars[indexAt(time)] ?? span
    return { from, to }
  }
  const { plot, drawn, handlers } = useTimeGestures({
    span,
    onSpan,
    onPick,
    barAt,
    onPoint: (time) => onActive(indexAt(time)),
  })
  const { chosen, onKey } = useTimeKeys({ bars, span, picked, active, onSpan, onPick })
  const shown = drawn ?? chosen ?? picked
  return (
    <div className={classes.chart}>
      <Text className={classes.ceiling} size="xs" c="dimmed" aria-hidden>
        {shortNumber(highest)}
      </Text>
      <PointSlider
        className={classes.slider}
        label={props.label}
        count={bars.length}
        active={active}
        onActive={onActive}
        onKey={onKey}
        textOf={(index) => textOf(bars[index], chosen, props)}
        across={1}
        down={1}
      >
        <div ref={plot} className={classes.plot} {...handlers}>
          <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden>
            {bars.map((bar, index) => (
              <Bar
                key={bar.from}
                bar={bar}
                left={x(bar.from)}
                width={x(bar.to) - x(bar.from)}
                highest={highest}
                isActive={index === active}
              />
            ))}
            {shown !== null && <Picked from={x(shown.from)} to={x(shown.to)} />}
          </svg>
        </div>
      </PointSlider>
      <TimeAxis bars={bars} span={span} whole={props.whole} onSpan={onSpan} />
    </div>
  )
}

interface BarProps {
  readonly bar: TimeBar
  readonly left: number
  readonly width: number
  readonly highest: number
  readonly isActive: boolean
}

const Bar = ({ bar, left, width, highest, isActive }: BarProps) => {
  // What is there at all is seen: one memory beside ten thousand still has a line.
  const scale = bar.total === 0 ? 0 : Math.max(2, (bar.total / highest) * 96) / bar.total
  const under = (place: number) => bar.counts.slice(0, place).reduce((sum, count) => sum + count, 0)
  return (
    <g data-active={isActive || undefined}>
      {isActive && <rect className={classes.ground} x={left} y={0} width={width} height={100} />}
      {bar.counts.map((count, place) => {
        if (count === 0) return null
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a series is known by its place
            key={place}
            x={left + width * 0.08}
            width={width * 0.84}
            y={100 - under(place + 1) * scale}
            height={count * scale}
            fill={seriesColour(place)}
          />
        )
      })}
    </g>
  )
}

const Picked = ({ from, to }: Span) => (
  <>
    <rect className={classes.aside} x={0} y={0} width={Math.max(0, from)} height={100} />
    <rect className={classes.aside} x={Math.min(1000, to)} y={0} width={Math.max(0, 1000 - to)} height={100} />
    <rect className={classes.picked} x={from} y={0.5} width={Math.max(1, to - from)} height={99} />
  </>
)

const textOf = (
  bar: TimeBar | undefined,
  chosen: Span | null,
  { one, many }: { readonly one: string; readonly many: string },
) => {
  if (bar === undefined) return 'nothing'
  return `${bar.name}: ${counted(bar.total, one, many)}${chosen === null ? '' : '; Enter shows only what is chosen'}`
}
