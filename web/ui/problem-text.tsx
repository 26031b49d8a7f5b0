import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** What went wrong, beside what it is about; told at once to whoever does not see it. */
export const ProblemText = ({ children }: { readonly children: ReactNode }) => (
  <Text size="sm" c="red" role="alert">
    {children}
  </Text>
)
