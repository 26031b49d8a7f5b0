import type { KeyboardEvent } from 'react'
import { useMemo } from 'react'
import type { Overview } from '#web/services/history/history-protocol.ts'
import { aDayFrom, paceOf } from './log-times.ts'
import classes from './past-slider.module.css'

interface PastSliderProps {
  readonly log: Overview
  readonly at: number
  /** What the event says. */
  readonly text: string
  readonly onAt: (at: number) => void
}

const steps = 160

/** One stop for each event; behind it how busy the log was. Arrows go by events, Page Up and Down by days. */
export const PastSlider = ({ log, at, text, onAt }: PastSliderProps) => {
  const path = useMemo(() => outlineOf(paceOf(log, steps)), [log])
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'PageUp' ? 1 : event.key === 'PageDown' ? -1 : undefined
    if (direction === undefined) return
    event.preventDefault()
    onAt(aDayFrom(log, at, direction))
  }
  return (
    <div className={classes.slider}>
      <svg className={classes.pace} viewBox={`0 0 ${steps} 20`} preserveAspectRatio="none" aria-hidden>
        <path d={path} />
      </svg>
      <input
        type="range"
        className={classes.range}
        aria-label="Event of the log"
        aria-valuetext={`Event ${at} of ${log.head}. ${text}`}
        min={0}
        max={log.head}
        step={1}
        value={at}
        onChange={({ currentTarget }) => onAt(Number(currentTarget.value))}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

/** A hill where much happened: by the logarithm, or one import would flatten the rest. */
const outlineOf = (pace: readonly number[]): string => {
  const heights = pace.map((value) => Math.log1p(value))
  const most = Math.max(...heights, 1)
  const points = heights.map((height, place) => {
    const x = ((place + 0.5) * steps) / heights.length
    return `L${x.toFixed(1)} ${(20 - (height / most) * 19).toFixed(1)}`
  })
  return `M0 20 ${points.join(' ')} L${steps} 20 Z`
}
