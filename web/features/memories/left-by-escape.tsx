import { Paper, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

interface LeftByEscapeProps {
  readonly onLeave: () => void
  readonly children: ReactNode
}

/** Something done within the open memory: Escape ends it, and not the memory. */
export const LeftByEscape = ({ onLeave, children }: LeftByEscapeProps) => (
  <Paper withBorder p="sm">
    <Stack
      gap="sm"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onLeave()
      }}
    >
      {children}
    </Stack>
  </Paper>
)
