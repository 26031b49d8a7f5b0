import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { moved, type Span, spanning, zoomed } from './time-span.ts'

interface TimeGestures {
  readonly span: Span
  /** Where one may look next; the caller keeps it within bounds. */
  readonly onSpan: (span: Span) => void
  /** The time the pointer is at, while nothing is pressed. */
  readonly onPoint: (time: number) => void
  readonly onPick: (span: Span) => void
  /** The bar of a time. */
  readonly barAt: (time: number) => Span
}

/** Pixels that a press may waver. */
const slack = 4

/**
 * Pointers over an axis of time: one that draws picks what it draws over, two look closer, a wheel does too.
 * The handlers are for what spans the axis; `drawn` is picked once it is let go.
 */
export const useTimeGestures = ({ span, onSpan, onPoint, onPick, barAt }: TimeGestures) => {
  const plot = useRef<HTMLDivElement>(null)
  const fingers = useRef(new Map<number, number>())
  const begun = useRef({ x: 0, times: [0, 0] as readonly [number, number], wasPinch: false })
  const [drawn, setDrawn] = useState<Span | null>(null)

  const partAt = (x: number) => {
    const box = plot.current?.getBoundingClientRect()
    return box === undefined || box.width === 0 ? 0 : (x - box.left) / box.width
  }
  const timeAt = (x: number) => span.from + Math.max(0, Math.min(1, partAt(x))) * (span.to - span.from)
  useWheel(plot, (event) => {
    const length = span.to - span.from
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      onSpan(moved(span, (sideways / (plot.current?.clientWidth ?? 1)) * length))
    } else onSpan(zoomed(span, Math.exp(event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), timeAt(event.clientX)))
  })

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    fingers.current.set(event.pointerId, event.clientX)
    const [one = 0, two] = [...fingers.current.values()]
    begun.current = { x: event.clientX, times: [timeAt(one), timeAt(two ?? one)], wasPinch: two !== undefined }
    setDrawn(null)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!fingers.current.has(event.pointerId)) return onPoint(timeAt(event.clientX))
    fingers.current.set(event.pointerId, event.clientX)
    const [one = 0, two] = [...fingers.current.values()]
    const { x, times, wasPinch } = begun.current
    if (two !== undefined) {
      const [first, second] = [partAt(one), partAt(two)]
      if (Math.abs(second - first) < 0.02) return
      const length = Math.abs((times[1] - times[0]) / (second - first))
      const from = times[0] - first * length
      onSpan({ from, to: from + length })
    } else if (!wasPinch && (drawn !== null || Math.abs(event.clientX - x) > slack)) {
      setDrawn(spanning(barAt(times[0]), barAt(timeAt(event.clientX))))
    }
  }
  const onPointerUp = (event: PointerEvent) => {
    if (!fingers.current.delete(event.pointerId)) return
    if (!begun.current.wasPinch) onPick(drawn ?? barAt(timeAt(event.clientX)))
    setDrawn(null)
  }
  const onPointerCancel = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId)
    setDrawn(null)
  }
  return { plot, drawn, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel } }
}

/** A listener of React's may not keep the page from scrolling. */
const useWheel = (target: { readonly current: HTMLElement | null }, onWheel: (event: WheelEvent) => void) => {
  const latest = useRef(onWheel)
  useEffect(() => {
    latest.current = onWheel
  })
  useEffect(() => {
    const listen = (event: WheelEvent) => {
      event.preventDefault()
      latest.current(event)
    }
    const element = target.current
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [target])
}
