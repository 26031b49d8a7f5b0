import { type KeyboardEvent, useRef, useState } from 'react'
import type { KnownPicture, PicturedPersona } from '#schema/workspace/picture-queries.ts'
import { PictureTile } from './picture-tile.tsx'
import classes from './pictures-room.module.css'

interface PictureGridProps {
  /** The newest first. */
  readonly pictures: readonly KnownPicture[]
  readonly personas: readonly PicturedPersona[]
  readonly onOpen: (picture: KnownPicture) => void
}

/** By month. Arrows move, over the months too; Enter opens. */
export const PictureGrid = ({ pictures, personas, onOpen }: PictureGridProps) => {
  const list = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState(0)
  const active = Math.min(cursor, pictures.length - 1)
  const known = new Map(personas.map((persona) => [persona.personaId, persona]))

  const tiles = () => [...(list.current?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])]
  const onKeyDown = (event: KeyboardEvent) => {
    const picture = pictures[active]
    if (event.key === 'Enter' && picture !== undefined) onOpen(picture)
    else {
      const next = placeAfter(event.key, active, tiles())
      if (next === undefined) return
      setCursor(next)
      tiles()[next]?.focus()
    }
    event.preventDefault()
  }
  return (
    <div ref={list} role="listbox" aria-label="Pictures" tabIndex={-1} onKeyDown={onKeyDown}>
      {monthsOf(pictures).map(({ month, first, members }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div key={month} role="group" aria-label={month}>
          <div className={classes.month} aria-hidden>
            {month}
          </div>
          <div className={classes.tiles}>
            {members.map((picture, index) => (
              <PictureTile
                key={`${picture.personaId} ${picture.attachmentId}`}
                picture={picture}
                persona={known.get(picture.personaId)}
                isActive={first + index === active}
                onFocus={() => setCursor(first + index)}
                onOpen={() => onOpen(picture)}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}

interface Month {
  readonly month: string
  /** The place of its first picture among all. */
  readonly first: number
  readonly members: readonly KnownPicture[]
}

const monthsOf = (pictures: readonly KnownPicture[]): readonly Month[] => {
  const months = Map.groupBy(pictures, ({ addedAt }) => format.format(addedAt))
  let first = 0
  return [...months].map(([month, members]) => {
    const group = { month, first, members }
    first += members.length
    return group
  })
}

const format = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' })

/** Where a key leads from a place; nowhere for any other key. Up and down go to the nearest tile of the next row. */
const placeAfter = (key: string, active: number, tiles: readonly HTMLElement[]): number | undefined => {
  const last = tiles.length - 1
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key === 'ArrowLeft') return Math.max(0, active - 1)
  if (key === 'ArrowRight') return Math.min(last, active + 1)
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined
  const from = tiles[active]?.getBoundingClientRect()
  if (from === undefined) return active
  const way = key === 'ArrowDown' ? 1 : -1
  const ahead = tiles.flatMap((tile, place) => {
    const to = tile.getBoundingClientRect()
    const down = (to.top - from.top) * way
    return down > 1 ? [{ place, distance: down * 1000 + Math.abs(to.left - from.left) }] : []
  })
  return ahead.toSorted((a, b) => a.distance - b.distance)[0]?.place ?? active
}
