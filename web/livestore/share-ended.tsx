import { Button, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { use, useEffect, useState } from 'react'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { forgetPersona, openAgain, whyEnded } from '#web/services/received-shares.ts'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { get } from './device-db.ts'
import { openWorkspace, type WorkspaceStore } from './stores.ts'

/** In the place of a persona that its owner shares no more: nothing of it is shown, and nothing is wiped unasked. */
export const ShareEnded = ({ storeId }: { readonly storeId: string }) => {
  const workspace = use(openWorkspace())
  const navigate = useNavigate()
  const parsed = parseStoreId(storeId)
  const personaId = parsed instanceof Error ? '' : parsed.id
  const name = workspace.useQuery(directoryEntry$(personaId))?.name ?? 'This persona'
  const why = useWhyEnded(workspace, personaId)
  const waiting = useWaiting(storeId)
  const [failure, setFailure] = useState<Error>()
  const [isAsked, setAsked] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const act = (work: () => Promise<Error | undefined>) => async () => {
    setBusy(true)
    setFailure(await work().catch(asError))
    setBusy(false)
  }
  return (
    <Stack align="center" justify="center" gap="sm" p="xl" mih={280} ta="center">
      <Text component="h2" fw={600} size="lg" m={0}>
        {name} is no longer shared with you
      </Text>
      <Text c="dimmed" size="sm" maw={440} role="status">
        {why?.message ?? 'Its owner ended it, or its time is over.'} Nothing more of it comes here, and nothing you
        write is sent. What was synced before is still on this device until you remove it.
      </Text>
      {waiting > 0 && (
        <Text size="sm" maw={440}>
          {waiting === 1 ? 'One change of yours' : `${waiting} changes of yours`} never reached its owner, and would be
          removed along.
        </Text>
      )}
      {failure !== undefined && <ProblemText>{failure.message}</ProblemText>}
      <Group gap="sm" mt="sm" justify="center">
        {isAsked ? (
          <>
            <Button
              color="red.9"
              loading={isBusy}
              onClick={act(
                async () => (await forgetPersona(workspace, personaId)) ?? navigate({ to: '/' }).then(() => undefined),
              )}
            >
              Remove it for good
            </Button>
            <Button variant="default" onClick={() => setAsked(false)}>
              Keep it
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => setAsked(true)}>Remove from this device</Button>
            <Button variant="default" loading={isBusy} onClick={act(() => openAgain(workspace, personaId))}>
              Ask again
            </Button>
          </>
        )}
      </Group>
    </Stack>
  )
}

const useWhyEnded = (workspace: WorkspaceStore, personaId: string): Error | undefined => {
  const [why, setWhy] = useState<Error>()
  useEffect(() => {
    whyEnded(workspace, personaId).then(setWhy, () => undefined)
  }, [workspace, personaId])
  return why
}

/** What this device wrote there that the server never took. */
const useWaiting = (storeId: string): number => {
  const [waiting, setWaiting] = useState(0)
  useEffect(() => {
    void get('shards', storeId).then((note) => setWaiting(note?.waiting ?? 0))
  }, [storeId])
  return waiting
}

const asError = (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause)))
