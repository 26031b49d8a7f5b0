import { ImageOff } from 'lucide-react'
import { useRef } from 'react'
import type { KnownPicture, PicturedPersona } from '#schema/workspace/picture-queries.ts'
import { usePicture } from '#web/services/attachments/use-picture.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { KindIcon } from '#web/ui/media/kind-icon.tsx'
import { useInSight } from '#web/ui/use-in-sight.ts'
import classes from './pictures-room.module.css'

interface PictureTileProps {
  readonly picture: KnownPicture
  readonly persona: PicturedPersona | undefined
  readonly isActive: boolean
  readonly onFocus: () => void
  readonly onOpen: () => void
}

export const PictureTile = ({ picture, persona, isActive, onFocus, onOpen }: PictureTileProps) => {
  const tile = useRef<HTMLDivElement>(null)
  const shown = usePicture(picture, useInSight(tile))
  const name = persona?.name ?? 'Persona'
  const says = `${name}, ${day.format(picture.addedAt)}`
  const problem = shown instanceof Error ? shown.message : undefined
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has Enter
    <div
      ref={tile}
      role="option"
      aria-selected={isActive}
      aria-label={problem === undefined ? says : `${says}. ${problem}`}
      title={problem ?? says}
      tabIndex={isActive ? 0 : -1}
      className={classes.tile}
      onFocus={onFocus}
      onClick={onOpen}
    >
      {shown === undefined ? (
        <KindIcon kind="image" size={28} />
      ) : shown instanceof Error ? (
        <ImageOff size={28} aria-hidden />
      ) : (
        <img src={shown.address} alt="" decoding="async" />
      )}
      <span className={classes.whose}>
        <HueAvatar name={name} hue={persona?.hue ?? 0} src={persona?.avatar ?? null} size={20} />
      </span>
    </div>
  )
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
