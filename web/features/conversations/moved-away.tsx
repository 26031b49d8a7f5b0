import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Forward } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Conversation } from '#schema/conversations/state.ts'
import { receivedIdOf } from '#schema/shared/transfers.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import classes from './conversations.module.css'

interface MovedAwayProps {
  readonly conversation: Conversation
  readonly transfer: { readonly toPersonaId: string; readonly transferId: string }
  /** Of the persona it is with now. */
  readonly name: string
  readonly children: ReactNode
}

/** Where a moved conversation is now: the way there, and the way back. */
export const MovedAway = ({ conversation, transfer, name, children }: MovedAwayProps) => {
  const { personaId, conversationId, title } = conversation
  const { toPersonaId, transferId } = transfer
  const [isBusy, setBusy] = useState(false)
  const takeBack = async () => {
    setBusy(true)
    const { takeConversationBack } = await import('#web/services/transfers/conversations.ts')
    const refusal = await takeConversationBack(personaId, { conversationId, toPersonaId, transferId })
    setBusy(false)
    if (!showRefusal(refusal)) showDone(`“${title}” is here again, and in the trash of ${name}.`)
  }
  return (
    <>
      <span className={classes.where}>
        <Forward size={16} aria-hidden />
        This conversation was moved to {name}.
      </span>
      <Group gap={8} justify="center">
        <Button
          size="compact-sm"
          variant="light"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/p/$personaId/chats/$conversationId"
              params={{ personaId: toPersonaId, conversationId: receivedIdOf(conversationId, transferId) }}
            />
          )}
        >
          Go there
        </Button>
        <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => void takeBack()}>
          Take it back
        </Button>
        {children}
      </Group>
    </>
  )
}
