import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { branchPlace$, messageById$ } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { endOfBranchWith } from './branch-end.ts'
import classes from './conversations.module.css'
import { openBranch } from './message-acts.ts'

interface OtherBranchProps {
  readonly conversationId: string
  readonly targetId: string
}

/**
 * A link may lead to a message of a branch that is not open. `branch=open` in the address opens it, once: who then goes to
 * another branch stays there when the page is opened again.
 */
export const OtherBranch = ({ conversationId, targetId }: OtherBranchProps) => {
  const store = usePersonaStore()
  const place = store.useQuery(branchPlace$(conversationId, targetId))
  const message = store.useQuery(messageById$(targetId))
  const mayWrite = useMayWrite()
  const navigate = useNavigate()
  const { branch }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const isHere = message !== null && message.conversationId === conversationId
  const opensItself = branch === 'open' && isHere
  const open = () => {
    if (isHere) openBranch(store, { ...message, messageId: endOfBranchWith(store, message) })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the address asked
  useEffect(() => {
    if (!opensItself) return
    if (place === null && mayWrite) open()
    void navigate({ to: '.', replace: true, search: ({ branch: _, ...rest }) => rest })
  }, [opensItself])
  if (place !== null) return null
  if (!isHere)
    return <div className={classes.notice}>The message this link leads to is not here. It may still be arriving.</div>
  return (
    <div className={classes.notice}>
      The message this link leads to is on another branch.
      {mayWrite && (
        <Button size="compact-xs" variant="default" onClick={open}>
          Open that branch
        </Button>
      )}
    </div>
  )
}
