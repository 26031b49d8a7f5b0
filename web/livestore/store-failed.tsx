import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { hasTag, sentenceOf } from './causes.ts'
import classes from './store-failed.module.css'
import { pool } from './stores.ts'

interface StoreFailedProps {
  readonly storeId: string
  readonly error: unknown
}

/** What happened, what is safe, what to do. */
export const StoreFailed = ({ storeId, error }: StoreFailedProps) => {
  const [isBusy, setBusy] = useState(false)
  const isOtherServer = hasTag(error, 'BackendIdMismatchError')
  const hasNoRoom = hasTag(error, 'NoRoom')
  const act = (mend: () => Promise<unknown>) => async () => {
    setBusy(true)
    await mend().catch(() => undefined) // what fails again says so again
    await pool.retry(storeId).catch(() => undefined)
    setBusy(false)
  }
  return (
    <Stack p="md" maw={620}>
      <div role="alert" className={classes.failed}>
        <Stack gap="sm">
          <Text size="sm" fw={600} c="red">
            This could not be opened
          </Text>
          <Text size="sm">{sentenceOf(error)}</Text>
          <Text size="sm">{isOtherServer ? safe.otherServer : hasNoRoom ? safe.noRoom : safe.broken}</Text>
          <Group gap="sm">
            {isOtherServer ? (
              <Button size="xs" loading={isBusy} onClick={act(() => bringToServer(storeId))}>
                Bring this to the server
              </Button>
            ) : (
              <Button size="xs" loading={isBusy} onClick={act(async () => undefined)}>
                Try again
              </Button>
            )}
            {!hasNoRoom && (
              <>
                <Button
                  size="xs"
                  variant="default"
                  disabled={isBusy}
                  onClick={act(async () => (await recovery()).rebuildState(storeId))}
                >
                  Rebuild from its log
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  disabled={isBusy}
                  onClick={act(async () =>
                    (await recovery()).setAsideAndRefetch(storeId, sentenceOf(error), 'unconfirmed'),
                  )}
                >
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

const safe = {
  otherServer: 'Everything is safe on this device. You can bring it to this server, which other devices then get too.',
  noRoom:
    'Nothing is lost: its log is with the server, and what this device had of it is still here. Free some space on this device, then try again.',
  broken: 'What was saved is safe: its log is on this device, and on the server as far as it was synced.',
}

/** Needed on few days. */
const recovery = () => import('./recovery.ts')

const bringToServer = async (storeId: string) => {
  const { offerAgain, setAsideAndRefetch, setAsides } = await recovery()
  await setAsideAndRefetch(storeId, 'The server lost its log.', 'all')
  await pool.retry(storeId)
  for (const aside of await setAsides()) if (aside.storeId === storeId) await offerAgain(aside)
}
