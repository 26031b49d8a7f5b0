import { Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import { useAuthorNames } from '#web/services/author-names.ts'
import { ChangedText } from '#web/ui/changed-text.tsx'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './memory-history.module.css'
import { eventInWords, type MemoryVersion, otherChanges } from './memory-versions.ts'

interface MemoryVersionRowProps {
  readonly version: MemoryVersion
  readonly before: MemoryVersion | undefined
  readonly isNow: boolean
  readonly onCompare: () => void
  /** Undefined where nothing can be restored. */
  readonly onRestore: (() => void) | undefined
}

export const MemoryVersionRow = ({ version, before, isNow, onCompare, onRestore }: MemoryVersionRowProps) => {
  const personaId = usePersonaId()
  const nameOf = useAuthorNames()
  const { seqNum, eventName, at, actorId, deviceId, said } = version
  const author = actorId === null || deviceId === null ? 'Nobody named' : nameOf({ actorId, deviceId })
  const [text, textBefore] = [said?.content ?? '', before?.said?.content ?? '']
  return (
    <li className={classes.version}>
      <div className={classes.head}>
        <Text size="sm" fw={600}>
          {eventInWords(eventName)}
        </Text>
        <Text size="xs" c="dimmed" flex="none">
          {isNow ? 'now' : `event ${wholeNumber(seqNum)}`}
        </Text>
      </div>
      <Text size="xs" c="dimmed" mb="xs">
        {author}
        {at !== null && (
          <>
            , <RelativeTime at={new Date(at)} />
          </>
        )}
      </Text>
      {text !== textBefore && <ChangedText before={textBefore} after={text} />}
      {otherChanges(before?.said ?? null, said).map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))}
      <Group gap="xs" mt="xs">
        {!isNow && (
          <Button size="compact-xs" variant="default" onClick={onCompare}>
            Diff to now
          </Button>
        )}
        {onRestore !== undefined && (
          <Button size="compact-xs" variant="default" onClick={onRestore}>
            Restore this version
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/p/$personaId/memories"
              params={{ personaId }}
              search={(search: Readonly<Record<string, string>>) => ({ ...search, at: String(seqNum), of: personaId })}
            />
          )}
        >
          See everything as of then
        </Button>
      </Group>
    </li>
  )
}
