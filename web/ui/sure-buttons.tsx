import { Button, Group } from '@mantine/core'

interface SureButtonsProps {
  readonly action: string
  readonly onDo: () => Promise<void>
  readonly onKeep: () => void
}

/** Asked again, in its row, before what cannot be taken back. */
export const SureButtons = ({ action, onDo, onKeep }: SureButtonsProps) => (
  <Group gap="sm" wrap="nowrap">
    <Button size="compact-sm" color="red.9" onClick={() => void onDo()}>
      {action}
    </Button>
    <Button size="compact-sm" variant="default" onClick={onKeep}>
      Keep it
    </Button>
  </Group>
)
