import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Monitor, Smartphone } from 'lucide-react'
import { devices$ } from '#schema/workspace/queries.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { RelativeTime } from '#web/ui/times.tsx'

/** Which browsers hold this workspace, and when each was here last. */
export const DevicesPanel = () => {
  const devices = useWorkspaceStore().useQuery(devices$)
  if (devices.length === 0) return null
  return (
    <Paper component="section" withBorder p="md" aria-label="Devices">
      <Title order={2} size="md" lh="md" mb="md">
        {devices.length === 1 ? 'On one device' : `On ${devices.length} devices`}
      </Title>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {devices.slice(0, 8).map(({ deviceId, browser, platform, lastSeenAt }) => (
          <Group component="li" key={deviceId} wrap="nowrap" gap="sm">
            <Group w={24} justify="center" c="dimmed">
              {/android|ios|iphone|ipad/i.test(platform) ? (
                <Smartphone size={16} aria-hidden />
              ) : (
                <Monitor size={16} aria-hidden />
              )}
            </Group>
            <Text size="sm" truncate flex={1}>
              {browser} on {platform}
            </Text>
            {deviceId === session.deviceId ? (
              <Badge size="sm" variant="light" tt="none" fw={600}>
                this one
              </Badge>
            ) : (
              <RelativeTime at={lastSeenAt} size="xs" c="dimmed" />
            )}
          </Group>
        ))}
      </Stack>
    </Paper>
  )
}
