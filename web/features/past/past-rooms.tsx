import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { workspaceStoreId } from '#web/livestore/session.ts'
import { PastStores, usePersonaId } from '#web/livestore/store-views.tsx'
import { type PersonaStore, personaStoreId, type WorkspaceStore } from '#web/livestore/stores.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { timeOf } from './log-times.ts'
import type { PastSeen } from './past.ts'
import { goToPast, usePast } from './use-past.ts'

interface PastProps {
  readonly onNow: () => void
  readonly children: ReactNode
}

/** The rooms of the persona around it as the bar above has them. */
export const PastPersona = ({ onNow, children }: PastProps) => {
  const personaId = usePersonaId()
  const { store, failure } = usePast(personaStoreId(personaId))
  if (store === undefined) return <Waiting failure={failure} onNow={onNow} />
  return (
    // The store of a persona's log is a persona's.
    <PastStores persona={{ personaId, store: store as PersonaStore }}>{children}</PastStores>
  )
}

/** The workspace as it was when the event of the persona happened; `children` are given that time. */
export const PastWorkspace = ({
  personaId,
  onNow,
  children,
}: {
  readonly personaId: string
  readonly onNow: () => void
  readonly children: (time: number) => ReactNode
}) => {
  const persona = usePast(personaStoreId(personaId))
  const workspace = usePast(workspaceStoreId)
  const time = shownTime(persona)
  useEffect(() => {
    if (time !== undefined) goToPast(workspaceStoreId, { time })
  }, [time])
  const { store } = workspace
  if (time === undefined || store === undefined)
    return <Waiting failure={persona.failure ?? workspace.failure} onNow={onNow} />
  return (
    // The store of the workspace's log is a workspace's.
    <PastStores workspace={store as WorkspaceStore}>{children(time)}</PastStores>
  )
}

const shownTime = ({ history, shown }: PastSeen): number | undefined =>
  history === undefined || shown === undefined ? undefined : timeOf(history.overview, shown)

const Waiting = ({ failure, onNow }: { readonly failure: string | undefined; readonly onNow: () => void }) =>
  failure === undefined ? (
    <LateSkeleton />
  ) : (
    <EmptyState
      title="The past cannot be shown"
      text={`${failure} Nothing is lost: what is now is as it was.`}
      action={
        <Button variant="default" onClick={onNow}>
          Back to now
        </Button>
      }
    />
  )
