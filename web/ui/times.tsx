import { Text, type TextProps, Tooltip } from '@mantine/core'
import { useSyncExternalStore } from 'react'

/** “3 hours ago”, the exact time on hover, kept current. */
export const RelativeTime = ({ at, ...props }: { readonly at: Date } & TextProps) => {
  const now = useCurrentMinute()
  return (
    <Tooltip label={exactTime(at)} openDelay={300}>
      <Text span inherit {...props}>
        <time dateTime={at.toISOString()}>{relativeTime(at, now)}</time>
      </Text>
    </Tooltip>
  )
}

/** Moves on each minute; in milliseconds since 1970. */
export const useCurrentMinute = (): number => useSyncExternalStore(subscribeToMinutes, currentMinute)

const formats = {
  relative: new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' }),
  exact: new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' }),
  date: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
}

const units = [
  ['minute', 60_000, 60],
  ['hour', 3_600_000, 24],
  ['day', 86_400_000, 30],
] as const

/** `now` in milliseconds. Older than a month: the date. */
export const relativeTime = (at: Date, now: number): string => {
  const past = now - at.getTime()
  if (Math.abs(past) < 60_000) return 'just now'
  const unit = units.find(([, ms, limit]) => Math.abs(past) < ms * limit)
  return unit === undefined ? formats.date.format(at) : formats.relative.format(-Math.round(past / unit[1]), unit[0])
}

export const exactTime = (at: Date): string => formats.exact.format(at)

const subscribeToMinutes = (listener: () => void) => {
  const timer = setInterval(listener, 60_000)
  return () => clearInterval(timer)
}

const currentMinute = () => Math.floor(Date.now() / 60_000) * 60_000 + 59_999
