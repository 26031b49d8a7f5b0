import { useState } from 'react'
import classes from './hue-avatar.module.css'

interface HueAvatarProps {
  readonly name: string
  /** Degrees, 0–359. */
  readonly hue: number
  readonly src?: string | null
  readonly size?: number
}

/** The picture, or the initials while there is none that can be shown. Hidden from readers: the name stands beside it. */
export const HueAvatar = ({ name, hue, src = null, size = 32 }: HueAvatarProps) => {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <span
      className={classes.avatar}
      aria-hidden
      style={{ width: size, height: size, fontSize: size * 0.4, background: hueColor(hue) }}
    >
      {src === null || src === broken ? initialsOf(name) : <img src={src} alt="" onError={() => setBroken(src)} />}
    </span>
  )
}

/** A shade of the hue that white text reads on (AA). */
export const hueColor = (hue: number): string => `hsl(${hue} 55% 34%)`

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase() ?? '')
    .join('')
