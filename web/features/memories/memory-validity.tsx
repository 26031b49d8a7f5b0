import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { validUntil$ } from '#schema/memories/life-queries.ts'
import type { Memory } from '#schema/memories/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { toDateTimeInput } from './date-time-input.ts'
import { endValidity } from './life-acts.ts'

/** Until when it was true, which is apart from when it was learnt or forgotten. */
export const MemoryValidity = ({ memory }: { readonly memory: Memory }) => {
  const store = usePersonaStore()
  const mayWrite = useMayWrite() && memory.forgottenAt === null
  const validUntil = store.useQuery(validUntil$(memory.memoryId))
  const [day, setDay] = useState<string>()
  if (day !== undefined)
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setDay(undefined)
          endValidity(store, memory.memoryId, day === '' ? null : new Date(`${day}T00:00`))
        }}
      >
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            type="date"
            aria-label="True until"
            autoFocus
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button size="compact-xs" type="submit">
            Save
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setDay(undefined)}>
            Cancel
          </Button>
        </Group>
      </form>
    )
  return (
    <Group gap="xs">
      {validUntil === null ? 'now' : <RelativeTime at={validUntil} />}
      {mayWrite && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => setDay(toDateTimeInput(validUntil ?? new Date()).slice(0, 10))}
        >
          {validUntil === null ? 'It ended…' : 'Change…'}
        </Button>
      )}
    </Group>
  )
}
