import { Button, FileButton, Group, Input, Stack } from '@mantine/core'
import { useId, useState } from 'react'
import { HueAvatar, hueColor } from '#web/ui/hue-avatar.tsx'
import { avatarFromFile } from './avatar-file.ts'
import classes from './portrait-field.module.css'

/** Far enough apart to be told from each other in a rail, in degrees. */
const hues = [0, 24, 44, 88, 152, 180, 200, 220, 250, 275, 305, 335]

/** The palette, with a colour from elsewhere in the place of the one nearest to it. */
const huesAround = (hue: number): readonly number[] => {
  const distance = (other: number) => Math.min(Math.abs(hue - other), 360 - Math.abs(hue - other))
  const nearest = hues.toSorted((a, b) => distance(a) - distance(b))[0]
  return hues.map((each) => (each === nearest ? hue : each))
}

interface PortraitFieldProps {
  readonly name: string
  readonly hue: number
  readonly avatar: string | null
  readonly error: string | undefined
  readonly onChange: (portrait: { readonly hue?: number; readonly avatar?: string | null }) => void
}

export const PortraitField = ({ name, hue, avatar, error, onChange }: PortraitFieldProps) => {
  const group = useId()
  const [fileError, setFileError] = useState<string>()
  const choose = async (file: File | null) => {
    if (file === null) return
    const picture = await avatarFromFile(file)
    if (typeof picture === 'string') onChange({ avatar: picture })
    setFileError(typeof picture === 'string' ? undefined : picture.message)
  }
  const wrong = fileError ?? error
  return (
    <Group gap="md" wrap="nowrap" align="center">
      <HueAvatar name={name} hue={hue} src={avatar} size={56} />
      <Stack gap="sm">
        <div className={classes.hues} role="radiogroup" aria-label="Colour">
          {huesAround(hue).map((each) => (
            <label key={each} className={classes.hue} style={{ background: hueColor(each) }}>
              <input
                type="radio"
                name={group}
                aria-label={`Colour ${each}°`}
                checked={each === hue}
                onChange={() => onChange({ hue: each })}
              />
            </label>
          ))}
        </div>
        <Group gap="xs">
          <FileButton onChange={choose} accept="image/*">
            {(props) => (
              <Button {...props} size="compact-sm" variant="default">
                Choose a picture
              </Button>
            )}
          </FileButton>
          {avatar !== null && (
            <Button size="compact-sm" variant="subtle" onClick={() => onChange({ avatar: null })}>
              Use initials
            </Button>
          )}
        </Group>
        {wrong !== undefined && <Input.Error role="alert">{wrong}</Input.Error>}
      </Stack>
    </Group>
  )
}
