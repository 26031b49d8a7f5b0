// biome-ignore-all lint/a11y/useSemanticElements: a table of the browser does not leave out the rows that are out of sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid keeps the focus and says which row is active
import { useMediaQuery } from '@mantine/hooks'
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { Cell } from '#web/services/shards/cells.ts'
import { placeAfterKey } from '#web/ui/place-after-key.ts'
import { rowsOnScreen } from '#web/ui/rows-on-screen.ts'
import { columnWidths } from './column-widths.ts'
import classes from './row-grid.module.css'
import { type Head, RowGridHeader } from './row-grid-header.tsx'

/** Pixels, as in the style sheet. */
const rowHeights = { wide: 32, phone: 44 }
const headerHeights = { plain: 36, withFilters: 72 }

interface RowGridProps extends Omit<Head, 'columns' | 'widths'> {
  readonly label: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Of how many; those that are not read yet come when the end of the others is near. */
  readonly count: number
  /** The place of the row that is open beside. */
  readonly open: number | undefined
  readonly onOpen: (place: number) => void
  readonly onNearEnd?: () => void
}

/** Rows of any number under their columns: the browser holds those in view, the arrow keys go through all. */
export const RowGrid = memo(function RowGrid(props: RowGridProps) {
  const { label, columns, rows, count, open, onOpen, onNearEnd, ...head } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useRef<VirtualizerHandle>(null)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const rowHeight = isPhone ? rowHeights.phone : rowHeights.wide
  const headerHeight = head.onFilter === undefined ? headerHeights.plain : headerHeights.withFilters
  const [cursor, setCursor] = useState(-1)
  const widths = useMemo(() => columnWidths(columns, rows), [columns, rows])
  const template = widths.map((width) => `minmax(${width}px, ${width}fr)`).join(' ')
  const place = Math.min(cursor, rows.length - 1)

  const onKeyDown = (event: KeyboardEvent) => {
    const isInField = (event.target as Element).matches('input, button') // events start at elements
    if (isInField || event.altKey || event.ctrlKey || event.metaKey) return
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1)
    const next = placeAfterKey(event.key, place, rows.length, page)
    if (next !== undefined && rows.length > 0) {
      setCursor(next)
      virtualizer.current?.scrollToIndex(next, { align: 'nearest', offset: next < place ? -headerHeight : 0 })
      if (open !== undefined) onOpen(next)
    } else if (event.key === 'Enter' && place >= 0) onOpen(place)
    else return
    event.preventDefault()
  }
  const onClick = ({ target }: MouseEvent) => {
    // Events start at elements.
    const row = (target as Element).closest<HTMLElement>('[data-place]')
    if (row === null) return
    scroller.current?.focus({ preventScroll: true })
    setCursor(Number(row.dataset.place))
    onOpen(Number(row.dataset.place))
  }
  return (
    <div
      ref={scroller}
      className={classes.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={place === -1 ? undefined : rowId(place)}
      tabIndex={0}
      data-row-grid
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={({ target, currentTarget }) => {
        if (target === currentTarget && cursor === -1) setCursor(open ?? 0)
      }}
    >
      <div
        className={classes.inner}
        role="presentation"
        style={{ minInlineSize: widths.reduce((sum, width) => sum + width, 0) }}
      >
        <RowGridHeader columns={columns} template={template} height={headerHeight} {...head} />
        <Virtualizer
          key={rowHeight}
          ref={virtualizer}
          scrollRef={scroller}
          data={rows}
          itemSize={rowHeight}
          startMargin={headerHeight}
          // There before the list knows its height, which it learns a layout later.
          ssrCount={Math.min(rows.length, rowsOnScreen(rowHeight))}
          keepMounted={place === -1 ? [] : [place]}
          onScroll={(offset) => {
            const last = Math.ceil((offset + (scroller.current?.clientHeight ?? 0)) / rowHeight)
            if (last > rows.length - nearEnd) onNearEnd?.()
          }}
        >
          {(cells, at) => (
            <Row key={at} cells={cells} place={at} template={template} isActive={at === place} isOpen={at === open} />
          )}
        </Virtualizer>
      </div>
    </div>
  )
})

/** Puts the keyboard back where it was before a detail or a field took it. */
export const focusGrid = () => document.querySelector<HTMLElement>('[data-row-grid]')?.focus()

interface RowProps {
  readonly cells: readonly Cell[]
  readonly place: number
  readonly template: string
  readonly isActive: boolean
  readonly isOpen: boolean
}

const Row = memo(function Row({ cells, place, template, isActive, isOpen }: RowProps) {
  return (
    <div
      id={rowId(place)}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isOpen}
      tabIndex={-1}
      data-place={place}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      className={classes.row}
      style={{ gridTemplateColumns: template }}
    >
      {cells.map((cell, column) => (
        <CellView
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          key={column}
          cell={cell}
        />
      ))}
    </div>
  )
})

const CellView = ({ cell }: { readonly cell: Cell }) => {
  const kind = cell === null ? 'none' : typeof cell === 'object' ? 'bytes' : typeof cell
  return (
    <div role="gridcell" className={classes.cell} data-kind={kind}>
      {cell === null ? 'null' : typeof cell === 'object' ? `${cell.bytes.toLocaleString()} bytes` : String(cell)}
    </div>
  )
}

const rowId = (place: number) => `row-${place}`

/** Rows before the end at which more are read. */
const nearEnd = 60
