import { Button, Group, Paper, Progress, Text } from '@mantine/core'
import { useLate } from '#web/ui/use-late.ts'

interface ProgressViewProps {
  readonly title: string
  /** What of how much: “1,200 of 20,000”. */
  readonly count: string
  /** 0–1. */
  readonly part: number
  readonly stop: { readonly label: string; readonly onClick: () => void }
}

/** Nothing for a moment, then a bar with a number and a way out. */
export const ProgressView = ({ title, count, part, stop }: ProgressViewProps) => {
  if (!useLate()) return null
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Text fw={600} truncate>
          {title}
        </Text>
        <Button size="compact-sm" variant="default" flex="none" onClick={stop.onClick}>
          {stop.label}
        </Button>
      </Group>
      <Progress value={part * 100} aria-label={title} transitionDuration={100} />
      <Text size="sm" c="dimmed" mt="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {count}
      </Text>
    </Paper>
  )
}
