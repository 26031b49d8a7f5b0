import { Button } from '@mantine/core'
import { branchEnds$, type MessageRow } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { openBranch } from './message-acts.ts'
import classes from './message-list.module.css'
import { useTaskUnderWay } from './use-reply.ts'

/** After “Branch from here” the next message begins a branch. What followed before is one click away. */
export const HiddenBranches = ({ end }: { readonly end: MessageRow }) => {
  const store = usePersonaStore()
  const ends = store.useQuery(branchEnds$(end.conversationId, end.messageId))
  const newest = ends.toSorted((a, b) => b.sentAt.getTime() - a.sentAt.getTime())[0]
  const mayWrite = useMayWrite()
  const isAnswering = useTaskUnderWay(end.messageId) !== undefined
  if (newest === undefined || !mayWrite || isAnswering) return null
  return (
    <div className={classes.note}>
      The next message begins a new branch.
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => openBranch(store, { ...end, messageId: newest.endId })}
      >
        Show what followed
      </Button>
    </div>
  )
}
