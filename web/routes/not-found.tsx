import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '#web/ui/empty-state.tsx'

export const NotFound = () => (
  <EmptyState
    title="There is nothing at this address"
    text="It may have been removed, or the link is cut short. What you have is safe."
    action={
      <Button component={Link} to="/">
        Go home
      </Button>
    }
  />
)
