import { Button } from '@mantine/core'
import { EmptyState } from './empty-state.tsx'

interface TryAgainStateProps {
  readonly title: string
  /** What happened, and what is safe. */
  readonly text: string
  readonly onTryAgain: () => void
}

/** In the place of what could not be made. */
export const TryAgainState = ({ title, text, onTryAgain }: TryAgainStateProps) => (
  <EmptyState
    title={title}
    text={text}
    action={
      <Button variant="default" onClick={onTryAgain}>
        Try again
      </Button>
    }
  />
)
