import type { KeyboardEvent, ReactNode } from 'react'

interface PointSliderProps {
  readonly label: string
  readonly count: number
  /** The point spoken of; null: none, and the last is the one to start from. */
  readonly active: number | null
  readonly onActive: (active: number | null) => void
  readonly textOf: (point: number) => string
  /** Enter or Space at a point. */
  readonly onChoose?: ((point: number) => void) | undefined
  /** Asked about every key first; true: it was for the caller. */
  readonly onKey?: (event: KeyboardEvent) => boolean
  /** Points that left and right, and up and down, move by. */
  readonly across: number
  readonly down: number
  readonly className?: string | undefined
  /** The drawing; it says of itself which point the pointer is on. */
  readonly children: ReactNode
}

/** Makes a drawing of points readable without eyes or a pointer: one stop of the tab key, arrows go from point to point. */
export const PointSlider = ({
  label,
  count,
  active,
  onActive,
  textOf,
  onChoose,
  onKey,
  ...props
}: PointSliderProps) => {
  const last = Math.max(0, count - 1)
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: -props.across,
    ArrowRight: props.across,
    ArrowUp: -props.down,
    ArrowDown: props.down,
    Home: -count,
    End: count,
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (onKey?.(event) === true) return event.preventDefault()
    if (event.key === 'Escape') return onActive(null)
    if (onChoose !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      return onChoose(active ?? last)
    }
    const by = moves[event.key]
    if (by === undefined) return
    event.preventDefault()
    onActive(Math.min(last, Math.max(0, (active ?? last) + by)))
  }
  return (
    <div
      className={props.className}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={active ?? last}
      aria-valuetext={textOf(active ?? last)}
      onKeyDown={onKeyDown}
      onFocus={() => onActive(active ?? last)}
      onBlur={() => onActive(null)}
      onPointerLeave={() => onActive(null)}
    >
      {props.children}
    </div>
  )
}
