import { Button, CloseButton, Group, Popover } from '@mantine/core'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'

interface FilterButtonProps {
  readonly label: string
  /** What is chosen, in words; undefined: all. */
  readonly chosen: string | undefined
  readonly onClear: () => void
  readonly children: (close: () => void) => ReactNode
}

/** A filter that opens beneath its button, says what is chosen, and clears beside it. */
export const FilterButton = ({ label, chosen, onClear, children }: FilterButtonProps) => {
  const [opened, setOpened] = useState(false)
  return (
    <Group gap={0} wrap="nowrap" flex="none">
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        shadow="md"
        width={280}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <Button
            size="xs"
            variant={chosen === undefined ? 'default' : 'light'}
            fw={chosen === undefined ? 400 : 500}
            rightSection={<ChevronDown size={14} aria-hidden />}
            onClick={() => setOpened((opened) => !opened)}
          >
            {chosen ?? label}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={label}>{children(() => setOpened(false))}</Popover.Dropdown>
      </Popover>
      {chosen !== undefined && <CloseButton size="sm" aria-label={`Any ${label.toLowerCase()}`} onClick={onClear} />}
    </Group>
  )
}
