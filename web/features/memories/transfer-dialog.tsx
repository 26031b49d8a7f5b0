import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { directory$ } from '#schema/workspace/queries.ts'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { transferTo } from '#web/services/lifecycle/transfer.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'
import { counted } from './bulk-acts.ts'

interface TransferDialogProps {
  readonly ids: readonly string[]
  readonly onDone?: () => void
  readonly onClose: () => void
}

/** To whom the memories go. */
export const TransferDialog = ({ ids, onDone, onClose }: TransferDialogProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const personas = useWorkspaceStore().useQuery(directory$({ show: 'active', sort: 'name' }))
  const others = personas.filter((persona) => persona.personaId !== personaId)
  const [toPersonaId, setToPersonaId] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const to = others.find((persona) => persona.personaId === toPersonaId)
  const give = async () => {
    if (to === undefined) return
    setBusy(true)
    const takeBack = await transferTo(store, personaId, to.personaId, ids).catch(toError)
    setBusy(false)
    if (takeBack instanceof Error) {
      showRefusal(takeBack)
      return
    }
    showUndo(`${counted(ids)} given to ${to.name}`, () => void takeBack().catch(toError).then(showRefusal))
    onClose()
    onDone?.()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
      title={`Give ${counted(ids)} to another persona`}
      centered
    >
      <Stack gap="md">
        {others.length === 0 ? (
          <Text size="sm">There is no other persona. Make one first.</Text>
        ) : (
          <Select
            label="To whom"
            searchable
            data-autofocus
            data={others.map((persona) => ({ value: persona.personaId, label: persona.name }))}
            value={toPersonaId}
            onChange={setToPersonaId}
          />
        )}
        <Text size="sm" c="dimmed">
          They are added there and say where they come from; here they are forgotten, and can be restored.
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={to === undefined} loading={isBusy} onClick={() => void give()}>
            {to === undefined ? 'Give' : `Give to ${to.name}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
