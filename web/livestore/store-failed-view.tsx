import { Button, Group, Stack, Text } from '@mantine/core'
import { hasTag, sentenceOf } from './causes.ts'
import classes from './store-failed.module.css'

interface StoreFailedViewProps {
  readonly error: unknown
  readonly isBusy: boolean
  readonly onRetry: () => void
  readonly onBringToServer: () => void
  readonly onRebuild: () => void
  readonly onFetchAgain: () => void
}

/** What happened, what is safe, what to do. */
export const StoreFailedView = ({ error, isBusy, ...acts }: StoreFailedViewProps) => {
  const cause = causeOf(error)
  return (
    <Stack p="md" maw={620}>
      <div role="alert" className={classes.failed}>
        <Stack gap="sm">
          <Text size="sm" fw={600} c="red">
            This could not be opened
          </Text>
          <Text size="sm">{sentenceOf(error)}</Text>
          <Text size="sm">{safe[cause]}</Text>
          <Group gap="sm">
            {cause === 'other server' ? (
              <Button size="xs" loading={isBusy} onClick={acts.onBringToServer}>
                Bring this to the server
              </Button>
            ) : (
              <Button size="xs" loading={isBusy} onClick={acts.onRetry}>
                Try again
              </Button>
            )}
            {cause !== 'no room' && (
              <>
                <Button size="xs" variant="default" disabled={isBusy} onClick={acts.onRebuild}>
                  Rebuild from its log
                </Button>
                <Button size="xs" variant="default" disabled={isBusy} onClick={acts.onFetchAgain}>
                  Fetch again from the server
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </div>
    </Stack>
  )
}

const causeOf = (error: unknown) => {
  if (hasTag(error, 'BackendIdMismatchError')) return 'other server'
  return hasTag(error, 'NoRoom') ? 'no room' : 'broken'
}

const safe = {
  'other server':
    'Everything is safe on this device. You can bring it to this server, which other devices then get too.',
  'no room':
    'Nothing is lost: its log is with the server, and what this device had of it is still here. Free some space on this device, then try again.',
  broken: 'What was saved is safe: its log is on this device, and on the server as far as it was synced.',
}
