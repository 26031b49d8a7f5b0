import { Text } from '@mantine/core'
import { memo, type PointerEvent, useMemo, useState } from 'react'
import type { CellsSaid, PlacementSaid } from '#schema/placement/wire.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import { PointSlider } from '#web/ui/charts/point-slider.tsx'
import { CellName, hueOf, hueStyle } from './cell-face.tsx'
import { arcPath, arcsOf, type Dot, dotNear, dotsOf, laneRadius, pointAt } from './ring-layout.ts'
import classes from './ring-picture.module.css'
import type { NameOf } from './use-store-names.ts'

type Cells = CellsSaid['cells']

interface RingPictureProps {
  readonly cells: Cells
  readonly placements: readonly PlacementSaid[]
  readonly nameOf: NameOf
  readonly chosen: string | undefined
  readonly onChoose: (storeId: string) => void
}

/** Cells as arcs of the ring, stores as dots at the place of their hash, each on the lane of the cell that holds it. */
export const RingPicture = ({ cells, placements, nameOf, chosen, onChoose }: RingPictureProps) => {
  const [active, setActive] = useState<number | null>(null)
  const dots = useMemo(() => dotsOf(placements), [placements])
  const lanes = useMemo(() => new Map(cells.map(({ cellId }, lane) => [cellId, lane])), [cells])
  const radiusOf = ({ cellId }: Dot) => laneRadius(lanes.get(cellId) ?? 0, lanes.size)
  const spoken = (active === null ? undefined : dots[active]) ?? dots.find(({ storeId }) => storeId === chosen)
  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect()
    const at = (from: number, to: number) => ((to - from) / width) * 200 - 100
    setActive(dotNear(dots, radiusOf, { x: at(left, event.clientX), y: at(top, event.clientY) }))
  }
  const choose = (place: number | null) => {
    const dot = place === null ? undefined : dots[place]
    if (dot !== undefined) onChoose(dot.storeId)
  }
  return (
    <PointSlider
      className={classes.picture}
      label="Stores on the ring"
      count={dots.length}
      active={active}
      onActive={setActive}
      onChoose={choose}
      textOf={(place) => textOf(dots[place], nameOf)}
      across={1}
      down={10}
    >
      <svg viewBox="-100 -100 200 200" aria-hidden onPointerMove={onMove} onClick={() => choose(active)}>
        <Arcs cells={cells} chosen={spoken?.cellId} />
        <Dots cells={cells} dots={dots} />
        {spoken !== undefined && <Mark dot={spoken} radius={radiusOf(spoken)} />}
      </svg>
      <div className={classes.middle} aria-hidden>
        {spoken === undefined ? (
          <>
            <Text fz="xl" lh="xl" fw={600}>
              {wholeNumber(dots.length)}
            </Text>
            <Text size="xs" c="dimmed">
              {dots.length === 1 ? 'store' : 'stores'} in {counted(cells.length, 'cell')}
            </Text>
          </>
        ) : (
          <>
            <Text size="sm" fw={600} truncate className={classes.said}>
              {nameOf(spoken.storeId)}
            </Text>
            <CellName cells={cells} cellId={spoken.cellId} />
            <Text size="xs" c="dimmed">
              at {placeText(spoken.turn)}
            </Text>
          </>
        )}
      </div>
    </PointSlider>
  )
}

/** `37.25 %` of the way around. */
export const placeText = (turn: number): string =>
  turn.toLocaleString(undefined, { style: 'percent', minimumFractionDigits: 2 })

const textOf = (dot: Dot | undefined, nameOf: NameOf): string =>
  dot === undefined ? 'no store' : `${nameOf(dot.storeId)} in ${dot.cellId}, at ${placeText(dot.turn)} of the ring`

const Arcs = memo(({ cells, chosen }: { readonly cells: Cells; readonly chosen: string | undefined }) => {
  const arcs = useMemo(
    () => arcsOf(cells.map(({ cellId, weight, takesStores }) => ({ cellId, weight: takesStores ? weight : 0 }))),
    [cells],
  )
  return arcs.map((arc) => {
    const isFaint = chosen !== undefined && chosen !== arc.cellId
    const props = {
      className: isFaint ? `${classes.arc} ${classes.faint}` : classes.arc,
      style: hueStyle(hueOf(cells, arc.cellId)),
    }
    return arcs.length === 1 ? (
      <circle key={arc.cellId} r={95} {...props} />
    ) : (
      <path key={arc.cellId} d={arcPath(arc, 95)} {...props} />
    )
  })
})

/** Drawn once for each change of the stores, whatever is pointed at. */
const Dots = memo(({ cells, dots }: { readonly cells: Cells; readonly dots: readonly Dot[] }) => {
  const size = dots.length > 300 ? 1.1 : dots.length > 60 ? 1.8 : 2.6
  const wayOf = new Map(cells.map(({ cellId }, lane) => [cellId, laneRadius(lane, cells.length)]))
  return (
    <>
      {cells.map(({ cellId }) => (
        <circle key={cellId} r={wayOf.get(cellId)} className={classes.lane} />
      ))}
      {dots.map(({ storeId, cellId, turn }) => {
        const { x, y } = pointAt(turn, wayOf.get(cellId) ?? 0)
        return (
          <circle key={storeId} className={classes.dot} style={hueStyle(hueOf(cells, cellId))} cx={x} cy={y} r={size} />
        )
      })}
    </>
  )
})

const Mark = ({ dot, radius }: { readonly dot: Dot; readonly radius: number }) => {
  const [at, edge] = [pointAt(dot.turn, radius), pointAt(dot.turn, 91)]
  return (
    <>
      <line className={classes.line} x1={at.x} y1={at.y} x2={edge.x} y2={edge.y} />
      <circle className={classes.halo} cx={at.x} cy={at.y} r={4.2} />
    </>
  )
}
