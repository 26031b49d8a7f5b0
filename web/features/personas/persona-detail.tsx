import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { PersonaStoreProvider, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { EditPersona } from './edit-persona.tsx'
import { NewPersona } from './new-persona.tsx'
import classes from './persona-detail.module.css'

interface PersonaDetailProps {
  /** Undefined: a new one. */
  readonly personaId: string | undefined
  readonly onClose: () => void
}

/** Beside the list: one persona to look at and revise, or a new one. */
export const PersonaDetail = ({ personaId, onClose }: PersonaDetailProps) => {
  const entry = useWorkspaceStore().useQuery(directoryEntry$(personaId ?? ''))
  return (
    <>
      <div className={classes.head}>
        <Text fw={600} truncate className={classes.title}>
          {personaId === undefined ? 'New persona' : (entry?.name ?? 'No such persona')}
        </Text>
        {entry !== null && entry.unlistedAt === null && (
          <Group gap="xs" wrap="nowrap">
            <OpenRoom personaId={entry.personaId} to="/p/$personaId/chats" label="Chats" />
            <OpenRoom personaId={entry.personaId} to="/p/$personaId/memories" label="Memories" />
            <OpenRoom personaId={entry.personaId} to="/p/$personaId" label="Profile" />
          </Group>
        )}
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label="Close">
          <X size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.body}>
        {personaId === undefined && <NewPersona onCancel={onClose} />}
        {entry !== null && (
          <PersonaStoreProvider key={entry.personaId} personaId={entry.personaId} fallback={<LateSkeleton />}>
            <EditPersona />
          </PersonaStoreProvider>
        )}
      </div>
    </>
  )
}

interface OpenRoomProps {
  readonly personaId: string
  readonly to: '/p/$personaId' | '/p/$personaId/chats' | '/p/$personaId/memories'
  readonly label: string
}

const OpenRoom = ({ personaId, to, label }: OpenRoomProps) => (
  <Button
    size="compact-sm"
    variant="default"
    renderRoot={(props) => <Link {...props} to={to} params={{ personaId }} />}
  >
    {label}
  </Button>
)
