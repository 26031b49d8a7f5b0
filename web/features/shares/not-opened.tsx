import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ServerAway } from '#web/services/server.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { adviceFor } from './share-refusal.ts'

export const NotOpened = ({ refusal, onRetry }: { readonly refusal: Error; readonly onRetry: () => void }) => (
  <EmptyState
    title="The link was not opened"
    text={`${refusal.message} ${adviceFor(refusal)}`}
    action={
      <Group gap="sm" justify="center">
        <GoHome />
        {refusal instanceof ServerAway && (
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Group>
    }
  />
)

export const GoHome = ({
  variant = 'filled',
  label = 'Go home',
}: {
  readonly variant?: string
  readonly label?: string
}): ReactNode => (
  <Button variant={variant} renderRoot={(props) => <Link {...props} to="/" />}>
    {label}
  </Button>
)
