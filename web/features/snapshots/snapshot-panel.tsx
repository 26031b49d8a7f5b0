import { Button, Group, Text, Title } from '@mantine/core'
import { erasures$ } from '#schema/shared/erasures.ts'
import { isSnapshotDue, isSnapshotOfUse } from '#schema/snapshots/commands.ts'
import { snapshotOf$ } from '#schema/snapshots/queries.ts'
import type { Snapshot } from '#schema/snapshots/state.ts'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useSyncStatus } from '#web/livestore/sync-status.ts'
import { useIsOwner } from '#web/livestore/use-right.ts'
import type { SnapshotProgress } from '#web/services/snapshots/make-snapshot.ts'
import { startMaking, useMaking } from '#web/services/snapshots/makings.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import { ProgressView } from '#web/ui/progress-view.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'

/** How much a new device has to read before this persona opens there, and the act that shortens it. */
export const SnapshotPanel = () => {
  const personaId = usePersonaId()
  const store = usePersonaStore()
  const workspace = useWorkspaceStore()
  const snapshot = workspace.useQuery(snapshotOf$(personaId))
  const erasures = store.useQuery(erasures$(100))
  const status = useSyncStatus(store.storeId)
  const making = useMaking(personaId)
  const isOwner = useIsOwner()
  const events = status === undefined ? 0 : status.events - status.waiting
  if (!isOwner || !isSnapshotOfUse(events)) return null
  const isClosed = snapshot !== null && erasures.some(({ certifiedAt }) => (certifiedAt ?? 0) > snapshot.madeAt)
  const standing = isClosed ? null : snapshot
  const isDue = isSnapshotDue(events, standing)
  const make = async () => {
    const outcome = await startMaking(workspace, personaId)
    if (outcome instanceof Error) showRefusal(outcome)
    else if (outcome === undefined) showDone('The snapshot is beside the log')
  }
  return (
    <section>
      <Title order={3} size="sm" mb={4}>
        Opening on a new device
      </Title>
      {making === undefined ? (
        <Group justify="space-between" gap="sm" align="start">
          <Text size="sm" flex={1} miw={240}>
            {standing === null ? (
              <>
                {isClosed && 'Something was erased since the last snapshot, which opens no more. '}A new device reads
                all {counted(events, 'event')} of this log.
              </>
            ) : (
              <WithSnapshot snapshot={standing} events={events} />
            )}{' '}
            <Text span size="sm" c="dimmed">
              A snapshot keeps what came of them beside the log, sealed, until something in it is erased.
            </Text>
          </Text>
          <Button size="xs" variant={isDue ? 'light' : 'default'} onClick={() => void make()}>
            {snapshot === null ? 'Make a snapshot' : 'Make a new snapshot'}
          </Button>
        </Group>
      ) : (
        <ProgressView
          title={titles[making.progress.step]}
          count={amountOf(making.progress)}
          part={making.progress.of === 0 ? 0 : making.progress.done / making.progress.of}
          stop={{ label: 'Cancel', onClick: making.stop }}
        />
      )}
    </section>
  )
}

const WithSnapshot = ({ snapshot, events }: { readonly snapshot: Snapshot; readonly events: number }) => (
  <>
    A new device takes the snapshot of the first {wholeNumber(snapshot.seq)} events ({byteSize(snapshot.bytes)}, made{' '}
    <RelativeTime at={snapshot.madeAt} />) and reads {counted(Math.max(0, events - snapshot.seq), 'event')} after it.
  </>
)

const titles = { read: 'Reading and verifying the log', sent: 'Bringing the snapshot to the server' }

const amountOf = ({ step, done, of }: SnapshotProgress): string => {
  if (of === 0) return 'Asking the server'
  return step === 'read' ? `${wholeNumber(done)} of ${counted(of, 'event')}` : `${byteSize(done)} of ${byteSize(of)}`
}
