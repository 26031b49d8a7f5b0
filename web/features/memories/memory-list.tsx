import { useMediaQuery } from '@mantine/hooks'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { useOthersByThing } from '#web/services/presence.ts'
import { placeAfterKey } from '#web/ui/place-after-key.ts'
import { rowsOnScreen } from '#web/ui/rows-on-screen.ts'
import { useCurrentMinute } from '#web/ui/times.tsx'
import { type Cursor, cursorAt, placeOf, windowStart } from './list-place.ts'
import classes from './memory-list.module.css'
import { MemoryRow, rowId } from './memory-row.tsx'
import { allSelected, extendedTo, nothingSelected, type Selection, toggled } from './selection.ts'
import { useListedMemories } from './use-listed-memories.ts'

/** Pixels; as in the style sheet. */
const rowHeights = { wide: 40, phone: 64 }

interface MemoryListProps {
  readonly ids: readonly string[]
  readonly openId: string | undefined
  readonly shownTime: 'occurredAt' | 'addedAt'
  readonly selection: Selection
  readonly cursor: Cursor | null
  readonly onSelect: (selection: Selection) => void
  readonly onCursor: (cursor: Cursor | null) => void
  readonly onOpen: (memoryId: string) => void
}

/**
 * A listbox of any length: the browser holds the rows in view, the store is asked for the window around them, and the
 * active row stays mounted, so that a screen reader can follow the keyboard anywhere.
 */
export const MemoryList = ({ ids, openId, selection, cursor, ...props }: MemoryListProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useRef<VirtualizerHandle>(null)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const rowHeight = isPhone ? rowHeights.phone : rowHeights.wide
  const [start, setStart] = useState(0)
  const rows = useListedMemories(ids, start)
  const others = useOthersByThing()
  // Who may only read, as everybody in the past, has nothing to choose them for.
  const mayWrite = useMayWrite()
  const place = useMemo(() => placeOf(ids, cursor), [ids, cursor])
  const now = useCurrentMinute()

  const showWindowAt = (offset: number) => setStart(windowStart(Math.floor(offset / rowHeight)))
  useScrolledIntoView(openId, ids, virtualizer, scroller)

  const moveTo = (next: number) => {
    const moved = cursorAt(ids, next)
    props.onCursor(moved)
    virtualizer.current?.scrollToIndex(next, { align: 'nearest' })
    return moved
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const at = ids[place]
    const next = event.altKey ? undefined : placeAfterKey(event.key, place, ids.length, pageOf(scroller, rowHeight))
    if (next !== undefined) {
      const moved = moveTo(next)
      const from = selection.anchorId === null && at !== undefined ? { ...selection, anchorId: at } : selection
      if (event.shiftKey && mayWrite && moved !== null) props.onSelect(extendedTo(from, ids, moved.memoryId))
      else if (openId !== undefined && moved !== null) props.onOpen(moved.memoryId)
    } else if (event.key === 'Enter' && at !== undefined) props.onOpen(at)
    else if (event.key === ' ' && mayWrite && at !== undefined) props.onSelect(toggled(selection, at))
    else if (event.key === 'a' && mayWrite && (event.ctrlKey || event.metaKey)) props.onSelect(allSelected(ids))
    else return
    event.preventDefault()
  }

  const onClick = (event: MouseEvent) => {
    // Events start at elements.
    const target = event.target as Element
    const memoryId = target.closest<HTMLElement>('[data-memory]')?.dataset.memory
    if (memoryId === undefined) return
    props.onCursor(cursorAt(ids, ids.indexOf(memoryId)))
    if (event.shiftKey && mayWrite) props.onSelect(extendedTo(selection, ids, memoryId))
    else if (mayWrite && (event.ctrlKey || event.metaKey || target.closest('[data-check]') !== null))
      props.onSelect(toggled(selection, memoryId))
    else {
      if (selection.ids.size > 0) props.onSelect(nothingSelected)
      props.onOpen(memoryId)
    }
  }

  const activeId = ids[place]
  return (
    <div
      ref={scroller}
      className={classes.list}
      role="listbox"
      aria-label="Memories"
      aria-multiselectable={mayWrite}
      aria-activedescendant={activeId === undefined ? undefined : rowId(activeId)}
      tabIndex={0}
      data-memory-list
      data-selecting={selection.ids.size > 0 || undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={() => {
        if (cursor === null) props.onCursor(cursorAt(ids, start))
      }}
    >
      <Virtualizer
        key={rowHeight}
        ref={virtualizer}
        scrollRef={scroller}
        data={ids}
        itemSize={rowHeight}
        // There before the list knows its height, which it learns a layout later.
        ssrCount={rowsOnScreen(rowHeight)}
        keepMounted={place === -1 ? [] : [place]}
        onScroll={showWindowAt}
      >
        {(memoryId, index) => (
          <MemoryRow
            key={memoryId}
            memoryId={memoryId}
            row={rows.get(memoryId)}
            shownTime={props.shownTime}
            now={now}
            place={index}
            count={ids.length}
            isSelectable={mayWrite}
            isSelected={selection.ids.has(memoryId)}
            isActive={memoryId === activeId}
            isOpen={memoryId === openId}
            others={others.get(memoryId)}
          />
        )}
      </Virtualizer>
    </div>
  )
}

/** Puts the keyboard back where it was before a detail or a menu took it. */
export const focusMemoryList = () => document.querySelector<HTMLElement>('[data-memory-list]')?.focus()

/** A memory opened by its address stands in the middle of the list; one opened in the list stays where it is. */
const useScrolledIntoView = (
  openId: string | undefined,
  ids: readonly string[],
  virtualizer: { readonly current: VirtualizerHandle | null },
  scroller: { readonly current: HTMLElement | null },
) => {
  const shown = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (openId === undefined || shown.current === openId) return
    shown.current = openId
    const place = ids.indexOf(openId)
    if (place === -1 || scroller.current?.querySelector(`#${rowId(openId)}`)) return
    virtualizer.current?.scrollToIndex(place, { align: 'center' })
  }, [openId, ids, virtualizer, scroller])
}

const pageOf = (scroller: { readonly current: HTMLElement | null }, rowHeight: number): number =>
  Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
