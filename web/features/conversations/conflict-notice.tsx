import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Columns2 } from 'lucide-react'
import { useState } from 'react'
import { conflictingMessages$ } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import classes from './conversations.module.css'

/** Says that messages of this conversation have two versions, and leads from one to the next. */
export const ConflictNotice = ({ conversationId }: { readonly conversationId: string }) => {
  const ids = usePersonaStore().useQuery(conflictingMessages$(conversationId))
  const navigate = useNavigate()
  const [shownId, setShownId] = useState<string>()
  const nextId = ids[(ids.indexOf(shownId ?? '') + 1) % ids.length]
  if (nextId === undefined) return null
  return (
    <div className={classes.notice} role="status">
      <Columns2 size={16} aria-hidden />
      {ids.length === 1 ? 'One message has two versions.' : `${ids.length} messages have two versions.`}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          setShownId(nextId)
          void navigate({ to: '.', search: { message: nextId }, replace: true })
        }}
      >
        {ids.length === 1 ? 'Show it' : 'Show the next'}
      </Button>
    </div>
  )
}
