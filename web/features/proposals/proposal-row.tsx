import { Badge, Button, Group, Text, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { conversationById$ } from '#schema/conversations/queries.ts'
import type { MemoryDraft } from '#schema/memories/commands.ts'
import type { ProposedMemory } from '#schema/proposals/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './proposals.module.css'

interface ProposalRowProps {
  readonly proposal: ProposedMemory
  readonly draft: MemoryDraft
  readonly mayWrite: boolean
  readonly onDraft: (draft: MemoryDraft) => void
  /** Gives the refusal, to stand at the field. */
  readonly onAccept: () => Promise<Error | undefined>
  readonly onReject: () => void
}

export const ProposalRow = ({ proposal, draft, mayWrite, onDraft, onAccept, onReject }: ProposalRowProps) => {
  const [refusal, setRefusal] = useState<Error>()
  return (
    <li className={classes.row}>
      <Textarea
        aria-label="What to remember"
        value={draft.content}
        onChange={({ currentTarget }) => {
          setRefusal(undefined)
          onDraft({ ...draft, content: currentTarget.value })
        }}
        error={refusal?.message}
        readOnly={!mayWrite}
        autosize
        minRows={1}
        maxRows={8}
      />
      <Group gap="sm" justify="space-between">
        <Group gap="sm">
          <Badge variant="default" tt="none" fw={400}>
            {draft.kind}
          </Badge>
          <Text size="sm" c="dimmed">
            {proposal.why} <Source proposal={proposal} />
          </Text>
        </Group>
        {mayWrite && (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={onReject}>
              Leave it
            </Button>
            <Button size="compact-sm" onClick={async () => setRefusal(await onAccept())}>
              Keep
            </Button>
          </Group>
        )}
      </Group>
    </li>
  )
}

const Source = ({ proposal }: { readonly proposal: ProposedMemory }) => {
  const { personaId, conversationId, sourceMessageIds, occurredAt } = proposal
  const conversation = usePersonaStore().useQuery(conversationById$(conversationId))
  if (conversation === null) return <RelativeTime at={occurredAt} />
  const message = sourceMessageIds[0]
  return (
    <>
      In{' '}
      <Link
        className={classes.source}
        to="/p/$personaId/chats/$conversationId"
        params={{ personaId, conversationId }}
        search={message === undefined ? {} : { message }}
      >
        {conversation.title}
      </Link>
      , <RelativeTime at={occurredAt} />
    </>
  )
}
