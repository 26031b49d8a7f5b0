import { Alert, Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { transferOf$ } from '#schema/memories/life-queries.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'

/** Where a memory went. */
export const TransferredNote = ({ memoryId }: { readonly memoryId: string }) => {
  const transfer = usePersonaStore().useQuery(transferOf$(memoryId))
  const entry = useWorkspaceStore().useQuery(directoryEntry$(transfer?.toPersonaId ?? ''))
  if (transfer === null) return null
  return (
    <Alert color="gray" p="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">This memory was given to {entry?.name ?? 'another persona'}.</Text>
        {entry !== null && (
          <Button
            size="compact-sm"
            variant="subtle"
            renderRoot={(props) => (
              <Link {...props} to="/p/$personaId/memories" params={{ personaId: transfer.toPersonaId }} />
            )}
          >
            Go there
          </Button>
        )}
      </Group>
    </Alert>
  )
}
