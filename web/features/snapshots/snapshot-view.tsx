import { Button, Group, Text, Title } from '@mantine/core'
import { isSnapshotDue } from '#schema/snapshots/commands.ts'
import type { Snapshot } from '#schema/snapshots/state.ts'
import type { SnapshotProgress } from '#web/services/snapshots/make-snapshot.ts'
import type { Making } from '#web/services/snapshots/makings.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import { ProgressView } from '#web/ui/progress-view.tsx'
import { RelativeTime } from '#web/ui/times.tsx'

type Shown = Pick<Snapshot, 'seq' | 'bytes' | 'madeAt'>

interface SnapshotViewProps {
  /** That the server has. */
  readonly events: number
  readonly snapshot: Shown | null
  /** Something that was in it was erased. */
  readonly isClosed: boolean
  readonly making: Making | undefined
  readonly onMake: () => void
}

export const SnapshotView = ({ events, snapshot, isClosed, making, onMake }: SnapshotViewProps) => {
  const standing = isClosed ? null : snapshot
  return (
    <section>
      <Title order={3} size="sm" mb={4}>
        Opening on a new device
      </Title>
      {making !== undefined ? (
        <ProgressView
          title={titles[making.progress.step]}
          count={amountOf(making.progress)}
          part={making.progress.of === 0 ? 0 : making.progress.done / making.progress.of}
          stop={{ label: 'Cancel', onClick: making.stop }}
        />
      ) : (
        <Group justify="space-between" gap="sm" align="start">
          <Text size="sm" flex={1} miw={240}>
            {isClosed && 'Something was erased, and closed the last snapshot with it. '}
            {standing === null ? (
              `A new device reads all ${counted(events, 'event')} of this log. `
            ) : (
              <Standing snapshot={standing} events={events} />
            )}
            <Text span size="sm" c="dimmed">
              {isSnapshotDue(events, standing) && 'That takes a while. '}A snapshot keeps what came of the log beside
              it, sealed, until something in it is erased.
            </Text>
          </Text>
          <Button size="xs" variant={isSnapshotDue(events, standing) ? 'light' : 'default'} onClick={onMake}>
            {snapshot === null ? 'Make a snapshot' : 'Make a new snapshot'}
          </Button>
        </Group>
      )}
    </section>
  )
}

const Standing = ({ snapshot, events }: { readonly snapshot: Shown; readonly events: number }) => {
  const after = Math.max(0, events - snapshot.seq)
  return (
    <>
      A new device takes the snapshot of the first {wholeNumber(snapshot.seq)} events ({byteSize(snapshot.bytes)}, made{' '}
      <RelativeTime at={snapshot.madeAt} />)
      {after === 0 ? '. ' : ` and reads the ${counted(after, 'event')} after it. `}
    </>
  )
}

const titles = { read: 'Reading and verifying the log', sent: 'Bringing the snapshot to the server' }

const amountOf = ({ step, done, of }: SnapshotProgress): string => {
  if (of === 0) return 'Looking how much there is …'
  return step === 'read' ? `${wholeNumber(done)} of ${counted(of, 'event')}` : `${byteSize(done)} of ${byteSize(of)}`
}
