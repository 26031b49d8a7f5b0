import { Box, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly title: string
  /** One sentence: what would be here, and why it is worth having. */
  readonly text: string
  /** One useful action. */
  readonly action?: ReactNode
}

export const EmptyState = ({ title, text, action }: EmptyStateProps) => (
  <Stack align="center" justify="center" gap="sm" p="xl" mih={240} ta="center">
    <Text fw={600} size="lg">
      {title}
    </Text>
    <Text c="dimmed" size="sm" maw={420}>
      {text}
    </Text>
    {action !== undefined && <Box mt="sm">{action}</Box>}
  </Stack>
)
