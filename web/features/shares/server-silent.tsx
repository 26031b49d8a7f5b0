import { Button, Group, Text } from '@mantine/core'
import classes from './shares.module.css'

export const ServerSilent = ({ problem, onRetry }: { readonly problem: Error; readonly onRetry: () => void }) => (
  <Group gap="sm">
    <Text size="sm" c="dimmed" className={classes.grow}>
      {problem.message}
    </Text>
    <Button variant="default" size="compact-sm" onClick={onRetry}>
      Try again
    </Button>
  </Group>
)
