import { Group } from '@mantine/core'
import { ArrowRight } from 'lucide-react'
import type { CellsSaid } from '#schema/placement/wire.ts'
import classes from './shards.module.css'

type Cells = CellsSaid['cells']

/** Degrees. A cell keeps its own as long as those before it stay. */
export const hueOf = (cells: Cells, cellId: string): number => {
  const place = cells.findIndex((cell) => cell.cellId === cellId)
  return hues[place] ?? Math.round(place * 137.5 + 200) % 360
}

const hues = [231, 173, 28, 322, 95, 268, 200, 350]

export const hueStyle = (hue: number) => ({ ['--hue' as never]: hue })

interface CellNameProps {
  readonly cells: Cells
  readonly cellId: string
}

export const CellName = ({ cells, cellId }: CellNameProps) => (
  <span className={classes.cell}>
    <span className={classes.swatch} style={hueStyle(hueOf(cells, cellId))} aria-hidden />
    {cellId}
  </span>
)

/** From which cell to which. */
export const CellWay = ({ cells, from, to }: { readonly cells: Cells; readonly from: string; readonly to: string }) => (
  <Group gap={8} wrap="nowrap">
    <CellName cells={cells} cellId={from} />
    <ArrowRight size={14} role="img" aria-label="to" />
    <CellName cells={cells} cellId={to} />
  </Group>
)

/** Whether anything new comes to it, in words. */
export const takesWords = ({ takesStores, draining, readOnly }: Cells[number]): string => {
  if (draining) return 'draining'
  if (readOnly) return 'read-only'
  return takesStores ? 'takes stores' : 'takes none'
}
