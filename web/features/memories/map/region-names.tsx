import { useEffect, useRef } from 'react'
import type { Drawing } from '#web/features/memories/graph/drawing.ts'
import classes from './region-names.module.css'
import type { Region } from './regions.ts'

interface RegionNamesProps {
  readonly regions: readonly Region[]
  readonly drawing: Drawing
}

/** Names over the parts of a map. With every frame they follow it; where two would overlap, the larger part's stays. */
export const RegionNames = ({ regions, drawing }: RegionNamesProps) => {
  const layer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const follow = () => {
      const taken: DOMRect[] = []
      for (const [index, element] of [...(layer.current?.children ?? [])].entries()) {
        const region = regions[index]
        if (region === undefined || !(element instanceof HTMLElement)) continue
        const { x, y } = drawing.onScreen(region)
        const box = new DOMRect(x - region.name.length * 4 - 6, y - 11, region.name.length * 8 + 12, 22)
        const isFree = taken.every((other) => !isOver(box, other))
        element.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`
        element.style.visibility = isFree ? 'visible' : 'hidden'
        if (isFree) taken.push(box)
      }
    }
    follow()
    return drawing.whenDrawn(follow)
  }, [regions, drawing])
  return (
    <div ref={layer} className={classes.layer} aria-hidden>
      {regions.map(({ name }) => (
        <span key={name} className={classes.name}>
          {name}
        </span>
      ))}
    </div>
  )
}

const isOver = (one: DOMRect, other: DOMRect) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
