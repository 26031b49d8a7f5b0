import { Button, Stack } from '@mantine/core'

interface PresetListProps {
  readonly presets: readonly { readonly value: string; readonly label: string }[]
  readonly value: string | undefined
  readonly onChoose: (value: string) => void
}

/** What is chosen often, one beneath the other; the chosen one is marked. */
export const PresetList = ({ presets, value, onChoose }: PresetListProps) => (
  <Stack gap={2}>
    {presets.map(({ value: choice, label }) => (
      <Button
        key={choice}
        size="xs"
        variant={choice === value ? 'light' : 'subtle'}
        color={choice === value ? 'indigo' : 'gray'}
        c="var(--mantine-color-text)"
        justify="start"
        fw={400}
        onClick={() => onChoose(choice)}
      >
        {label}
      </Button>
    ))}
  </Stack>
)
