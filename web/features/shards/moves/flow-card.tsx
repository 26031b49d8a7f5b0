import { useElementSize } from '@mantine/hooks'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { hueOf, hueStyle } from '#web/features/shards/cell-face.tsx'
import type { Move } from '#web/services/cells/placement-calls.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import { type FlowColumn, flowOf } from './flow.ts'
import classes from './moves.module.css'

interface FlowCardProps {
  readonly cells: CellsSaid['cells']
  readonly moves: readonly Move[]
  readonly waiting: number
}

/** Cells as columns that grow and shrink by what flows between them. */
export const FlowCard = ({ cells, moves, waiting }: FlowCardProps) => {
  const { ref, width: measured } = useElementSize()
  const { columns, flows } = flowOf(cells, moves)
  const width = Math.max(measured, 240)
  const step = width / Math.max(1, columns.length)
  const highest = Math.max(1, ...columns.map(({ bytes, arriving }) => bytes + arriving))
  const heightOf = (bytes: number) => (bytes / highest) * tallest
  const middleOf = (cellId: string) => (columns.findIndex((column) => column.cellId === cellId) + 0.5) * step
  const topOf = (cellId: string) => {
    const column = columns.find((known) => known.cellId === cellId)
    return floor - heightOf((column?.bytes ?? 0) + (column?.arriving ?? 0)) - 18
  }
  return (
    <ChartCard
      finding={finding(moves, waiting)}
      subject="What stands in each cell, and what is on its way"
      fileName="pjai-moves"
      table={{
        columns: ['Cell', 'Bytes', 'Leaving', 'Arriving'],
        rows: columns.map(({ cellId, bytes, leaving, arriving }) => [
          cellId,
          bytes,
          Math.round(leaving),
          Math.round(arriving),
        ]),
      }}
    >
      <div ref={ref} className={classes.flow}>
        <svg viewBox={`0 0 ${width} ${floor + 38}`} height={floor + 38} aria-hidden>
          <line className={classes.floor} x1={0} x2={width} y1={floor} y2={floor} />
          {columns.map((column, place) => (
            <Column
              key={column.cellId}
              column={column}
              hue={hueOf(cells, column.cellId)}
              middle={(place + 0.5) * step}
              wide={Math.min(56, step * 0.6)}
              heightOf={heightOf}
            />
          ))}
          {flows.map(({ moveId, from, to }, place) => (
            <path
              key={moveId}
              className={classes.way}
              style={hueStyle(hueOf(cells, to))}
              strokeWidth={flows.length > 8 ? 2 : 4}
              d={wayOf(middleOf(from), topOf(from), middleOf(to), topOf(to), place)}
            />
          ))}
        </svg>
      </div>
    </ChartCard>
  )
}

interface ColumnProps {
  readonly column: FlowColumn
  readonly hue: number
  readonly middle: number
  readonly wide: number
  readonly heightOf: (bytes: number) => number
}

const Column = ({ column: { cellId, bytes, leaving, arriving }, hue, middle, wide, heightOf }: ColumnProps) => {
  const x = middle - wide / 2
  const [stays, goes, comes] = [heightOf(bytes - leaving), heightOf(leaving), heightOf(arriving)]
  return (
    <g style={hueStyle(hue)}>
      <rect className={classes.column} x={x} width={wide} y={floor - stays} height={stays} />
      <rect className={classes.leaving} x={x} width={wide} y={floor - stays - goes} height={goes} />
      <rect className={classes.arriving} x={x} width={wide} y={floor - stays - goes - comes} height={comes} />
      <text className={classes.name} x={middle} y={floor + 16}>
        {cellId}
      </text>
      <text className={classes.size} x={middle} y={floor + 32}>
        {byteSize(bytes)}
      </text>
    </g>
  )
}

/** A bow from above one column to above another; several between the same two lie side by side. */
const wayOf = (x1: number, y1: number, x2: number, y2: number, place: number): string => {
  const top = Math.max(4, Math.min(y1, y2) - 34 - (place % 4) * 6)
  return `M ${x1} ${y1} C ${x1} ${top}, ${x2} ${top}, ${x2} ${y2}`
}

const finding = (moves: readonly Move[], waiting: number): string => {
  const sum = (key: 'copied' | 'events') => moves.reduce((total, move) => total + move[key], 0)
  const more = waiting === 0 ? '' : `, ${wholeNumber(waiting)} waiting`
  return `${counted(moves.length, 'move')} under way${more}: ${wholeNumber(sum('copied'))} of ${counted(sum('events'), 'event')} copied`
}

/** In pixels. */
const floor = 196
const tallest = 120
