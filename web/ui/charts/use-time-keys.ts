import { type KeyboardEvent, useState } from 'react'
import { moved, type Span, spanning, zoomed } from './time-span.ts'

interface TimeKeys {
  readonly bars: readonly Span[]
  readonly span: Span
  readonly picked: Span | null
  readonly active: number | null
  readonly onSpan: (span: Span) => void
  readonly onPick: (picked: Span | null) => void
}

/** What the keyboard is about to pick, and the keys that the arrows of a slider are not. */
export const useTimeKeys = ({ bars, span, picked, active, onSpan, onPick }: TimeKeys) => {
  const [anchor, setAnchor] = useState<Span | null>(null)
  const [chosen, setChosen] = useState<Span | null>(null)
  const bar = bars[active ?? bars.length - 1]
  const length = span.to - span.from
  const drop = () => {
    setAnchor(null)
    setChosen(null)
  }
  const zoomKeys: Readonly<Record<string, number>> = { '+': 0.5, '=': 0.5, '-': 2, '0': Number.POSITIVE_INFINITY }
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }
  const onKey = (event: KeyboardEvent): boolean => {
    const { key } = event
    const by = zoomKeys[key]
    if (event.ctrlKey || event.metaKey || event.altKey || bar === undefined) return false
    if (by === Number.POSITIVE_INFINITY) onSpan({ from: -1e15, to: 1e15 })
    else if (by !== undefined) onSpan(zoomed(span, by, (bar.from + bar.to) / 2))
    else if (key === 'PageUp' || key === 'PageDown') onSpan(moved(span, length * (key === 'PageUp' ? -0.8 : 0.8)))
    else if (key === 'Enter' || key === ' ') {
      onPick(chosen ?? spanning(bar, bar))
      drop()
    } else if (key === 'Escape' && (chosen !== null || picked !== null)) {
      event.stopPropagation() // what is open beside stays open
      if (chosen === null) onPick(null)
      drop()
    } else if (event.shiftKey && steps[key] !== undefined) {
      const next = bars[(active ?? bars.length - 1) + steps[key]] ?? bar
      const from = anchor ?? bar
      setAnchor(from)
      setChosen(spanning(from, next))
      return false // the slider moves on
    } else if ((key === 'ArrowLeft' && bar === bars[0]) || (key === 'ArrowRight' && bar === bars.at(-1))) {
      onSpan(moved(span, (steps[key] ?? 0) * (bar.to - bar.from)))
    } else return false
    return true
  }
  return { chosen, onKey }
}
