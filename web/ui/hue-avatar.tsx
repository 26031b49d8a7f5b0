import { Avatar } from '@mantine/core'

interface HueAvatarProps {
  readonly name: string
  /** Degrees, 0–359. */
  readonly hue: number
  readonly src?: string | null
  readonly size?: number
}

export const HueAvatar = ({ name, hue, src, size = 32 }: HueAvatarProps) => (
  <Avatar
    size={size}
    radius="50%"
    src={src ?? null}
    alt=""
    // The name stands beside it: its initials are not read aloud too.
    aria-hidden
    styles={{ placeholder: { background: hueColor(hue), color: '#fff', fontSize: size * 0.4, border: 0 } }}
  >
    {initialsOf(name)}
  </Avatar>
)

/** A shade of the hue that white text reads on (AA). */
export const hueColor = (hue: number): string => `hsl(${hue} 55% 34%)`

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase() ?? '')
    .join('')
