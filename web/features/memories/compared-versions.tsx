import { NativeSelect, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { ChangedText } from '#web/ui/changed-text.tsx'
import { exactTime } from '#web/ui/times.tsx'
import classes from './memory-history.module.css'
import { eventInWords, type MemoryVersion, otherChanges } from './memory-versions.ts'

interface ComparedVersionsProps {
  readonly versions: readonly MemoryVersion[]
  readonly pair: readonly [from: MemoryVersion, to: MemoryVersion]
  readonly onCompare: (from: number, to: number) => void
}

/** Any two versions of one memory. */
export const ComparedVersions = ({ versions, pair: [from, to], onCompare }: ComparedVersionsProps) => {
  const choices = versions.toReversed().map((version) => ({
    value: String(version.seqNum),
    label: `${version === versions.at(-1) ? 'Now' : `Event ${version.seqNum}`} · ${eventInWords(version.eventName)}${version.at === null ? '' : ` · ${exactTime(new Date(version.at))}`}`,
  }))
  const [before, after] = [from.said?.content ?? '', to.said?.content ?? '']
  const others = otherChanges(from.said, to.said)
  const place = useRef<HTMLElement>(null)
  // Asked for far down a long list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each pair
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' }) // gives a promise in newer browsers, which is no clean-up
  }, [from.seqNum, to.seqNum])
  return (
    <section ref={place} className={classes.compared} aria-label="Two versions compared">
      <div className={classes.ends}>
        <NativeSelect
          size="xs"
          label="From"
          data={choices}
          value={String(from.seqNum)}
          onChange={({ currentTarget }) => onCompare(Number(currentTarget.value), to.seqNum)}
        />
        <NativeSelect
          size="xs"
          label="To"
          data={choices}
          value={String(to.seqNum)}
          onChange={({ currentTarget }) => onCompare(from.seqNum, Number(currentTarget.value))}
        />
      </div>
      <ChangedText before={before} after={after} />
      {others.map((line) => (
        <Text key={line} size="sm" mt="xs">
          {line}
        </Text>
      ))}
      {before === after && others.length === 0 && (
        <Text size="sm" c="dimmed">
          Both say the same.
        </Text>
      )}
    </section>
  )
}
