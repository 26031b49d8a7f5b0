import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { RelativeTime } from '#web/ui/times.tsx'

interface Change {
  readonly at: string
  readonly by: string | null
}

interface ChangeListProps<A extends Change> {
  readonly load: () => Promise<{ readonly changes: readonly A[] } | Error>
  readonly wordsOf: (change: A) => string
}

/** What was changed before, when and by whom; the newest first. */
export const ChangeList = <A extends Change>({ load, wordsOf }: ChangeListProps<A>) => {
  const [changes, setChanges] = useState<readonly A[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for as long as the list is open
  useEffect(() => {
    let isWanted = true
    void load().then((answer) => {
      if (isWanted && !(answer instanceof Error)) setChanges(answer.changes)
    })
    return () => {
      isWanted = false
    }
  }, [])
  if (changes.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        Changed before
      </Text>
      {changes.slice(0, 20).map((change) => (
        <Text key={`${change.at} ${wordsOf(change)}`} size="xs" c="dimmed">
          <RelativeTime at={new Date(change.at)} />
          {change.by !== null && change.by !== '' && ` by ${change.by.slice(0, 6)}…`}: {wordsOf(change)}
        </Text>
      ))}
    </div>
  )
}
