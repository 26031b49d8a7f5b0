import { Text } from '@mantine/core'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { FinalDialog } from '#web/ui/final-dialog.tsx'
import { counted, eraseForGood } from './bulk-acts.ts'

interface EraseMemoriesProps {
  readonly ids: readonly string[]
  readonly onErased?: () => void
  readonly onClose: () => void
}

export const EraseMemories = ({ ids, onErased, onClose }: EraseMemoriesProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const erase = async () => {
    if (await eraseForGood(store, personaId, ids)) onErased?.()
  }
  return (
    <FinalDialog title={`Erase ${counted(ids)} for good?`} action="Erase for good" onDo={erase} onClose={onClose}>
      <Text size="sm">
        Text, history and tags go from every device, and the key that opens them is destroyed on the server. Nobody can
        bring them back, not even you. A signed certificate says what was erased.
      </Text>
      <Text size="sm" c="dimmed">
        Answers that quoted this stay in their conversations; erase those too if they should go.
      </Text>
    </FinalDialog>
  )
}
