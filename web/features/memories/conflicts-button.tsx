import { Button, Tooltip } from '@mantine/core'
import { Columns2 } from 'lucide-react'
import { useState } from 'react'
import { conflictingMemories$ } from '#schema/memories/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'

interface ConflictsButtonProps {
  /** The count alone. */
  readonly isShort: boolean
  readonly onOpen: (memoryId: string) => void
}

/** Leads from one memory with two versions to the next; not there when there is none. */
export const ConflictsButton = ({ isShort, onOpen }: ConflictsButtonProps) => {
  const ids = usePersonaStore().useQuery(conflictingMemories$)
  const [openedId, setOpenedId] = useState<string>()
  const nextId = ids[(ids.indexOf(openedId ?? '') + 1) % ids.length]
  if (nextId === undefined) return null
  const label = `${ids.length} with two versions`
  return (
    <Tooltip label="Written on two sides at once: choose which text stays" openDelay={300}>
      <Button
        size="xs"
        flex="none"
        variant="default"
        leftSection={<Columns2 size={14} aria-hidden />}
        aria-label={`${label}: open the next`}
        onClick={() => {
          setOpenedId(nextId)
          onOpen(nextId)
        }}
      >
        {isShort ? ids.length : label}
      </Button>
    </Tooltip>
  )
}
