import { Text } from '@mantine/core'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { branchEnds$, type MessageRow, siblings$ } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { Act } from '#web/ui/act.tsx'
import classes from './message.module.css'
import { openBranch } from './message-acts.ts'

/** ‹ 2/3 ›: the messages that answer the same one, and the way to the others. */
export const BranchSwitch = ({ row }: { readonly row: MessageRow }) => {
  const { conversationId, parentMessageId, messageId, siblingCount } = row
  const store = usePersonaStore()
  const mayWrite = useMayWrite() // which branch stands open is the same for all who read
  // Read once for as many as there are: a live query for every branch on the page would cost at each commit.
  const siblings = useMemo(
    () => store.query(siblings$(conversationId, parentMessageId, siblingCount)),
    [store, conversationId, parentMessageId, siblingCount],
  )
  const place = siblings.indexOf(messageId)
  const go = (step: -1 | 1) => {
    const sibling = siblings[place + step]
    const end = store.query(branchEnds$(conversationId, parentMessageId)).find(({ siblingId }) => siblingId === sibling)
    if (end !== undefined) openBranch(store, { ...row, messageId: end.endId })
  }
  return (
    <span className={classes.branches}>
      <Act
        label="Earlier branch"
        icon={<ChevronLeft size={14} />}
        disabled={!mayWrite || place <= 0}
        onClick={() => go(-1)}
      />
      <Text span size="xs" c="dimmed" aria-label={`Branch ${place + 1} of ${siblings.length}`}>
        {place + 1}/{siblings.length}
      </Text>
      <Act
        label="Later branch"
        icon={<ChevronRight size={14} />}
        disabled={!mayWrite || place === -1 || place >= siblings.length - 1}
        onClick={() => go(1)}
      />
    </span>
  )
}
