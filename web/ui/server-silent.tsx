import { Button, Group, Text } from '@mantine/core'

/** In the place of what the server did not tell. */
export const ServerSilent = ({ problem, onRetry }: { readonly problem: Error; readonly onRetry: () => void }) => (
  <Group gap="sm">
    <Text size="sm" c="dimmed" flex={1} miw={0}>
      {problem.message}
    </Text>
    <Button variant="default" size="compact-sm" onClick={onRetry}>
      Try again
    </Button>
  </Group>
)
