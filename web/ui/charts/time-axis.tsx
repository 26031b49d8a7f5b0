import { type PointerEvent, useRef } from 'react'
import classes from './time-chart.module.css'
import { moved, type Span } from './time-span.ts'

interface Tick extends Span {
  readonly tick?: string
  readonly isMinor?: boolean
}

interface TimeAxisProps {
  readonly bars: readonly Tick[]
  readonly span: Span
  readonly whole: Span
  readonly onSpan: (span: Span) => void
}

/** Ticks that can be drawn along, and beneath them which part of all time shows. */
export const TimeAxis = ({ bars, span, whole, onSpan }: TimeAxisProps) => {
  const begun = useRef<{ readonly x: number; readonly span: Span } | null>(null)
  const length = span.to - span.from
  const percent = (time: number, of: Span) => `${((time - of.from) / (of.to - of.from)) * 100}%`
  const isAll = length >= whole.to - whole.from
  const onPointerMove = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    if (begun.current === null) return
    const by = ((clientX - begun.current.x) / currentTarget.clientWidth) * length
    onSpan(moved(begun.current.span, -by))
  }
  return (
    <div
      className={classes.axis}
      data-movable={!isAll || undefined}
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        begun.current = { x: event.clientX, span }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        begun.current = null
      }}
    >
      {bars.map(({ from, tick, isMinor }) =>
        tick === undefined || from < span.from ? null : (
          <span
            key={from}
            className={classes.tick}
            data-minor={isMinor || undefined}
            style={{ insetInlineStart: percent(from, span) }}
          >
            {tick}
          </span>
        ),
      )}
      {!isAll && (
        <span
          className={classes.part}
          style={{ insetInlineStart: percent(span.from, whole), width: percent(whole.from + length, whole) }}
        />
      )}
    </div>
  )
}
