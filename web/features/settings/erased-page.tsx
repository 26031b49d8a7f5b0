import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { certificatesKey, wipeDevice } from '#web/services/erase-account.ts'
import { downloadText } from '#web/ui/charts/download.ts'
import classes from './settings.module.css'

/** Stands outside the frame, for no store may be open: empties this browser, and hands over the certificates. */
export const ErasedPage = () => {
  const certificates = sessionStorage.getItem(certificatesKey)
  const [isWiped, setWiped] = useState(false)
  useEffect(() => {
    if (certificates !== null) void wipeDevice().then(() => setWiped(true))
  }, [certificates])
  const beginAnew = () => {
    sessionStorage.removeItem(certificatesKey)
    location.assign('/')
  }
  return (
    <main className={classes.join}>
      <Stack gap="md" maw={480} w="100%">
        {certificates !== null && !isWiped ? (
          <Group gap="sm" role="status">
            <Loader size="sm" />
            <Text size="sm">Removing what this browser keeps …</Text>
          </Group>
        ) : (
          <div role="status">
            <Text fw={600} size="lg" component="h1">
              {certificates === null ? 'There is nothing here' : 'Everything is erased'}
            </Text>
            {certificates !== null && (
              <Text c="dimmed" size="sm">
                The keys are destroyed on the server, and this browser has forgotten them. The certificates are signed
                and name no content; this page is the last that has them.
              </Text>
            )}
          </div>
        )}
        <Group gap="sm">
          {certificates !== null && (
            <Button onClick={() => downloadText('erasure.json', 'application/json', certificates)}>
              Save the certificates
            </Button>
          )}
          <Button variant="default" disabled={certificates !== null && !isWiped} onClick={beginAnew}>
            Begin anew
          </Button>
        </Group>
      </Stack>
    </main>
  )
}
