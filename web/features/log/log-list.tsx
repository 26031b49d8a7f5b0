import { useMediaQuery } from '@mantine/hooks'
import { type KeyboardEvent, type MouseEvent, memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { placeAfterKey } from '#web/ui/place-after-key.ts'
import { rowsOnScreen } from '#web/ui/rows-on-screen.ts'
import { useCurrentMinute } from '#web/ui/times.tsx'
import { Tips } from '#web/ui/tips.tsx'
import type { Clock } from './clock.ts'
import { LogLineView, lineId } from './log-line.tsx'
import { type LogLine, linesOf, type RowLine, rowNear } from './log-lines.ts'
import classes from './log-list.module.css'
import type { Finding } from './use-log.ts'
import { useLogRows, windowStart } from './use-log-rows.ts'
import type { Signers } from './use-signers.ts'

/** Pixels of a row, as in the style sheet; the other lines are lower. */
const rowHeights = { wide: 36, phone: 60 }

interface LogListProps {
  readonly finding: Finding
  readonly seen: number
  readonly confirmed: number
  readonly clock: Clock
  readonly signers: Signers
  /** The number of the event that is open beside. */
  readonly open: number | undefined
  readonly onOpen: (number: number) => void
}

/**
 * A tree of any length, two levels deep: acts open to their events. The browser holds the lines in view, the worker is
 * asked for the window around them, and the active line stays mounted for whoever follows the keyboard.
 */
export const LogList = memo(function LogList({ finding, seen, open, onOpen, ...looks }: LogListProps) {
  const { reader, found } = finding
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useRef<VirtualizerHandle>(null)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const rowHeight = isPhone ? rowHeights.phone : rowHeights.wide
  const [openActs, setOpenActs] = useState<ReadonlySet<number>>(new Set())
  const { isUtc } = looks.clock
  const lines = useMemo(() => linesOf(found, { openActs, seen, isUtc }), [found, openActs, seen, isUtc])
  const [start, setStart] = useState(0)
  const rows = useLogRows(reader, lines, start)
  const [cursor, setCursor] = useState<string | null>(null)
  const place = useMemo(() => lines.findIndex(({ key }) => key === cursor), [lines, cursor])
  const now = useCurrentMinute()
  useScrolledIntoView(open, lines, virtualizer, scroller)

  const toggle = (act: number) =>
    setOpenActs((before) => new Set(before.has(act) ? [...before].filter((one) => one !== act) : [...before, act]))
  const act = (line: RowLine) => (line.act === undefined ? onOpen(line.number) : toggle(line.act))

  const onKeyDown = (event: KeyboardEvent) => {
    const at = lines[place]
    const line = at?.kind === 'row' ? at : undefined
    const wanted = event.altKey ? undefined : placeAfterKey(event.key, place, lines.length, pageOf(scroller, rowHeight))
    if (wanted !== undefined) {
      const next = rowNear(lines, wanted, wanted >= place ? 1 : -1)
      const reached = lines[next]
      if (reached?.kind !== 'row') return
      setCursor(reached.key)
      virtualizer.current?.scrollToIndex(next, { align: 'nearest' })
      if (open !== undefined && reached.act === undefined) onOpen(reached.number)
    } else if (line === undefined) return
    else if (event.key === 'Enter') act(line)
    else if (line.act !== undefined && event.key === (line.isOpen ? 'ArrowLeft' : 'ArrowRight')) toggle(line.act)
    else return
    event.preventDefault()
  }

  const onClick = ({ target }: MouseEvent) => {
    // Events start at elements.
    const key = (target as Element).closest<HTMLElement>('[data-line]')?.dataset.line
    const line = lines.find((line) => line.key === key)
    if (line?.kind !== 'row') return
    setCursor(line.key)
    act(line)
  }

  return (
    <div
      ref={scroller}
      className={classes.list}
      role="tree"
      aria-label="Events"
      aria-activedescendant={place === -1 ? undefined : lineId(cursor ?? '')}
      tabIndex={0}
      data-log-list
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={() => {
        if (place === -1) setCursor(lines[rowNear(lines, start, 1)]?.key ?? null)
      }}
    >
      <Virtualizer
        key={rowHeight}
        ref={virtualizer}
        scrollRef={scroller}
        data={lines}
        itemSize={rowHeight}
        // There before the list knows its height, which it learns a layout later.
        ssrCount={rowsOnScreen(rowHeight)}
        keepMounted={place === -1 ? [] : [place]}
        onScroll={(offset) => setStart(windowStart(virtualizer.current?.findItemIndex(offset) ?? 0))}
      >
        {(line) => (
          <LogLineView
            key={line.key}
            line={line}
            row={rows.get(line.key)}
            now={now}
            isActive={line.key === cursor}
            isOpen={line.kind === 'row' && line.act === undefined && line.number === open}
            {...looks}
          />
        )}
      </Virtualizer>
      <Tips within={scroller} />
    </div>
  )
})

/** Puts the keyboard back where it was before a detail or a field took it. */
export const focusLog = () => document.querySelector<HTMLElement>('[data-log-list]')?.focus()

/** An event opened by its address stands in the middle of the list; one opened in the list stays where it is. */
const useScrolledIntoView = (
  open: number | undefined,
  lines: readonly LogLine[],
  virtualizer: RefObject<VirtualizerHandle | null>,
  scroller: RefObject<HTMLElement | null>,
) => {
  const shown = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (open === undefined || shown.current === open) return
    shown.current = open
    const place = lines.findIndex((line) => line.kind === 'row' && line.number === open && line.act === undefined)
    if (place === -1 || scroller.current?.querySelector(`[data-number="${open}"]`)) return
    virtualizer.current?.scrollToIndex(place, { align: 'center' })
  }, [open, lines, virtualizer, scroller])
}

const pageOf = (scroller: RefObject<HTMLElement | null>, rowHeight: number): number =>
  Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
