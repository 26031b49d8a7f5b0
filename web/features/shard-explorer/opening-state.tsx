import { Button, Loader } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { useLate } from '#web/ui/use-late.ts'

interface OpeningStateProps {
  readonly storeId: string
  /** That are known here by now. */
  readonly events: number
}

/** A store that was never here comes from the server first; how much of it did is told. */
export const OpeningState = ({ storeId, events }: OpeningStateProps) =>
  useLate() && (
    <EmptyState
      title="Opening the store"
      text={
        events === 0
          ? `${storeId} is being opened on this device.`
          : `${events.toLocaleString()} events of it are here. They are being read.`
      }
      action={
        <Button
          variant="default"
          leftSection={<Loader size={14} />}
          renderRoot={(props) => <Link {...props} to="/shards/explore" />}
        >
          Stop and go back
        </Button>
      }
    />
  )
