import { ActionIcon, Button, Drawer, Indicator, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'

interface FilterSheetProps {
  readonly isNarrowed: boolean
  /** How many they leave. */
  readonly found: number
  readonly height: number
  readonly children: ReactNode
}

/** The filters of a list, on a phone. */
export const FilterSheet = ({ isNarrowed, found, height, children }: FilterSheetProps) => {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Indicator disabled={!isNarrowed} size={8} offset={2}>
        <ActionIcon variant="default" size={30} aria-label="Filters" onClick={open} ml="auto">
          <SlidersHorizontal size={16} />
        </ActionIcon>
      </Indicator>
      <Drawer opened={opened} onClose={close} position="bottom" size={height} title="Filters" radius="md">
        <Stack align="start" gap="sm" pb="md">
          {children}
          <Button fullWidth onClick={close}>
            Show {found.toLocaleString()}
          </Button>
        </Stack>
      </Drawer>
    </>
  )
}
