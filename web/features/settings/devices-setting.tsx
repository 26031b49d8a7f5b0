import { Anchor, Badge, Button, Group, Loader, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { MonitorSmartphone } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { lastSecretChange$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { type AccountDevice, accountDevices } from '#web/services/account-devices.ts'
import { signOutDevice } from '#web/services/owner-secret.ts'
import { ServerSilent } from '#web/ui/server-silent.tsx'
import { SureButtons } from '#web/ui/sure-buttons.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import classes from './settings.module.css'

/** What is signed in to this account, by the server's word: offline there is nothing to say, and nothing to revoke. */
export const DevicesSetting = () => {
  const changed = useWorkspaceStore().useQuery(lastSecretChange$)
  const [devices, setDevices] = useState<readonly AccountDevice[] | Error>()
  const load = useCallback(() => void accountDevices().then(setDevices), [])
  useEffect(load, [load])

  if (devices === undefined) return <Loader size="sm" role="status" aria-label="Asking the server" />
  if (devices instanceof Error) return <ServerSilent problem={devices} onRetry={load} />
  return (
    <>
      <ul className={classes.rows}>
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} onSignedOut={load} />
        ))}
      </ul>
      {changed !== undefined && (
        <Text size="sm" c="dimmed" mt="sm">
          Your keys changed <RelativeTime at={changed.changedAt} />, when a device was signed out: what was written
          since does not open by those it had.
        </Text>
      )}
      <Text size="sm" c="dimmed" mt="sm">
        Who came when stands in the{' '}
        <Anchor size="sm" underline="always" renderRoot={(props) => <Link {...props} to="/access" />}>
          access log
        </Anchor>{' '}
        of your workspace. Each persona has one of its own, in its menu.
      </Text>
    </>
  )
}

interface DeviceRowProps {
  readonly device: AccountDevice
  readonly onSignedOut: () => void
}

const DeviceRow = ({ device, onSignedOut }: DeviceRowProps) => {
  const { id, browser, platform, lastSeenAt, isThisDevice } = device
  const name = `${browser} on ${platform}`
  const workspace = useWorkspaceStore()
  const [isAsked, setAsked] = useState(false)
  const signOut = async () => {
    const refusal = await signOutDevice(workspace, id)
    if (refusal === undefined) showDone(`${name} is signed out, and your keys change`)
    else showRefusal(refusal)
    onSignedOut()
  }
  return (
    <li className={classes.row}>
      <MonitorSmartphone size={16} aria-hidden />
      <Text size="sm" truncate className={classes.grow}>
        {name}
      </Text>
      {isThisDevice ? (
        <Badge variant="default" tt="none" fw={400}>
          This device
        </Badge>
      ) : isAsked ? (
        <SureButtons action="Sign it out" onDo={signOut} onKeep={() => setAsked(false)} />
      ) : (
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" c="dimmed">
            Seen <RelativeTime at={lastSeenAt} />
          </Text>
          <Button size="compact-sm" variant="default" aria-label={`Sign out ${name}`} onClick={() => setAsked(true)}>
            Sign out
          </Button>
        </Group>
      )}
    </li>
  )
}
