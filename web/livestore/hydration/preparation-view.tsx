import { Stack, Text } from '@mantine/core'
import { ProgressView } from '#web/ui/progress-view.tsx'
import type { Preparation } from './preparations.ts'

export const PreparationView = ({ done, of, stop }: Preparation) => (
  <Stack p="md" maw={620} gap="xs">
    <ProgressView
      title="Fetching what is on the server"
      count={`${done.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} events, verified on this device`}
      part={of === 0 ? 0 : done / of}
      stop={{ label: 'Do not wait', onClick: stop }}
    />
    <Text size="sm" c="dimmed">
      This happens once on a device. Without waiting, it opens now and fills little by little.
    </Text>
  </Stack>
)
