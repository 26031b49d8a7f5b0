import { Popover, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { Monitor, Smartphone } from 'lucide-react'
import type { Presence } from '#sealing/presence.ts'
import { calledHere, isOwnDevice, useOthersHere } from '#web/services/presence.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './also-here.module.css'

/** Who else has this persona open, and at what. Nothing while one is alone. */
export const AlsoHere = () => {
  const others = useOthersHere()
  const names = others.map(calledHere).join('; ')
  return (
    <>
      {/* There from the start: a region that comes with its words is not read out. */}
      <VisuallyHidden aria-live="polite">{names !== '' && `Also here: ${names}`}</VisuallyHidden>
      {others.length > 0 && (
        <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <UnstyledButton className={classes.button} aria-label={`Also here: ${others.length}`} title={names}>
              {others.slice(0, 3).map((other) => (
                <Face key={other.deviceId} other={other} size={26} />
              ))}
              {others.length > 3 && <span className={classes.more}>+{others.length - 3}</span>}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p="sm" aria-label="Also here">
            <Text size="xs" c="dimmed" mb="sm">
              Also here
            </Text>
            <Stack component="ul" className={classes.list} gap="sm" tabIndex={-1} data-autofocus>
              {others.map((other) => (
                <li key={other.deviceId} className={classes.other}>
                  <Face other={other} size={32} />
                  <div className={classes.words}>
                    <Text size="sm" truncate>
                      {calledHere(other)}
                    </Text>
                    <Text size="xs" c="dimmed" truncate>
                      {placeOf(other)}
                    </Text>
                  </div>
                  <Text size="xs" c="dimmed" className={classes.time ?? ''}>
                    <RelativeTime at={other.since} />
                  </Text>
                </li>
              ))}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  )
}

/** One's own devices by what they are, other people by their initials. */
const Face = ({ other, size }: { readonly other: Presence; readonly size: number }) => {
  if (!isOwnDevice(other) && other.name !== '')
    return (
      <span className={classes.face}>
        <HueAvatar name={other.name} hue={hueOf(other.actorId)} size={size} />
      </span>
    )
  const Icon = /Android|iOS/.test(other.device) ? Smartphone : Monitor
  return (
    <span className={classes.face} data-device style={{ width: size, height: size }}>
      <Icon size={size / 2} aria-hidden />
    </span>
  )
}

const placeOf = ({ where: { room, title } }: Presence): string => (title === '' ? `In ${room}` : `Reading “${title}”`)

/** The same for the same person, everywhere. */
const hueOf = (actorId: string): number =>
  Array.from(actorId).reduce((hue, letter) => (hue * 31 + letter.charCodeAt(0)) % 360, 0)
