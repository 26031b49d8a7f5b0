import { ActionIcon, Text } from '@mantine/core'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { branchEnds$, type MessageRow } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import classes from './message.module.css'
import { openBranch } from './message-acts.ts'

/** ‹ 2/3 ›: the messages that answer the same one, and the way to the others. */
export const BranchSwitch = ({ row }: { readonly row: MessageRow }) => {
  const store = usePersonaStore()
  const ends = store.useQuery(branchEnds$(row.conversationId, row.parentMessageId))
  const mayWrite = useMayWrite() // which branch stands open is the same for all who read
  const place = ends.findIndex(({ siblingId }) => siblingId === row.messageId)
  const go = (step: -1 | 1) => {
    const end = ends[place + step]
    if (end !== undefined) openBranch(store, { ...row, messageId: end.endId })
  }
  return (
    <span className={classes.branches}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        disabled={!mayWrite || place <= 0}
        onClick={() => go(-1)}
        aria-label="Earlier branch"
      >
        <ChevronLeft size={14} />
      </ActionIcon>
      <Text span size="xs" c="dimmed" aria-label={`Branch ${place + 1} of ${ends.length}`}>
        {place + 1}/{ends.length}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        disabled={!mayWrite || place === -1 || place >= ends.length - 1}
        onClick={() => go(1)}
        aria-label="Later branch"
      >
        <ChevronRight size={14} />
      </ActionIcon>
    </span>
  )
}
