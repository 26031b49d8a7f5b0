import { Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MemoryDraft } from '#schema/memories/commands.ts'
import { openProposals$ } from '#schema/proposals/queries.ts'
import { draftOf } from '#schema/stores/accept-proposals.ts'
import { keptWithoutAsking$ } from '#schema/stores/kept-proposals.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import { KeptList } from './kept-list.tsx'
import { accept, reject } from './proposal-acts.ts'
import { ProposalRow } from './proposal-row.tsx'
import classes from './proposals.module.css'

/** What was found worth remembering in conversations, to be kept, put otherwise, or left; and what was kept without asking. */
export const ProposalsPage = () => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const mayWrite = useMayWrite()
  const proposals = store.useQuery(openProposals$())
  const kept = store.useQuery(keptWithoutAsking$)
  const [isBusy, setIsBusy] = useState(false)
  const [drafts, setDrafts] = useState<ReadonlyMap<string, MemoryDraft>>(new Map())
  const all = proposals.map((proposal) => ({ proposal, draft: drafts.get(proposal.memoryId) ?? draftOf(proposal) }))
  const acceptAll = async () => {
    setIsBusy(true)
    showRefusal(await accept(store, all).finally(() => setIsBusy(false)))
  }
  if (all.length === 0 && kept.length === 0)
    return (
      <EmptyState
        title="Nothing waits to be remembered"
        text="When you leave a chat, what you said of yourself in it is offered here as memories. You decide what is kept; who looks, and whether, stands under Privacy in the profile."
        action={
          <Button component={Link} to={`/p/${personaId}/chats`} variant="default">
            To the chats
          </Button>
        }
      />
    )
  return (
    <div className={classes.page}>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {all.length === 0
            ? 'Nothing waits for you to decide.'
            : 'Found in what you said. Nothing of this is remembered before you keep it.'}
        </Text>
        {mayWrite && all.length > 1 && (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" disabled={isBusy} onClick={() => reject(store, all)}>
              Keep none
            </Button>
            <Button size="compact-sm" disabled={isBusy} onClick={acceptAll}>
              Keep all {all.length}
            </Button>
          </Group>
        )}
      </Group>
      <ul className={classes.rows}>
        {all.map((decided) => (
          <ProposalRow
            key={decided.proposal.memoryId}
            {...decided}
            mayWrite={mayWrite}
            onDraft={(draft) => setDrafts(new Map([...drafts, [decided.proposal.memoryId, draft]]))}
            onAccept={() => accept(store, [decided])}
            onReject={() => reject(store, [decided])}
          />
        ))}
      </ul>
      {kept.length > 0 && <KeptList kept={kept} mayWrite={mayWrite} />}
    </div>
  )
}
