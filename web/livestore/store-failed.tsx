import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { pool } from './stores.ts'

/** What happened, what is safe, what to do. */
export const StoreFailed = ({ storeId, error }: { readonly storeId: string; readonly error: unknown }) => (
  <Stack p="md" maw={560}>
    <Alert color="red" variant="light" title="This could not be opened" role="alert">
      <Stack gap="sm">
        <Text size="sm">
          What was saved is safe: its log is on this device, and on the server as far as it was synced.
        </Text>
        <Code block>{error instanceof Error ? error.message : String(error)}</Code>
        <Group>
          <Button size="xs" onClick={() => void pool.retry(storeId)}>
            Try again
          </Button>
        </Group>
      </Stack>
    </Alert>
  </Stack>
)
