import { Text } from '@mantine/core'
import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import { FinalDialog } from '#web/ui/final-dialog.tsx'
import { usePersonaActs } from './use-persona-acts.ts'

interface ErasePersonaProps {
  readonly persona: DirectoryEntry
  readonly onClose: () => void
}

export const ErasePersona = ({ persona, onClose }: ErasePersonaProps) => {
  const acts = usePersonaActs()
  const { name, memories, messages } = persona
  return (
    <FinalDialog
      title={`Erase ${name} for good?`}
      action="Erase for good"
      onDo={() => acts.erase(persona)}
      onClose={onClose}
    >
      <Text size="sm">
        {memories.toLocaleString()} memories and {messages.toLocaleString()} messages go from every device, whoever it
        is shared with can open it no more, and its keys are destroyed on the server. Nobody can bring it back, not even
        you. A signed certificate says what was erased.
      </Text>
      <Text size="sm" c="dimmed">
        Files you exported are yours to delete. Export it first if you may want it again.
      </Text>
    </FinalDialog>
  )
}
