import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { StoreOpening } from '#web/livestore/store-opening.tsx'
import { PersonaStoreProvider, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { EditPersona } from './edit-persona.tsx'
import { NewPersona } from './new-persona.tsx'
import classes from './persona-detail.module.css'
import { PersonaKeeper } from './persona-keeper.tsx'
import { usePersonaActs } from './use-persona-acts.ts'

interface PersonaDetailProps {
  /** Undefined: a new one. */
  readonly personaId: string | undefined
  readonly onClose: () => void
}

/** Beside the list: one persona to look at and revise, or a new one. */
export const PersonaDetail = ({ personaId, onClose }: PersonaDetailProps) => {
  const entry = useWorkspaceStore().useQuery(directoryEntry$(personaId ?? ''))
  const acts = usePersonaActs()
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
        {entry !== null && entry.unlistedAt !== null && (
          <EmptyState
            title={`${entry.name} is removed`}
            text="It is out of the lists. Its log is kept, and it can be put back as it was."
            action={
              <Button variant="default" onClick={() => acts.putBack(entry)}>
                Put back
              </Button>
            }
          />
        )}
        {entry?.unlistedAt === null && (
          <PersonaStoreProvider
            key={entry.personaId}
            personaId={entry.personaId}
            fallback={<StoreOpening storeId={personaStoreId(entry.personaId)} />}
          >
            <PersonaKeeper />
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
