import { Text } from '@mantine/core'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { giveMemories } from '#web/services/transfers/memories.ts'
import { TransferDialog } from '#web/services/transfers/transfer-dialog.tsx'
import { counted } from './bulk-acts.ts'

interface GiveMemoriesProps {
  readonly ids: readonly string[]
  readonly onDone?: () => void
  readonly onClose: () => void
}

/** To whom the memories go. */
export const GiveMemories = ({ ids, ...told }: GiveMemoriesProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  return (
    <TransferDialog
      title={`Give ${counted(ids)} to another persona`}
      verb="Give"
      onTransfer={(toPersonaId) => giveMemories(store, personaId, toPersonaId, ids)}
      doneFor={(name) => `${counted(ids)} given to ${name}`}
      {...told}
    >
      <Text size="sm" c="dimmed">
        They are added there and say where they come from; here they are forgotten, and can be restored.
      </Text>
    </TransferDialog>
  )
}
