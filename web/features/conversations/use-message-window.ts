import { useState } from 'react'
import { branchPlace$, openBranch$ } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { type Item, pageSize, rowsToItems, sizeToReach, slack, windowOf } from './message-window.ts'
import { useAnswerInList } from './use-reply.ts'

/** What the page shows; what is found next is held against it while rendering, so that nothing half right is painted. */
interface Shown {
  readonly size: number
  readonly targetId: string | undefined
  /** The message that stays the first; none while older ones are asked for. */
  readonly anchorId: string | undefined
  readonly firstId: string | undefined
  readonly length: number
  readonly grewAtStart: boolean
}

/** The messages on the page: the newest, back to the one a link leads to, back to where somebody scrolled. */
export const useMessageWindow = (conversationId: string, targetId: string | undefined) => {
  const store = usePersonaStore()
  const sizeToTarget = () =>
    sizeToReach(targetId === undefined ? null : store.query(branchPlace$(conversationId, targetId)))
  const [shown, setShown] = useState<Shown>(() => ({ ...nothingShown, size: sizeToTarget(), targetId }))

  const { size, anchorId } = shown
  const { rows, hasOlder } = windowOf(store.useQuery(openBranch$(conversationId, size + slack)), size, anchorId)
  const end = rows.at(-1)
  const coming = useAnswerInList(end)
  const items: readonly Item[] = [
    ...rowsToItems(rows),
    ...(coming === undefined ? [] : [{ kind: 'coming', key: coming.messageId, taskId: coming.taskId } as const]),
  ]
  const has = (messageId: string | undefined) => rows.some((row) => row.messageId === messageId)
  const firstId = rows[0]?.messageId
  const outgrown = rows.length > size + slack / 2

  if (targetId !== shown.targetId) {
    setShown({ ...shown, targetId, ...(has(targetId) ? {} : { size: sizeToTarget(), anchorId: undefined }) })
  } else if (firstId !== anchorId || items.length !== shown.length || outgrown) {
    // What a link leads to may come after its page: its log is still arriving, or its branch was opened only now.
    const sizeToShow = targetId === undefined || has(targetId) ? size : sizeToTarget()
    if (sizeToShow > size) setShown({ ...shown, size: sizeToShow, anchorId: undefined })
    else
      setShown({
        targetId,
        size: outgrown ? rows.length : size,
        anchorId: firstId,
        firstId,
        length: items.length,
        grewAtStart: firstId !== shown.firstId && has(shown.firstId),
      })
  }

  const loadOlder = () => {
    if (hasOlder) setShown({ ...shown, size: rows.length + pageSize, anchorId: undefined })
  }
  return { items, end, grewAtStart: shown.grewAtStart, loadOlder }
}

const nothingShown = { anchorId: undefined, firstId: undefined, length: 0, grewAtStart: false }
